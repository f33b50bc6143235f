#!/usr/bin/env bash
# with-server.sh COMMAND...: runs the command beside a server with a fresh demo firm.
# It gets MENPAI_URL and MENPAI_DATA (the data folder).
set -euo pipefail
source "$(dirname "$0")/env.sh"

port="$(free_port)"
export MENPAI_URL="http://127.0.0.1:$port"
export MENPAI_DATA="${TMPDIR:-/tmp}/menpai-$port"

scripts/serve-demo.sh "$port" "$MENPAI_DATA" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait' EXIT

until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "$server" 2>/dev/null || die "the server did not start"
  sleep 0.2
done
"$@"

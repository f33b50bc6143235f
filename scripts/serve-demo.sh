#!/usr/bin/env bash
# serve-demo.sh PORT FOLDER: serves a fresh demo firm on the loopback address; FOLDER is made, and removed at the end.
# Its accounts stand beside it, in FOLDER.accounts.json, and what the server says, in FOLDER.log.
set -euo pipefail
source "$(dirname "$0")/env.sh"
port=$1 folder=$2
[ -x "$MENPAI_BIN" ] || die "$MENPAI_BIN is missing: make build"
[ ! -e "$folder" ] || die "$folder exists"

server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait
  rm -rf "$folder" "$folder.new" "$folder.accounts.json" "$folder.typed" "$folder.log"
}
trap finish EXIT
trap 'exit 143' INT TERM

scripts/demo-data.sh "$MENPAI_BIN" "$folder" "$folder.accounts.json"
"$MENPAI_BIN" serve --data-dir "$folder" --addr "127.0.0.1:$port" > >(tee "$folder.log") 2>&1 &
server=$!
wait "$server"

#!/usr/bin/env bash
# with-s3.sh COMMAND...: runs the command beside a throw-away S3 server of its own, which keeps everything in memory.
# It gets MENPAI_TEST_S3, http://KEY:SECRET@HOST/BUCKET.
set -euo pipefail
source "$(dirname "$0")/env.sh"

version=5.1.18
scripts/setup.sh "venv:moto[server]==$version"
port="$(free_port)"
"$tools/moto-$version/bin/moto_server" -H 127.0.0.1 -p "$port" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait' EXIT
trap 'exit 143' INT TERM

until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "$server" 2>/dev/null || die "the S3 server did not start"
  sleep 0.2
done
# It takes any key; the bucket must be there.
python3 -c 'import sys, urllib.request as r; r.urlopen(r.Request(sys.argv[1], method="PUT"), timeout=10)' \
  "http://127.0.0.1:$port/menpai"
export MENPAI_TEST_S3="http://testing:testing@127.0.0.1:$port/menpai"
"$@"

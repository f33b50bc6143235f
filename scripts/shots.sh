#!/usr/bin/env bash
# Takes screenshots of every main page (listed in shots.mjs) into ./shots, with a fresh demo firm.
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/build.sh
scripts/setup.sh npm chromium
rm -rf shots
exec scripts/with-server.sh node scripts/shots.mjs "$@"

#!/usr/bin/env bash
# Builds a release, makes a demo firm in $DATA if there is none, and serves $ADDR until Ctrl-C.
set -euo pipefail
source "$(dirname "$0")/env.sh"
: "${ADDR:=127.0.0.1:3000}" "${DATA:=data}"

scripts/build.sh
scripts/demo-data.sh "$MENPAI_BIN" "$DATA"
say "Menpai is at http://$ADDR - Ctrl-C stops it, removing $DATA starts afresh"
say "Buyers sign in at /me with a telephone; in the demo an administrator reads their codes at /messages"
exec "$MENPAI_BIN" serve --data-dir "$DATA" --addr "$ADDR"

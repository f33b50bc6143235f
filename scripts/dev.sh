#!/usr/bin/env bash
# Serves a debug build on $ADDR from $DATA and rebuilds it on every change; `/ui` shows the components.
set -euo pipefail
source "$(dirname "$0")/env.sh"
: "${ADDR:=127.0.0.1:3000}" "${DATA:=data}"

scripts/setup.sh npm leptos
say "first debug build (some minutes the first time)"
cargo leptos build --bin-features catalogue
scripts/demo-data.sh "$CARGO_TARGET_DIR/debug/menpai" "$DATA"
say "Menpai is at http://$ADDR"
exec cargo leptos watch --bin-features catalogue -- serve --data-dir "$DATA" --addr "$ADDR"

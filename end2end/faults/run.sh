#!/usr/bin/env bash
# Breaks things while data is being written, and compares what is there with a log of what was promised.
# The short form takes less than a minute; `--long` many rounds of each. With names, only these scenarios.
set -euo pipefail
source "$(dirname "$0")/../../scripts/env.sh"

scripts/setup.sh python postgres strace
[ -x "$MENPAI_BIN" ] || die "$MENPAI_BIN is missing: make build"
PG_BIN="$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)"
export PG_BIN
exec python3 end2end/faults/main.py "$@"

#!/usr/bin/env bash
# Measures speed and memory side by side with other programs: what is in end2end/bench prints its own tables.
set -euo pipefail
source "$(dirname "$0")/env.sh"

[ -x end2end/bench/run.sh ] || die "there is no benchmark yet: end2end/bench/run.sh is missing"
scripts/build.sh
exec end2end/bench/run.sh "$@"

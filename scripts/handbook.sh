#!/usr/bin/env bash
# Takes the pictures of the handbook in both languages into style/public/handbook, with a fresh demo firm.
# With names, only these tasks: scripts/handbook.sh sign-in find-people
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/build.sh
scripts/setup.sh npm chromium
scripts/with-server.sh node scripts/handbook.mjs "$@"

#!/usr/bin/env bash
# The long checks, for a release or a night: many random cases, Lighthouse, web scanners, kill loops.
# With names, only these: scripts/proof.sh lighthouse wapiti
set -euo pipefail
source "$(dirname "$0")/env.sh"
source scripts/steps.sh

wapiti=wapiti3==3.2.3
schemathesis=schemathesis==4.32.5

# Property tests with 40 times the usual cases; release code, or it takes the night.
random_cases() {
  scripts/setup.sh rust postgres
  PROPTEST_CASES=10000 scripts/with-postgres.sh cargo test --release "${native[@]}" --no-fail-fast -- --quiet
}
lighthouse() {
  scripts/setup.sh npm chromium lighthouse
  LIGHTHOUSE="$tools/lighthouse-$lighthouse_version/node_modules/.bin/lighthouse" \
    scripts/with-server.sh node scripts/lighthouse.mjs
}
# Attacks on every form and link it finds, as nobody and as an agent.
web_attacks() {
  scripts/setup.sh "venv:$wapiti"
  export WAPITI="$tools/${wapiti/==/-}/bin/wapiti"
  scripts/with-server.sh python3 scripts/wapiti.py
  scripts/with-server.sh node scripts/signed-in.mjs lin python3 scripts/wapiti.py
}
# Calls every path of the OpenAPI description with generated input, as nobody and with a key.
api_fuzz() {
  scripts/setup.sh "venv:$schemathesis"
  export SCHEMATHESIS="$tools/${schemathesis/==/-}/bin/schemathesis"
  # shellcheck disable=SC2016 # the address and the key are known inside only
  local run='"$SCHEMATHESIS" run "$MENPAI_URL/api/v1/openapi.json" --checks all --max-examples 200'
  scripts/with-server.sh bash -c "$run"
  # shellcheck disable=SC2016
  scripts/with-server.sh node scripts/signed-in.mjs tang bash -c "$run"' --header "Authorization: Bearer $MENPAI_KEY"'
}
# Kill, disk and network faults against an oracle log, the long form.
faults() { end2end/faults/run.sh --long; }

step build scripts/build.sh
step random-cases random_cases
step lighthouse lighthouse
step wapiti web_attacks
step schemathesis api_fuzz
step faults faults
finish

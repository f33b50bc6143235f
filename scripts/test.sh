#!/usr/bin/env bash
# Runs every check, cheap first, and goes on after a failure so that one run shows all of them.
# With names, only these: scripts/test.sh format edges
set -euo pipefail
source "$(dirname "$0")/env.sh"
source scripts/steps.sh

wasm=(-p frontend --lib --target wasm32-unknown-unknown --locked)

format() { scripts/setup.sh rust && cargo fmt --all --check -- --color never; }
wasm_compiles() { scripts/setup.sh rust && cargo check "${wasm[@]}"; }
licences() { scripts/setup.sh rust python && python3 scripts/licences.py; }
advisories() { scripts/setup.sh python && python3 scripts/advisories.py; }
browser_tests_compile() { scripts/setup.sh npm && tsc -p end2end; }
clippy_wasm() { cargo clippy "${wasm[@]}" -- -D warnings; }
clippy_server() { cargo clippy "${native[@]}" --all-targets -- -D warnings; }
# What only development builds have.
clippy_catalogue() { cargo clippy -p menpai --features catalogue --locked -- -D warnings; }
# The same tests on SQLite and, where they find MENPAI_TEST_POSTGRES, on PostgreSQL; the file store in a folder and,
# where they find MENPAI_TEST_S3, on an S3 server.
cargo_tests() {
  scripts/setup.sh rust postgres
  scripts/setup.sh venv:aiosmtpd==$aiosmtpd_version
  export MENPAI_AIOSMTPD="$tools/aiosmtpd-$aiosmtpd_version/bin/python"
  cargo test "${native[@]}" --no-run
  scripts/with-s3.sh scripts/with-postgres.sh cargo test "${native[@]}" --no-fail-fast -- --quiet
}
browser() {
  scripts/setup.sh npm chromium
  cd end2end && npx --no-install playwright test
}

step format format
step wasm-check wasm_compiles
step edges scripts/edges.sh
step licences licences
step advisories advisories
step e2e-types browser_tests_compile
step clippy-wasm clippy_wasm
step clippy clippy_server
step clippy-catalogue clippy_catalogue
step tests cargo_tests
step build scripts/build.sh
step wasm-budget node scripts/wasm-budget.mjs
step faults end2end/faults/run.sh
step browser browser
finish

# Sourced by test.sh and proof.sh: runs steps one after another, keeps their times and counts, sums up at the end.
# A runner's tests count one each (cargo's and Playwright's closing lines), any other step counts one.
# shellcheck shell=bash

# What cargo checks and tests for the server: everything but `frontend`, whose features must not meet the server's.
# shellcheck disable=SC2034
native=(--workspace --exclude frontend --features app/ssr --locked)

only=("$@") # no names: every step
passed=0 failed=0
table=()
logs="$(mktemp -d)"
trap 'rm -rf "$logs"' EXIT

# step NAME COMMAND...: shows what the command prints. Status 77 means that it skipped itself and said why.
step() {
  local name=$1
  shift
  [ "${#only[@]}" -eq 0 ] || [[ " ${only[*]} " == *" $name "* ]] || return 0
  printf '\n== %s\n' "$name"
  local started=$SECONDS log status result ok bad
  log="$logs/$(printf '%02d' "${#table[@]}")-$name"
  set +e # so that the command below may rely on its own `set -e`
  (set -e; "$@") 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  set -e

  read -r ok bad < <(count "$log")
  case $status in
    0) result=ok ;;
    77) result=skipped ;;
    *) result=FAILED ;;
  esac
  # A runner that died before its closing line, or a step that is no runner.
  if [ "$result" = ok ] && [ "$((ok + bad))" -eq 0 ]; then ok=1; fi
  if [ "$result" = FAILED ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + ok))
  failed=$((failed + bad))
  table+=("$(printf '%5ds  %-8s %-12s %5d passed, %d failed' "$((SECONDS - started))" "$result" "$name" "$ok" "$bad")")
}

# count LOG: passed and failed tests by the runners' closing lines.
count() {
  awk '
    /^test result: / { ok += $4; bad += $6 }
    /^ +[0-9]+ passed( \(.*\))?$/ { ok += $1 }
    /^ +[0-9]+ (failed|flaky|interrupted|did not run)$/ { bad += $1 }
    END { print ok + 0, bad + 0 }' "$1"
}

# finish prints the closing lines, the times and the sum; its status tells whether anything failed.
finish() {
  printf '\n== closing lines\n'
  grep -hE '^test result: .* [1-9][0-9]* (passed|failed)|^ +[0-9]+ (passed|failed|flaky|interrupted|did not run)' "$logs"/* || true
  printf '\n== time per step, %d s in all\n' "$SECONDS"
  printf '%s\n' "${table[@]}" ''
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

#!/usr/bin/env bash
# with-postgres.sh COMMAND...: runs the command beside a throw-away PostgreSQL of its own.
# It gets MENPAI_TEST_POSTGRES, the address of a superuser who may create databases.
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/setup.sh postgres
bin="$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)"
# PostgreSQL refuses to run as root; its package brings a user for that.
as_user=()
if [ "$(id -u)" -eq 0 ]; then as_user=(runuser -u postgres --); fi

folder="$("${as_user[@]}" mktemp -d "${TMPDIR:-/tmp}/menpai-pg.XXXXXX")"
finish() {
  if [ -e "$folder/data/postmaster.pid" ]; then
    (cd / && "${as_user[@]}" "$bin/pg_ctl" stop --silent -D "$folder/data" -m immediate) || true
  fi
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 143' INT TERM

port="$(free_port)"
password="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
# What is thrown away need not survive a crash: without fsync the tests run several times faster.
options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c max_connections=300
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"${as_user[@]}" tee "$folder/password" <<<"$password" >/dev/null
(
  cd / # the other user may not read this folder
  "${as_user[@]}" "$bin/initdb" --no-sync -D "$folder/data" -U menpai -E UTF8 --locale=C.UTF-8 \
    --auth=scram-sha-256 --pwfile="$folder/password" >/dev/null
  "${as_user[@]}" "$bin/pg_ctl" start --silent -w -D "$folder/data" -l "$folder/log" -o "${options//$'\n'/ }"
) || {
  cat "$folder/log" >&2 2>/dev/null || true
  die "PostgreSQL did not start"
}

export MENPAI_TEST_POSTGRES="postgres://menpai:$password@127.0.0.1:$port/postgres"
"$@"

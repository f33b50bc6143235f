#!/usr/bin/env bash
# What belongs to the server must never reach the browser: looks for it in everything `frontend` compiles to.
set -euo pipefail
source "$(dirname "$0")/env.sh"

forbidden=(store services migrations sea-orm sqlx tokio axum rand reqwest chrono-tz)
tree=(cargo tree -p frontend --target wasm32-unknown-unknown -e "normal,no-proc-macro" --locked)

names="$("${tree[@]}" --prefix none --format '{p}' | cut -d ' ' -f 1 | sort -u)"
found=0
for crate in "${forbidden[@]}"; do
  grep -qx "$crate" <<<"$names" || continue
  found=1
  echo "$crate reaches the browser:"
  "${tree[@]}" -i "$crate"
done
[ "$found" -eq 0 ] && echo "none of ${forbidden[*]} among $(wc -l <<<"$names") crates"

#!/usr/bin/env bash
# Leaves dist/menpai: one release file with the site inside. Two steps, because the site must be complete
# before it can be embedded: cargo-leptos empties the site's folder on each build of the browser's half.
set -euo pipefail
source "$(dirname "$0")/env.sh"

browser_inputs=(Cargo.toml Cargo.lock rust-toolchain.toml package-lock.json .cargo app frontend style)
inputs=("${browser_inputs[@]}" migrations server)
export MENPAI_SITE_DIR="$root/target/site"

if fresh dist/menpai "${inputs[@]}"; then
  say "dist/menpai is up to date"
  exit
fi

scripts/setup.sh npm leptos
mkdir -p dist target
started="$(mktemp target/build.XXXXXX)" # what changes while we build is newer than this
trap 'rm -f "$started"' EXIT

if ! fresh target/site/hash.txt "${browser_inputs[@]}"; then
  say "building the site: WebAssembly in chunks, styles, hashed names, compressed twins (some minutes the first time)"
  cargo leptos build --release --split --precompress --frontend-only
  # Type declarations are of no use to a browser.
  find target/site/pkg -name '*.ts*' -delete
  # The server finds the hashed names in this file; inside the release file it stands beside the assets.
  cp "$CARGO_TARGET_DIR/release/hash.txt" target/site/hash.txt
  touch -r "$started" target/site/hash.txt
fi

say "building the server with the site inside (the longest step the first time)"
cargo leptos build --release --server-only --bin-features embed
# Without the hashes inside, every page would ask for files that are not there.
grep -qaF "$(grep '^wasm:' target/site/hash.txt)" "$CARGO_TARGET_DIR/release/menpai" ||
  die "the site changed while it was built in: run make build again"
cp "$CARGO_TARGET_DIR/release/menpai" dist/menpai.new
mv dist/menpai.new dist/menpai
touch -r "$started" dist/menpai
say "dist/menpai: $(du -h dist/menpai | cut -f1)"

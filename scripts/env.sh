# Sourced by every script here: the folders, the programs that come first, a few words to speak with.
# It prints nothing and installs nothing.
# shellcheck shell=bash disable=SC2034

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit 1

# Shared by all checkouts of one person: the second one starts warm.
export MENPAI_CACHE="${MENPAI_CACHE:-$HOME/.cache/menpai}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$MENPAI_CACHE/target}"
tools="$MENPAI_CACHE/tools"

rust_version="$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)"
leptos_version=0.3.10 # the last one for rustc 1.95
# The command must be of the same version as the crate.
bindgen_version="$(sed -n 's/^wasm-bindgen = "=\(.*\)"/\1/p' Cargo.toml)"
lighthouse_version=12.8.2 # 13 wants Node 22
aiosmtpd_version=1.4.6
leptos_home="$tools/cargo-leptos-$leptos_version"
bindgen_home="$tools/wasm-bindgen-$bindgen_version"
export PATH="$root/node_modules/.bin:$leptos_home/bin:$bindgen_home/bin:$HOME/.cargo/bin:$PATH"

# The one release file: it carries the site.
export MENPAI_BIN="${MENPAI_BIN:-$root/dist/menpai}"

say() { printf '== %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# free_port prints a TCP port of the loopback address that nobody listens on.
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# fresh FILE INPUT... tells whether FILE is newer than all inputs (folders are looked through).
fresh() {
  local file=$1
  shift
  [ -e "$file" ] && [ -z "$(find "$@" -newer "$file" -print -quit)" ]
}

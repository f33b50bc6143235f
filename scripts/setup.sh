#!/usr/bin/env bash
# Installs what the named parts need, and does nothing where it is already there:
#   scripts/setup.sh rust npm leptos chromium postgres python ffmpeg venv:NAME==VERSION ...
# Debian packages come by apt-get (sudo if not root), the rest goes to $MENPAI_CACHE/tools and ./node_modules.
set -euo pipefail
source "$(dirname "$0")/env.sh"

# apt_packages NAME... installs the ones that are missing.
apt_packages() {
  local missing=() as_root=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "not a Debian-like machine; install these yourself: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  say "installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}"
}

# cargo_tool CRATE VERSION HOME ARGUMENT... compiles a command of a crate, outside this workspace and its settings.
cargo_tool() {
  local crate=$1 version=$2 home=$3
  shift 3
  mkdir -p "$home"
  (cd "$home" && env -u CARGO_TARGET_DIR RUSTUP_TOOLCHAIN="$rust_version" \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install "$crate" --version "$version" --root "$home" "$@")
}

has_version() { "$1" --version 2>/dev/null | grep -qwF "$2"; }

setup_rust() {
  command -v cc >/dev/null || apt_packages build-essential pkg-config
  command -v rustup >/dev/null || die "Rust is missing: install rustup first (https://rustup.rs)"
  rustup toolchain list | grep -q "^$rust_version" ||
    rustup toolchain install "$rust_version" --profile minimal --component clippy --component rustfmt
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] || rustup target add wasm32-unknown-unknown
}

setup_leptos() {
  setup_rust
  if ! has_version cargo-leptos "$leptos_version"; then
    say "compiling cargo-leptos $leptos_version: once, about ten minutes on two cores"
    cargo_tool cargo-leptos "$leptos_version" "$leptos_home" --locked --no-default-features --features no_downloads
  fi
  if ! has_version wasm-bindgen "$bindgen_version"; then
    say "compiling wasm-bindgen $bindgen_version: once, about two minutes"
    # Its own lock file names a crate version that is not served any more.
    CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS=fallback \
      cargo_tool wasm-bindgen-cli "$bindgen_version" "$bindgen_home"
  fi
}

# The tools of the site's build, the sources of the vendored scripts, and Playwright without its browsers.
setup_npm() {
  command -v npm >/dev/null || die "Node.js 20 or newer and npm are missing"
  local stamp=node_modules/.menpai-lock
  cmp -s package-lock.json "$stamp" && return
  say "installing npm packages"
  npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json "$stamp"
}

setup_chromium() { apt_packages chromium fonts-noto-cjk; }

# The distribution's own version: 15 on Debian 12.
setup_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || apt_packages postgresql; }

setup_wrk() { apt_packages wrk; }
setup_strace() { apt_packages strace; }
setup_ffmpeg() { command -v ffmpeg >/dev/null || apt_packages ffmpeg; }

setup_python() { command -v python3 >/dev/null || apt_packages python3; }

# setup_venv NAME==VERSION gives a Python program an environment of its own: $tools/NAME-VERSION/bin. NAME may name an
# extra, as in `moto[server]==5.1.18`, which is no part of the folder's name.
setup_venv() {
  local plain="${1/\[*\]/}"
  local home="$tools/${plain/==/-}"
  [ -e "$home/installed" ] && return
  setup_python
  python3 -c 'import ensurepip' 2>/dev/null || apt_packages python3-venv
  say "installing $1 from PyPI"
  python3 -m venv --clear "$home"
  "$home/bin/pip" install --quiet --disable-pip-version-check "$1"
  touch "$home/installed"
}

setup_lighthouse() {
  local home="$tools/lighthouse-$lighthouse_version"
  [ -e "$home/installed" ] && return
  command -v npm >/dev/null || die "Node.js 20 or newer and npm are missing"
  say "installing Lighthouse $lighthouse_version"
  npm install --prefix "$home" --ignore-scripts --no-audit --no-fund "lighthouse@$lighthouse_version"
  touch "$home/installed"
}

for part in "$@"; do
  case $part in
    rust | leptos | npm | chromium | postgres | python | wrk | strace | ffmpeg | lighthouse) "setup_$part" ;;
    venv:*) setup_venv "${part#venv:}" ;;
    *) die "setup.sh does not know '$part'" ;;
  esac
done

# shellcheck shell=bash disable=SC2164
# What every script here starts with: the project's root as the place, our own tools first on PATH, plain sentences.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

# One target folder whatever the person's own cargo settings say: the site, the stamp and the binary are looked for there.
export CARGO_TARGET_DIR=$root/target

# Cargo's folder comes last, for a terminal that was open before rustup was installed.
export PATH=$root/target/tools/bin:$root/end2end/node_modules/.bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin

say() { printf '== %s\n' "$*"; }

fail() {
  printf '\n!! %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Root on Debian itself may install packages without asking; Ubuntu's chromium is only a stub for snap.
can_apt() { [ "$(id -u)" = 0 ] && have apt-get && grep -qx 'ID=debian' /etc/os-release; }

apt_install() {
  # RUNLEVEL=1 keeps a freshly installed service from starting by itself.
  apt-get update -q >&2 && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$@" >&2
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

port_is_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

#!/bin/sh
# Builds a peer from Debian's crates: build_rust.sh CARGO MANIFEST SOURCES... PROGRAM REASON. The
# package X_peer of the manifest measures the crate X. Without cargo or the crate, or if the build
# fails, PROGRAM is left empty and REASON says why: the benchmark then names the peer as absent. No
# network is used.
cargo=$1 manifest=$2
shift 2
crates=/usr/share/cargo/registry
crate=$(sed -n 's/^name = "\(.*\)_peer"$/\1/p' "$manifest")

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/src" "$work/.cargo" "$work/home"
cp "$manifest" "$work/Cargo.toml" || exit 1
while [ $# -gt 2 ]; do
  cp "$1" "$work/src/" || exit 1
  shift
done
program=$(realpath -m "$1") reason=$(realpath -m "$2")
: >"$program" && : >"$reason"
absent() {
  : >"$program"
  echo "$1" >"$reason"
  exit 0
}
why() { grep -m 1 '^error' log || tail -n 1 log; }
[ -n "$cargo" ] || absent "no cargo on this machine; Debian packages cargo, librust-$crate-dev"
ls -d "$crates/$crate"-[0-9]* >/dev/null 2>&1 ||
  absent "no $crate crate; Debian package librust-$crate-dev"

cd "$work" || exit 1
cat >.cargo/config.toml <<EOF
[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "$crates"
EOF

# Cargo finds rustc beside itself: it may be that of a toolchain outside the default path.
PATH=$(dirname "$cargo"):$PATH
export PATH HOME="$work/home" CARGO_HOME="$work/home" CARGO_TARGET_DIR="$work/target"
"$cargo" generate-lockfile --offline >log 2>&1 || absent "cargo: $(why)"
PEER_VERSION=$(sed -n '/^name = "'"$crate"'"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
export PEER_VERSION
"$cargo" build --offline --release >log 2>&1 || absent "cargo build failed: $(why)"
rm "$program" && cp "target/release/${crate}_peer" "$program"

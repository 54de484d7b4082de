#!/bin/sh
# Builds the rayon peer from Debian's crates: build.sh CARGO MANIFEST SOURCE PROGRAM REASON. Without
# cargo or the crates, or if the build fails, PROGRAM is left empty and REASON says why: the
# benchmark then names the peer as absent. No network is used.
cargo=$1 manifest=$(realpath "$2") source=$(realpath "$3")
program=$(realpath -m "$4") reason=$(realpath -m "$5")
crates=/usr/share/cargo/registry
: >"$program" && : >"$reason"
absent() {
  : >"$program"
  echo "$1" >"$reason"
  exit 0
}
why() { grep -m 1 '^error' log || tail -n 1 log; }
[ -n "$cargo" ] || absent "no cargo on this machine; Debian packages cargo, librust-rayon-dev"
ls -d $crates/rayon-[0-9]* >/dev/null 2>&1 ||
  absent "no rayon crate; Debian package librust-rayon-dev"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir -p src .cargo home
cp "$manifest" Cargo.toml && cp "$source" src/main.rs || exit 1
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
RAYON_VERSION=$(sed -n '/^name = "rayon"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
export RAYON_VERSION
"$cargo" build --offline --release >log 2>&1 || absent "cargo build failed: $(why)"
rm "$program" && cp target/release/rayon_peer "$program"

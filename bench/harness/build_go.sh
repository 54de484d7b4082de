#!/bin/sh
# Builds a peer in Go: build_go.sh GO SOURCES... PROGRAM REASON. Without a compiler, or if it fails,
# PROGRAM is left empty and REASON says why: the benchmark then names the peer as absent.
go=$1
shift
work=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
while [ $# -gt 2 ]; do
  cp "$1" "$work/" || exit 1
  shift
done
program=$(realpath -m "$1") reason=$(realpath -m "$2")
: >"$program" && : >"$reason"
if [ -z "$go" ]; then
  echo "no go on this machine; Debian package golang-go" >"$reason"
  exit 0
fi
cd "$work" || exit 1
export HOME="$work" GOCACHE="$work/cache" GOPATH="$work/path" GO111MODULE=off GOFLAGS= GOPROXY=off
if ! CGO_ENABLED=0 "$go" build -o "$program" ./*.go >log 2>&1; then
  : >"$program"
  echo "go build failed: $(tail -n 1 log)" >"$reason"
fi

#!/bin/sh
# Builds the Go peer: build.sh GO SOURCE PROGRAM REASON. Without a compiler, or if it fails, PROGRAM
# is left empty and REASON says why: the benchmark then names the peer as absent.
go=$1 source=$(realpath "$2") program=$(realpath -m "$3") reason=$(realpath -m "$4")
: >"$program" && : >"$reason"
if [ -z "$go" ]; then
  echo "no go on this machine; Debian package golang-go" >"$reason"
  exit 0
fi
work=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
export HOME="$work" GOCACHE="$work/cache" GOPATH="$work/path" GO111MODULE=off GOFLAGS= GOPROXY=off
if ! CGO_ENABLED=0 "$go" build -o "$program" "$source" >log 2>&1; then
  : >"$program"
  echo "go build failed: $(tail -n 1 log)" >"$reason"
fi

#!/bin/bash
# examples/outside as its users have it: a workspace of its own, built by a Bazel of its own, and by
# make. The right test passes; the wrong one fails with a report that names the line.
set -euo pipefail

# The checkout itself, not the copy of a few files that this test was given.
outside=$(dirname "$(readlink -f "$0")")/outside
scratch=$TEST_TMPDIR/outside
mkdir -p "$scratch/make"

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

# Whether the log in $1 has the report of the wrong test.
has_report() {
  grep -q 'data race' "$1" && grep -q 'ring\.h:17' "$1"
}

echo '== make'
make -s -C "$outside" BUILD="$scratch/make" CXXFLAGS=-O1 -j2 \
  "$scratch/make/ring_test" "$scratch/make/wrong_ring_test"
"$scratch/make/ring_test" > "$scratch/right" || { cat "$scratch/right"; fail 'ring_test'; }
grep -q 'PASSED.* 1 test' "$scratch/right" || fail 'ring_test ran nothing'
if "$scratch/make/wrong_ring_test" > "$scratch/wrong"; then fail 'wrong_ring_test passed'; fi
has_report "$scratch/wrong" || { cat "$scratch/wrong"; fail 'the report of wrong_ring_test'; }

echo '== bazel'
command -v bazel > /dev/null || fail 'no bazel on the PATH'
cd "$outside"
# Batch: no server stays behind. Local: a sandbox within a sandbox is not to be had everywhere.
outside_bazel() {
  HOME=$scratch bazel --output_user_root="$scratch/bazel" --batch "$@" 2>&1
}
options=(--symlink_prefix=/ --spawn_strategy=local --jobs=2 --noshow_progress)
outside_bazel test "${options[@]}" //... > "$scratch/right" ||
  { cat "$scratch/right"; fail 'bazel test //...'; }
grep -q '//:ring_test .*PASSED' "$scratch/right" || fail 'bazel test //... ran nothing'
status=0
outside_bazel test "${options[@]}" //:wrong_ring_test > "$scratch/wrong" || status=$?
# 3: it was built, and the test failed.
[ "$status" = 3 ] || { cat "$scratch/wrong"; fail "wrong_ring_test: exit code $status"; }
has_report "$scratch/wrong" || { cat "$scratch/wrong"; fail 'the report of wrong_ring_test'; }
echo 'PASSED'

#!/bin/bash
# The lines of README.md by which a project without Bazel builds the core with its own program: they
# are run in a copy of core/ and examples/ alone, and print what the examples are expected to print.
set -euo pipefail

# The checkout itself, not the copy of a few files that this test was given.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
scratch=$TEST_TMPDIR/project
mkdir -p "$scratch"
cp -r "$root/core" "$root/examples" "$scratch"
cd "$scratch"

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

# What is in the block behind the mark.
sed -n '/^<!-- run: \/\/examples:embedded_test/,$p' examples/README.md |
  sed '1,2d;/^```$/,$d' > lines
[ "$(grep -c . lines)" = 4 ] || fail "README.md: not four lines behind the mark: $(cat lines)"
printed=$(bash -euo pipefail lines) || fail 'a line of README.md'
expected=$(cat examples/quick.expected examples/coroutines.expected examples/c/quick.expected)
[ "$printed" = "$expected" ] || fail "printed: $printed"
echo 'PASSED'

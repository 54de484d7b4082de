#!/bin/bash
# The programs in proofs/litmus/generated compile without a warning, and what they assert holds
# on this machine. And a program whose assertion is wrong does fail: here the value of a payload.
set -u
flags="-std=c11 -Wall -Wextra -Werror -pthread"
runs=20
program=$TEST_TMPDIR/program
failed=0
count=0

complain() {
  echo "FAILED: $1"
  failed=1
}

if ! command -v gcc >/dev/null; then
  echo "SKIPPED: there is no gcc here"
  exit 0
fi
for file in proofs/litmus/generated/*/*.c; do
  count=$((count + 1))
  # shellcheck disable=SC2086
  gcc $flags -o "$program" "$file" || { complain "$file does not compile"; continue; }
  for ((i = 0; i < runs; ++i)); do
    "$program" || { complain "$file"; break; }
  done
done
((count >= 70)) || complain "only $count programs"

sed 's/ == 101)/ == 102)/' proofs/litmus/generated/deque_fence/last_item.c >"$TEST_TMPDIR/wrong.c"
# shellcheck disable=SC2086
gcc $flags -o "$program" "$TEST_TMPDIR/wrong.c" || complain "the wrong program does not compile"
caught=0
for ((i = 0; i < runs; ++i)); do
  "$program" 2>/dev/null || caught=1
done
((caught == 1)) || complain "a wrong value is not noticed"
exit $failed

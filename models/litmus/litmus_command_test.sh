#!/bin/bash
# The command litmus: what it prints for the examples, its exit status, and wrong input.
set -u
litmus=$1
examples=models/litmus/examples
failed=0

complain() {
  echo "FAILED: $1"
  failed=1
}

for test in MP SB IRIW LB TryLock SpinLock MP+pointer WeakCAS SB+light+heavy; do
  "$litmus" "$examples/$test.litmus" | sed '$d' | diff "$examples/$test.expected" - ||
    complain "the answer to $test"
done
"$litmus" --model=sc "$examples/SB.litmus" | grep -q '^Observation SB Never 0 3$' ||
  complain "store buffering under sc"

"$litmus" --states "$examples/SB.litmus" | grep -q '^0:r0=0; 1:r0=1; \[x\]=1; \[y\]=1;$' ||
  complain "all registers and locations of store buffering"
"$litmus" -o json --model=sc "$examples/SB.litmus" |
  grep -q '"observation":"Never","cut":false}$' ||
  complain "store buffering as JSON"

printf 'C t\n{}\nP0(int* x) {\n  x = 1;\n}\nexists (x=1)\n' >"$TEST_TMPDIR/wrong.litmus"
said=$("$litmus" "$TEST_TMPDIR/wrong.litmus" "$examples/MP.litmus" 2>&1 >"$TEST_TMPDIR/answers")
[[ $? == 2 ]] || complain "the status for a wrong test"
[[ $said == *"wrong.litmus: line 4, column 3: x is a pointer: write *x" ]] || complain "said: $said"
grep -q '^Test MP Forbidden$' "$TEST_TMPDIR/answers" || complain "the test after a wrong one"

said=$("$litmus" no-such-file 2>&1)
[[ $? == 2 && $said == *"no-such-file: cannot be read"* ]] || complain "said: $said"
said=$("$litmus" "$TEST_TMPDIR" 2>&1)
[[ $? == 2 && $said == *"is a folder"* ]] || complain "said of a folder: $said"
: >"$TEST_TMPDIR/empty.litmus"
said=$("$litmus" "$TEST_TMPDIR/empty.litmus" 2>&1)
[[ $? == 2 && $said == *"empty.litmus: line 1, column 1: expected 'C NAME'"* ]] ||
  complain "said of an empty file: $said"
"$litmus" --model=arm "$examples/MP.litmus" >/dev/null 2>&1
[[ $? == 2 ]] || complain "the status for an unknown model"
"$litmus" --unroll=0 "$examples/MP.litmus" >/dev/null 2>&1
[[ $? == 2 ]] || complain "the status for loops of no iterations"
exit $failed

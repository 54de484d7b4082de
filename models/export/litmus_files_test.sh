#!/bin/bash
# The programs in proofs/litmus/generated are those that the models give today.
set -u
write_litmus=$1
fresh=$TEST_TMPDIR/fresh
"$write_litmus" "$fresh" >/dev/null || exit 1
diff -r "$fresh" proofs/litmus/generated >"$TEST_TMPDIR/differences" && exit 0
head -40 "$TEST_TMPDIR/differences"
echo "FAILED: proofs/litmus/generated is not what the models give. Write it anew:"
echo "    rm -r proofs/litmus/generated && bazel run -c opt //models/export:write_litmus"
exit 1

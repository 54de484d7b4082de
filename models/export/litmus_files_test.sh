#!/bin/bash
# The programs in proofs/litmus/generated are those that the models give today.
set -u
write_litmus=$1
fresh=$TEST_TMPDIR/fresh

# A site that no program has is not passed over.
one=(--only deque_fence/last_item.c "$TEST_TMPDIR/one")
"$write_litmus" "${one[@]}" --order DF1=relaxed >/dev/null || exit 1
if "$write_litmus" "${one[@]}" --order D1=relaxed >/dev/null 2>"$TEST_TMPDIR/said"; then
  echo "FAILED: --order D1=relaxed was accepted"
  exit 1
fi
grep -q 'no program that was written has a site D1' "$TEST_TMPDIR/said" || exit 1

"$write_litmus" "$fresh" >/dev/null || exit 1
diff -r "$fresh" proofs/litmus/generated >"$TEST_TMPDIR/differences" && exit 0
head -40 "$TEST_TMPDIR/differences"
echo "FAILED: proofs/litmus/generated is not what the models give. Write it anew:"
echo "    rm -r proofs/litmus/generated && bazel run -c opt //models/export:write_litmus"
exit 1

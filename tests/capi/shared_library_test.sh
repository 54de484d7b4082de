#!/bin/bash
# shared_library_test.sh LIBRARY GOLDEN HEADER: libwyn.so exports exactly the listed symbols, each
# of them is declared in the header, and the library is bound at load time and cannot be unloaded.
set -uo pipefail
export LC_ALL=C
library=$1 golden=$2 header=$3
failed=0

fail() {
  echo "FAILED: $*" >&2
  failed=1
}

exported=$(nm -D --defined-only --extern-only "$library" | awk '{print $3}' | sort)
[ -n "$exported" ] || fail "nm found no symbol in $library"
diff -u --label "$golden" --label "$library" "$golden" <(printf '%s\n' "$exported") ||
  fail "the exported symbols differ from the list; a symbol that was released must stay"

declared=$(grep -oE '\bwyn_[a-z_]+\(' "$header" | tr -d '(' | sort -u)
undeclared=$(comm -23 <(sed -n 's/@@.*//p' "$golden" | sort -u) <(printf '%s\n' "$declared"))
[ -z "$undeclared" ] || fail "not declared in the header: $undeclared"
missing=$(comm -13 <(sed -n 's/@@.*//p' "$golden" | sort -u) <(printf '%s\n' "$declared"))
[ -z "$missing" ] || fail "declared in the header but not exported: $missing"

flags=$(readelf -d "$library")
for flag in NOW NODELETE; do
  grep -qE "FLAGS_1.*\b$flag\b" <<<"$flags" || fail "the library is not linked with -z ${flag,,}"
done
grep -q 'SONAME.*\[libwyn\.so\]' <<<"$flags" || fail "the library has no soname libwyn.so"
grep -q TEXTREL <<<"$flags" && fail "the library has text relocations"
exit "$failed"

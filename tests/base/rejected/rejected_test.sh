#!/bin/bash
# Misuse of the seam that must not compile. Each file given is compiled twice: with -DACCEPTED it
# must pass, or it would be rejected for a reason of its own; without, it must fail, and say the
# words after "// error:" in its first line.
set -u
failures=0
for file in "$@"; do
  compile=(g++ -std=c++20 -fsyntax-only -I. "$file")
  wanted=$(sed -n '1s|^// error: ||p' "$file")
  if [ -z "$wanted" ]; then
    echo "$file: no line '// error: ...' at its head"
    failures=$((failures + 1))
  elif ! errors=$("${compile[@]}" -DACCEPTED 2>&1); then
    printf '%s: does not compile with -DACCEPTED:\n%s\n' "$file" "$errors"
    failures=$((failures + 1))
  elif errors=$("${compile[@]}" 2>&1); then
    echo "$file: compiles, and must not"
    failures=$((failures + 1))
  elif ! grep -qF "$wanted" <<<"$errors"; then
    printf '%s: fails without the words "%s":\n%s\n' "$file" "$wanted" "$errors"
    failures=$((failures + 1))
  fi
done
echo "$# files tried, $failures failures"
[ "$#" != 0 ] && [ "$failures" = 0 ]

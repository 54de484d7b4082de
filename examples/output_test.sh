#!/bin/bash
# output_test.sh PROGRAM EXPECTED: the program succeeds and prints exactly what the file holds.
set -uo pipefail
printed=$("$1")
status=$?
if [ "$status" != 0 ]; then
  echo "FAILED: $1 ended with exit code $status after it printed: $printed" >&2
  exit 1
fi
if ! diff -u --label expected --label printed "$2" <(printf '%s\n' "$printed"); then
  echo "FAILED: $1 does not print what $2 holds" >&2
  exit 1
fi

#!/bin/sh
# All conditions of the system named by the first argument, with the solver named by the second;
# where Bazel runs the test in shards, this shard's.
set -eu
cd "$TEST_SRCDIR/$TEST_WORKSPACE"
if [ -n "${TEST_SHARD_STATUS_FILE:-}" ]; then touch "$TEST_SHARD_STATUS_FILE"; fi
exec python3 -m proofs.smt.prove "$1" --solver "$2" \
  --part "${TEST_SHARD_INDEX:-0}/${TEST_TOTAL_SHARDS:-1}" \
  --json "${TEST_UNDECLARED_OUTPUTS_DIR:-$TEST_TMPDIR}/$2.json"

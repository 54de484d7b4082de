#!/bin/sh
# All conditions of the system named by the first argument, with the solver named by the second.
set -eu
cd "$TEST_SRCDIR/$TEST_WORKSPACE"
exec python3 -m proofs.smt.prove "$1" --solver "$2" \
  --json "${TEST_UNDECLARED_OUTPUTS_DIR:-$TEST_TMPDIR}/$2.json"

#!/bin/sh
# All conditions of the deque's proof, with the solver named by the first argument.
set -eu
cd "$TEST_SRCDIR/$TEST_WORKSPACE"
exec python3 -m proofs.deque.prove --solver "$1" \
  --json "${TEST_UNDECLARED_OUTPUTS_DIR:-$TEST_TMPDIR}/$1.json"

#!/bin/sh
# The concrete runs of the deque's machine and of its mutants.
set -eu
cd "$TEST_SRCDIR/$TEST_WORKSPACE"
exec python3 -m unittest -v proofs.deque.runs_test

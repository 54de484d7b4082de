#!/bin/sh
# Both readings of the machine's terms agree: the arguments are those of machine_test.py.
set -eu
cd "$TEST_SRCDIR/$TEST_WORKSPACE"
exec python3 -m proofs.link.machine_test "$@"

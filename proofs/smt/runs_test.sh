#!/bin/sh
# The concrete runs of a machine and of its mutants; the argument is the module with the tests.
set -eu
cd "$TEST_SRCDIR/$TEST_WORKSPACE"
exec python3 -m unittest -v "$1"

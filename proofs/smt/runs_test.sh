#!/bin/sh
# The tests of the Python module that the argument names.
set -eu
cd "$TEST_SRCDIR/$TEST_WORKSPACE"
exec python3 -m unittest -v "$1"

#!/bin/sh
# The test module named by the first argument, on the target named by the second, if it wants one.
set -eu
cd "$TEST_SRCDIR/$TEST_WORKSPACE"
export PYTHONDONTWRITEBYTECODE=1
exec python3 -m "$@"

#!/bin/sh
echo "bazel coverage is not supported by this workspace yet" >&2
exit 1

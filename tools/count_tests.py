#!/usr/bin/env python3
"""count_tests.py EVENTS STATUS: the closing lines of ./check for one run of `bazel test`.

EVENTS is the file that --build_event_json_file wrote (one JSON object a line), STATUS is Bazel's
exit code. Prints a line for each target that failed, then, as the last line,

    N passed, N failed[, N skipped]

A target that failed to build or to be analysed has failed, be it a test or not. The exit code is 0
only if a test passed and nothing failed.
"""

import json
import sys


def read_results(lines):
    """Maps each target's label to PASSED, SKIPPED or the reason why it failed."""
    results = {}
    tests = set()
    for line in lines:
        event = json.loads(line)
        name, identity = next(iter(event["id"].items()))
        if name == "targetConfigured" and "configured" in event:
            if event["configured"].get("targetKind", "").endswith("test rule"):
                tests.add(identity["label"])
        elif name == "testSummary":
            results[identity["label"]] = event["testSummary"]["overallStatus"]
        elif name == "targetCompleted" and "aborted" in event:
            results[identity["label"]] = event["aborted"].get("reason", "ABORTED")
        elif name == "targetCompleted" and not event.get("completed", {}).get("success"):
            results[identity["label"]] = "FAILED_TO_BUILD"
    # A library that is not for this machine is no skipped test.
    return {
        label: result
        for label, result in results.items()
        if result != "SKIPPED" or label in tests
    }


def main(path, status):
    with open(path, encoding="utf-8") as events:
        results = read_results(events)
    passed = sum(result == "PASSED" for result in results.values())
    skipped = sum(result == "SKIPPED" for result in results.values())
    failed = len(results) - passed - skipped
    for label, result in sorted(results.items()):
        if result not in ("PASSED", "SKIPPED"):
            print(f"failed: {label} ({result})")
    # Whatever else went wrong (a BUILD file that does not parse, an interrupt) has no target of its
    # own. It counts once, or the closing line would say that all is well.
    if status != 0 and failed == 0:
        print(f"failed: bazel itself, with exit code {status}; its messages are above")
        failed = 1
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))

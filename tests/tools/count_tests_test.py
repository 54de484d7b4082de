#!/usr/bin/env python3
"""count_tests_test.py COUNT_TESTS: the closing line of ./check, for records of many kinds of run."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

COUNT_TESTS = sys.argv.pop(1)


def configured(label, kind):
    return {"id": {"targetConfigured": {"label": label}}, "configured": {"targetKind": kind}}


def built(label):
    return {"id": {"targetCompleted": {"label": label}}, "completed": {"success": True}}


def unbuilt(label):
    return {"id": {"targetCompleted": {"label": label}}, "completed": {}}


def aborted(label, reason):
    return {"id": {"targetCompleted": {"label": label}}, "aborted": {"reason": reason}}


def summary(label, status):
    return {"id": {"testSummary": {"label": label}}, "testSummary": {"overallStatus": status}}


def finished(label, status):
    return [configured(label, "cc_test rule"), built(label), summary(label, status)]


PROGRESS = {"id": {"progress": {}}, "progress": {"stdout": '"overallStatus":"PASSED"'}}


class CountTests(unittest.TestCase):
    def closing_line(self, events, status):
        """The last line and the exit code for a run with these events and Bazel's exit code."""
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
            file.writelines(json.dumps(event) + "\n" for event in events)
        run = subprocess.run([sys.executable, COUNT_TESTS, file.name, str(status)],
                             capture_output=True, text=True, check=False)
        os.unlink(file.name)
        self.assertEqual(run.stderr, "")
        return run.stdout.splitlines()[-1], run.returncode

    def test_counts_tests_that_passed(self):
        events = finished("//a:x", "PASSED") + [PROGRESS] + finished("//a:y", "PASSED")
        self.assertEqual(self.closing_line(events, 0), ("2 passed, 0 failed", 0))

    def test_counts_whatever_is_not_passed_as_failed(self):
        events = finished("//a:ok", "PASSED")
        for status in ("FAILED", "TIMEOUT", "FLAKY", "NO_STATUS", "INCOMPLETE"):
            events += finished("//a:" + status, status)
        self.assertEqual(self.closing_line(events, 3), ("1 passed, 5 failed", 1))

    def test_counts_a_test_that_does_not_build_as_failed(self):
        events = finished("//a:ok", "PASSED") + [unbuilt("//a:x")]
        self.assertEqual(self.closing_line(events, 1), ("1 passed, 1 failed", 1))

    def test_counts_a_library_that_does_not_build_as_failed(self):
        events = finished("//a:ok", "PASSED")
        events += [configured("//a:lib", "cc_library rule"), unbuilt("//a:lib")]
        self.assertEqual(self.closing_line(events, 1), ("1 passed, 1 failed", 1))

    def test_counts_a_target_that_cannot_be_analysed_as_failed(self):
        events = finished("//a:ok", "PASSED") + [aborted("//a:x", "ANALYSIS_FAILURE")]
        self.assertEqual(self.closing_line(events, 1), ("1 passed, 1 failed", 1))

    def test_counts_skipped_tests_apart(self):
        events = finished("//a:ok", "PASSED")
        events += [configured("//a:x", "cc_test rule"), aborted("//a:x", "SKIPPED")]
        self.assertEqual(self.closing_line(events, 0), ("1 passed, 0 failed, 1 skipped", 0))

    def test_counts_no_skipped_library(self):
        events = finished("//a:ok", "PASSED")
        events += [configured("//a:lib", "cc_library rule"), aborted("//a:lib", "SKIPPED")]
        self.assertEqual(self.closing_line(events, 0), ("1 passed, 0 failed", 0))

    def test_counts_an_error_without_a_target_once(self):
        self.assertEqual(self.closing_line(finished("//a:ok", "PASSED"), 1),
                         ("1 passed, 1 failed", 1))
        self.assertEqual(self.closing_line([], 2), ("0 passed, 1 failed", 1))

    def test_does_not_accept_a_run_without_tests(self):
        self.assertEqual(self.closing_line([built("//a:lib")], 0), ("0 passed, 0 failed", 1))


if __name__ == "__main__":
    unittest.main()

"""Every transition happens, every state on the way satisfies the invariant, and every mutant goes wrong."""

import unittest

from proofs.park import event_count, runs
from proofs.smt.runs_case import RunsCase


class Runs(RunsCase, unittest.TestCase):
    SETTING = runs.SETTING

    def systems(self):
        return [event_count.event_count()]

    def mutants(self):
        return event_count.mutants()


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""Every transition happens, every state on the way satisfies the invariant, and every mutant goes wrong."""

import unittest

from proofs.deque import chase_lev, runs
from proofs.smt.runs_case import RunsCase


class Runs(RunsCase, unittest.TestCase):
    SETTING = runs.SETTING

    def systems(self):
        return [chase_lev.chase_lev()]

    def mutants(self):
        return chase_lev.mutants()


if __name__ == "__main__":
    unittest.main(verbosity=2)

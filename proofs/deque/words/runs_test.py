"""Every transition happens, every state on the way satisfies the invariant, and every mutant goes wrong."""

import unittest

from proofs.deque.words import mutants, runs, words
from proofs.smt.runs_case import RunsCase


class Runs(RunsCase, unittest.TestCase):
    SETTING = runs.SETTING
    STEPS = 4000

    def systems(self):
        return [words.fence(), words.seq_cst()]

    def mutants(self):
        return mutants.mutants()


if __name__ == "__main__":
    unittest.main(verbosity=2)

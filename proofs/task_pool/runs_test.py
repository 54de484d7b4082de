"""Every transition happens, every state on the way satisfies the invariant, and every mutant goes wrong."""

import unittest

from proofs.task_pool import remote_return, runs
from proofs.smt.runs_case import RunsCase


class Runs(RunsCase, unittest.TestCase):
    SETTING = runs.SETTING

    def systems(self):
        return [remote_return.remote_return()]

    def mutants(self):
        return remote_return.mutants()


if __name__ == "__main__":
    unittest.main(verbosity=2)

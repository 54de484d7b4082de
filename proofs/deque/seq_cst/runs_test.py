"""Every transition happens, every state on the way satisfies the invariant, and every mutant goes wrong."""

import random
import unittest

from proofs.deque.seq_cst import chase_lev, runs
from proofs.smt.runs import random_step
from proofs.smt.runs_case import SEED, RunsCase
from proofs.smt.system import apply


class Runs(RunsCase, unittest.TestCase):
    SETTING = runs.SETTING

    def systems(self):
        return [chase_lev.chase_lev()]

    def mutants(self):
        return chase_lev.mutants()

    def test_a_seq_cst_read_may_miss_a_seq_cst_write_that_was_executed_before_it(self):
        system, rng, missed = self.systems()[0], random.Random(SEED), 0
        for _ in range(40):
            state = self.SETTING.with_domain(self.SETTING.initial(rng))
            for _ in range(self.SETTING.length):
                t, parameters = random_step(system, state, rng)
                if t.name.startswith("steal.load_bottom"):
                    missed += any(is_claim and parameters["k"] < m for m, is_claim in state["isd"].items())
                state = self.SETTING.with_domain(apply(t, state, parameters))
        self.assertGreater(missed, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""Every transition happens, every state on the way satisfies the invariant, and every mutant goes wrong."""

import unittest

from proofs.park.event_count import asymmetric, mutants, symmetric
from proofs.park.runs import SETTING
from proofs.smt.runs import refute, witness

SEED = 20


class Runs(unittest.TestCase):
    def test_every_transition_is_reached_and_keeps_the_invariant(self):
        for system in (asymmetric(), symmetric()):
            with self.subTest(system=system.name):
                fired = witness(system, SETTING, SEED, steps=6000)
                self.assertEqual(fired, {t.name for t in system.transitions})

    def test_no_run_of_the_systems_themselves_is_a_counterexample(self):
        for system in (asymmetric(), symmetric()):
            with self.subTest(system=system.name):
                self.assertIsNone(refute(system, SETTING, SEED, runs=300))

    def test_every_mutant_has_a_violating_run(self):
        for name, system in mutants().items():
            with self.subTest(mutant=name):
                path = refute(system, SETTING, SEED, runs=4000)
                self.assertIsNotNone(path, f"no violating run of the mutant: {name}")
                print(f"{name}: {len(path) - 1} steps, {path[-1]}")


if __name__ == "__main__":
    unittest.main(verbosity=2)

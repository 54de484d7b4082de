"""The tests that every proof's concrete runs have to pass, for one proof's systems and mutants."""

from proofs.smt.runs import refute, walk, witness

SEED = 20


class RunsCase:
    """To be mixed into a unittest.TestCase.

    systems():  the systems that were proved;
    mutants():  name -> a wrong variant;
    SETTING:    how their concrete states begin, and what quantifiers range over (proofs/smt/runs.py);
    STEPS:      how many of them it takes to meet every transition, beginning with WITNESS_SEED;
    walks():    (initial state, story) for transitions that chance meets late: none unless redefined;
    violating_run(): a run of a mutant that breaks an obligation, or None; a random one unless redefined.
    """

    STEPS = 6000
    WITNESS_SEED = SEED

    def walks(self):
        return []

    def violating_run(self, name, system):
        return refute(system, self.SETTING, SEED, runs=4000)

    def test_every_transition_is_reached_and_keeps_the_invariant(self):
        for system in self.systems():
            with self.subTest(system=system.name):
                fired = witness(system, self.SETTING, self.WITNESS_SEED, steps=self.STEPS)
                for state, story in self.walks():
                    walked = walk(system, state, self.SETTING, story)
                    self.assertIsNotNone(walked, f"the system cannot go this way: {story}")
                    fired.update(walked)
                self.assertEqual(fired, {t.name for t in system.transitions})

    def test_no_run_of_the_systems_themselves_is_a_counterexample(self):
        for system in self.systems():
            with self.subTest(system=system.name):
                self.assertIsNone(refute(system, self.SETTING, SEED, runs=300))

    def test_every_mutant_has_a_violating_run(self):
        for name, system in self.mutants().items():
            with self.subTest(mutant=name):
                path = self.violating_run(name, system)
                self.assertIsNotNone(path, f"no violating run of the mutant: {name}")
                print(f"{name}: {len(path) - 1} steps, {path[-1]}")

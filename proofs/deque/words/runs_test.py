"""Every transition happens, every state on the way satisfies the invariant, and every mutant goes wrong."""

import unittest

from proofs.deque.words import biased_stories, mutants, runs, words
from proofs.smt.runs_case import RunsCase


class Runs(RunsCase, unittest.TestCase):
    SETTING = runs.SETTING
    STEPS = 4000

    def systems(self):
        return [words.fence(), words.seq_cst()]

    def mutants(self):
        return mutants.mutants()


class BiasedRuns(RunsCase, unittest.TestCase):
    SETTING = runs.BIASED
    STEPS = 4000

    def systems(self):
        return [words.biased()]

    def walks(self):
        return biased_stories.walks()

    def mutants(self):
        return mutants.biased_mutants()

    def violating_run(self, name, system):
        return biased_stories.told(name, system)

    def test_no_story_ends_badly_without_the_mistake(self):
        for name in self.mutants():
            with self.subTest(story=name):
                self.assertIsNone(biased_stories.told(name, words.biased()))


if __name__ == "__main__":
    unittest.main(verbosity=2)

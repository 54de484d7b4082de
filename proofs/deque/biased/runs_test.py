"""Every transition happens, every state on the way satisfies the invariant, and every mutant goes wrong."""

import unittest

from proofs.deque.biased import biased, runs, stories
from proofs.smt.runs_case import RunsCase


class Runs(RunsCase, unittest.TestCase):
    SETTING = runs.SETTING
    STEPS = 8000

    def systems(self):
        return [biased.biased()]

    def mutants(self):
        return biased.mutants()

    def walks(self):
        return stories.walks()

    def violating_run(self, name, system):
        if name in stories.STORIES:
            return stories.told(name, system)
        return super().violating_run(name, system)

    def test_every_story_is_one_of_a_mutant(self):
        self.assertLessEqual(stories.STORIES.keys(), self.mutants().keys())

    def test_no_story_ends_badly_without_the_mistake(self):
        for name in stories.STORIES:
            with self.subTest(story=name):
                self.assertIsNone(stories.told(name, biased.biased()))


if __name__ == "__main__":
    unittest.main(verbosity=2)

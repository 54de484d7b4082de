"""One process answers many conditions: none gets another one's answer, and none is answered by silence."""

import unittest

from proofs.smt.prove import COMMANDS, ask, by_transition
from proofs.smt.system import Condition

DECLARED = "(set-logic ALL)\n(declare-const x Int)\n"
HOLDS = Condition("holds", DECLARED + "(assert (and (< x 0) (> x 0)))\n(check-sat)\n")
REFUTED = Condition("refuted", DECLARED + "(assert (> x 0))\n(check-sat)\n")
SEVERAL = [Condition(f"{transition}/{conjunct}", "") for transition in "abcdefg" for conjunct in "xyz"]
MALFORMED = Condition("malformed", DECLARED + "(assert (and (< y 0) false))\n(check-sat)\n")

class ProveAnswersTest(unittest.TestCase):
    def test_each_condition_has_its_own_answer(self):
        for solver in COMMANDS:
            with self.subTest(solver=solver):
                self.assertEqual(ask(solver, [HOLDS, REFUTED, HOLDS, REFUTED, REFUTED, HOLDS]),
                                 ["unsat", "sat", "unsat", "sat", "sat", "unsat"])

    def test_a_malformed_condition_is_not_proved_whatever_comes_before_it(self):
        for solver in COMMANDS:
            with self.subTest(solver=solver):
                before, malformed, _ = ask(solver, [HOLDS, MALFORMED, HOLDS])
                self.assertEqual(before, "unsat")
                self.assertIn("rror", malformed)
                self.assertNotEqual(malformed, "unsat")

    def test_nothing_of_a_condition_is_left_for_the_next(self):
        for solver in COMMANDS:
            with self.subTest(solver=solver):
                self.assertEqual(ask(solver, [HOLDS, Condition("x is declared anew", REFUTED.script)]),
                                 ["unsat", "sat"])

    def test_parts_have_every_condition_once(self):
        for n in (1, 2, 3, 7):
            with self.subTest(parts=n):
                parts = [list(by_transition(SEVERAL, (k, n))) for k in range(n)]
                self.assertTrue(all(parts))
                met = [c.name for part in parts for _, asked in part for c in asked]
                self.assertCountEqual(met, [c.name for c in SEVERAL])


if __name__ == "__main__":
    unittest.main()

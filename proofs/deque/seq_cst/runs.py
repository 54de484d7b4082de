"""Where concrete runs of the seq_cst table's machine begin, and what they range over."""

from __future__ import annotations

import random

from proofs.deque.runs import with_domain
from proofs.deque.seq_cst.chase_lev import chase_lev
from proofs.smt.runs import Setting, blank


def _initial(rng: random.Random) -> dict:
    state = blank(chase_lev())
    state["cap"] = {0: rng.choice([0, 0, 1, 2, 4])}
    state["isb"] = {0: True}
    state["thieves"] = range(rng.randint(1, 3))
    items = iter(range(1, 1 << 30))
    state["next_item"] = lambda: next(items)
    return state


SETTING = Setting(initial=_initial, with_domain=with_domain, length=80)

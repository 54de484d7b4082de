"""Where concrete runs of the biased deque's machine begin, and what they range over."""

from __future__ import annotations

import random

from proofs.deque import runs
from proofs.deque.biased.biased import biased
from proofs.deque.biased.machine import OWNER_S, SHARED
from proofs.smt.runs import Setting, blank


def biased_at_first(bias: int) -> dict:
    """What is special of a deque that begins with this bias."""
    return dict(md=bias, mm={0: bias}, ph=int(bias == SHARED))


def _initial(rng: random.Random) -> dict:
    state = {**blank(biased()), **biased_at_first(rng.choice([OWNER_S, SHARED]))}
    state.update(cap={0: rng.choice([0, 0, 1, 2, 4])}, isb={0: True}, seen=-1, sk=-1, kf=-1,
                 thieves=range(rng.randint(1, 3)))
    items = iter(range(1, 1 << 30))
    state["next_item"] = lambda: next(items)
    return state


def with_domain(state: dict) -> dict:
    runs.with_domain(state)
    others = state["domain"]
    state["domain"] = lambda name: range(state["tt"] + 2) if name in "ac" else others(name)
    return state


SETTING = Setting(initial=_initial, with_domain=with_domain, length=120)

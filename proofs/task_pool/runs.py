"""Where concrete runs of the pool's machine begin, and what they range over."""

from __future__ import annotations

import random

from proofs.smt.runs import Setting, blank
from proofs.task_pool.remote_return import remote_return


def _initial(rng: random.Random) -> dict:
    state = blank(remote_return())
    state["rl"] = 1
    state["threads"] = range(rng.randint(2, 4))
    state["slots"] = range(1, 1 + rng.randint(1, 4))
    return state


def _with_domain(state: dict) -> dict:
    # Positions may run off a list's end in a mutant; k covers them too.
    ranges = {"j": state["threads"], "s": state["slots"], "k": range(max(state["rd"], state["ld"], 0) + 1)}
    state["domain"] = lambda name: ranges.get(name, range(len(state["slots"]) + 2))
    return state


SETTING = Setting(initial=_initial, with_domain=_with_domain, length=80)

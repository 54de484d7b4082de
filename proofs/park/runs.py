"""Where concrete runs of the event count's machines begin, and what they range over."""

from __future__ import annotations

import random

from proofs.park.event_count import event_count
from proofs.smt.runs import Setting, blank


def _initial(rng: random.Random) -> dict:
    state = blank(event_count())
    state["waits"] = range(rng.randint(1, 4))
    state["notifications"] = range(rng.randint(1, 3))
    state["settles"] = range(rng.randint(0, 2))
    state["first"] = {j: {i: rng.randint(0, 1) for i in state["notifications"]} for j in state["waits"]}
    return state


def _with_domain(state: dict) -> dict:
    messages = range(state["w"] + 2)
    ranges = {"i": state["notifications"], "j": state["waits"], "x": state["settles"], "m": messages, "y": messages,
              "k": range(len(state["waits"]) + 1)}
    state["domain"] = lambda name: ranges[name]
    return state


SETTING = Setting(initial=_initial, with_domain=_with_domain, length=80)

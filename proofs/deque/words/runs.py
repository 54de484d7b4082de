"""Where concrete runs of the machines with items of several words begin, and what they range over."""

from __future__ import annotations

import random

from proofs.deque.biased import runs as biased_runs
from proofs.deque.runs import with_domain as with_domain_of_one_word
from proofs.deque.words.words import biased, fence, seq_cst
from proofs.smt.runs import Setting, blank


def _initial(rng: random.Random) -> dict:
    state = {**blank(fence()), **blank(seq_cst())}
    state.update(cap={0: rng.choice([0, 0, 1, 2, 4])}, isb={0: True}, words=rng.randint(1, 3),
                 thieves=range(rng.randint(1, 3)))
    items = iter(range(1, 1 << 30))
    state["next_item"] = lambda: next(items)
    return state


def _of_biased(rng: random.Random) -> dict:
    state = {**blank(biased()), **biased_runs.SETTING.initial(rng)}
    state["words"] = rng.randint(1, 2)
    return state


def _with_words(with_domain):
    def of_words(state: dict) -> dict:
        with_domain(state)
        others = state["domain"]
        state["domain"] = lambda name: range(state["words"]) if name in "uv" else others(name)
        return state

    return of_words


SETTING = Setting(initial=_initial, with_domain=_with_words(with_domain_of_one_word), length=100)
BIASED = Setting(initial=_of_biased, with_domain=_with_words(biased_runs.with_domain), length=120)

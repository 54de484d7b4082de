"""Runs that random search does not meet, or meets only after hours: who does what, in which order.

Those of the mutants end with an item taken twice. Thieves are 0, 1 and 2; the deque begins with a capacity of four, and
as the owner's, but where a list says that it begins shared.
"""

from __future__ import annotations

import random

from proofs.deque.biased import runs
from proofs.deque.biased.machine import OWNER_S, SHARED
from proofs.smt.runs import follow

PUSH = ["push.start", "push.room_by_cache", "push.store_slot", "push.fence", "push.store_bottom"]
POP_BEGINS = ["pop.start", "pop.store_bottom", "pop.light_fence"]
POP = [*POP_BEGINS, "pop.load_top.mine"]
SLOW_POP_BEGINS = [*POP_BEGINS, "pop.load_top.slow", "pop.fence"]
FIRST_LOOK = [*SLOW_POP_BEGINS, "pop.load_top_again.first_look"]
TAKE_BACK = ["rebias.load_askers.none", "rebias.cas_top.won"]
SECOND_LOOK = [*SLOW_POP_BEGINS, "pop.load_top_again.seen", *TAKE_BACK]
OLDEST = ["oldest.load_top.some", "oldest.cas_top.won"]
LOST_ITEM = [*POP_BEGINS, "pop.load_top.slow", "pop.fence", "pop.load_top_again.last", "pop.cas_top.won",
             "pop.restore_bottom.race"]


def _by(thief, *names):
    return [f"{name}@{thief}" for name in names]


def enters(j):
    return _by(j, "steal.load_top", "steal.peek_bottom.some", "ask.fence")


def asks(j):
    return [*enters(j), *_by(j, "ask.load_top.owner", "ask.cas_top.won")]


def helps(j):
    return [*enters(j), *_by(j, "ask.load_top.asked")]


def fences(j):
    return _by(j, "ask.heavy_fence")


def shares(j):
    return _by(j, "share.cas_top.won", "ask.leave")


def reads(j):
    return _by(j, "steal.load_top", "steal.fence", "steal.load_bottom.some", "steal.load_buffer", "steal.load_slot")


def steals(j):
    return [*reads(j), *_by(j, "steal.cas_top.won")]


# The owner takes the bias back while thief 0 still holds an asked word; 1 asks again, 0 shares what 1 asked for, the
# owner takes item 1 without a fence, and so does the thief, who has not seen it.
_SHARES_A_LATER_ASKING = [*asks(1), *shares(0), *POP, *steals(0), *steals(0)]
_SLEEPS_WITH_AN_ASKED_WORD = [*PUSH * 4, *asks(0), *fences(0), *helps(1), *fences(1), *shares(1), *FIRST_LOOK,
                              *SECOND_LOOK, *_SHARES_A_LATER_ASKING]

STORIES = {
    # An old message of bottom still says that the item is there which the owner took before.
    "the shared word does not carry what the heavy fence has seen": [
        *PUSH * 2, *POP, *asks(0), *fences(0), *shares(0), *steals(0), *steals(0)],
    "pop takes without a fence while a thief asks": [
        *PUSH * 2, *asks(0), *fences(0), *POP, *shares(0), *steals(0), *steals(0)],
    "who finds the deque asked for shares it without a heavy fence": [
        *PUSH * 2, *asks(0), *helps(1), *shares(1), *POP, *steals(1), *steals(1)],
    "the count is ignored": _SLEEPS_WITH_AN_ASKED_WORD,
    "ask.fence is no seq_cst fence": _SLEEPS_WITH_AN_ASKED_WORD,
    "a thief leaves the count before it shares": _SLEEPS_WITH_AN_ASKED_WORD,
    # Thief 0 passes its fence after the owner's, and reads the asked word before the owner reads the shared one.
    "the first slow pop takes the bias back": [
        *PUSH * 3, *asks(1), *fences(1), *_by(0, "steal.load_top", "steal.peek_bottom.some"), *SLOW_POP_BEGINS,
        *_by(0, "ask.fence", "ask.load_top.asked"), *shares(1), "pop.load_top_again.first_look", *TAKE_BACK,
        *fences(0), *_SHARES_A_LATER_ASKING],
    "the bias is taken back from asked": [
        *PUSH * 3, *asks(0), *fences(0), *SLOW_POP_BEGINS, "pop.load_top_again.many", "rebias.cas_top.won",
        *_SHARES_A_LATER_ASKING],
    # The thief's heavy fence is older than the asking whose word it finds when it tries again.
    "the last item's compare-exchange drops the bias": [
        *PUSH, *asks(0), *fences(0), *LOST_ITEM, *PUSH * 2, *asks(1), *_by(0, "share.cas_top.again"), *shares(0), *POP,
        *steals(0), *steals(0)],
    "the oldest item's compare-exchange drops the bias": [
        *PUSH * 3, *asks(0), *fences(0), *OLDEST, *asks(1), *_by(0, "share.cas_top.again"), *shares(0), *POP,
        *steals(0), *steals(0)],
    # The same with a bias that was the owner's when it looked.
    "the oldest item's compare-exchange puts back the bias that it read": [
        *PUSH * 3, "oldest.load_top.some", *asks(0), *fences(0), *helps(1), *fences(1), *shares(0),
        "oldest.cas_top.won", *asks(0), *_by(1, "share.cas_top.again"), *shares(1), *POP, *steals(1), *steals(1)],
    # The word comes back, and thief 0 wins with an item that is gone.
    "pop takes the last item without a race": [
        *PUSH * 3, *asks(1), *fences(1), *shares(1), *reads(0), *FIRST_LOOK, *SECOND_LOOK, *POP, *PUSH, *asks(1),
        *fences(1), *shares(1), *_by(0, "steal.cas_top.won")],
    # An old message of bottom still says that the item is there which the owner took without a full fence; no thief has
    # issued a heavy one.
    "pop takes without a fence from a shared deque": [*PUSH * 2, *POP, *steals(0), *steals(0)],
}
# Of a deque that begins shared, since its owner expects thieves.
SHARED_AT_FIRST = {"pop takes without a fence from a shared deque"}

# Ways of the right deque that chance meets late, by the bias with which it begins.
_SHARED = [*asks(0), *fences(0), *shares(0)]
_LOOKS_AGAIN = [*PUSH * 4, *_SHARED, *FIRST_LOOK, *SLOW_POP_BEGINS, "pop.load_top_again.seen"]
_LOSES = [*PUSH, *_SHARED, *reads(0)]
WALKS = {
    OWNER_S: [
        [*PUSH * 2, *POP],
        [*_LOOKS_AGAIN, "rebias.not_yet"],
        [*_LOOKS_AGAIN, *TAKE_BACK],
        [*_LOOKS_AGAIN, *TAKE_BACK[:1], *steals(0), "rebias.cas_top.lost"],
        [*_LOSES, *SLOW_POP_BEGINS, "pop.load_top_again.last", "steal.cas_top.won@0", "pop.cas_top.lost"],
        [*_LOSES, "oldest.load_top.some", "steal.cas_top.won@0", "oldest.cas_top.lost"],
    ],
    # Nobody asks; and the bias goes back to the owner, and a thief asks for the first time.
    SHARED: [
        [*PUSH, *steals(1)],
        [*PUSH * 4, *FIRST_LOOK, *SECOND_LOOK, *_SHARED, *steals(0)],
    ],
}


def beginning(bias: int = OWNER_S) -> dict:
    """The state in which stories and walks begin."""
    state = runs.SETTING.initial(random.Random(0))
    state.update(runs.biased_at_first(bias), cap={0: 4}, thieves=range(3))
    return state


def told(name: str, system):
    """The run of the story of that mutant, or None."""
    bias = SHARED if name in SHARED_AT_FIRST else OWNER_S
    return follow(system, beginning(bias), runs.SETTING, STORIES[name])


def walks() -> list[tuple[dict, list[str]]]:
    """Each walk, with the state in which it begins."""
    return [(beginning(bias), walk) for bias, some in WALKS.items() for walk in some]

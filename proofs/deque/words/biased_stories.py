"""How each wrong biased deque with items of several words goes wrong, told in steps (proofs/deque/biased/stories.py);
and ways of the right one that chance meets late.

Items have two words; the deque begins with a capacity of four.
"""

from __future__ import annotations

import random

from proofs.deque.biased import stories
from proofs.deque.biased.machine import OWNER_S
from proofs.deque.biased.runs import biased_at_first
from proofs.deque.biased.stories import OLDEST, POP, PUSH, asks, fences, reads, shares, steals
from proofs.deque.words import runs
from proofs.smt.runs import follow

_WORDS = 2
_AS_WORDS = {"push.store_slot": ("push.store_word", "push.store_last_word"),
             "steal.load_slot": ("steal.load_word", "steal.load_last_word")}


def _in_words(story: list[str]) -> list[str]:
    def steps(entry):
        name, at, who = entry.partition("@")
        return [new + at + who for new in _AS_WORDS.get(name, (name,))]

    return [step for entry in story for step in steps(entry)]


def _with_a_step_after(step: str, new: str, story: list[str]) -> list[str]:
    return [s for entry in story for s in ([entry, new] if entry == step else [entry])]


_PUSH_OVER = ["push.start", "push.load_top.room", *PUSH[2:]]
_PUSH_AND_GROW = ["push.start", "push.load_top.full", "grow", *PUSH[2:]]
_SHARED = [*asks(0), *fences(0), *shares(0)]
_A_LATE_READ = ["steal.load_word_late@0"]

STORIES = {name: _in_words(story) for name, story in {
    # Index 4 lies where index 0 was.
    "the last word is read after the compare-exchange": [
        *PUSH, *_SHARED, *steals(0), *PUSH * 3, *_PUSH_OVER, *_A_LATE_READ],
    "push publishes before its last word is written": [*PUSH, *_SHARED, *steals(0)],
    "a growth does not copy the last word": [*PUSH * 4, *_PUSH_AND_GROW, *POP, *POP],
    # The thief sleeps between its words, and another one takes the item.
    "a thief whose compare-exchange fails has read one item": [
        *PUSH, *_SHARED, *reads(0)[:-1], "steal.load_word@0", *steals(1), *PUSH * 3, *_PUSH_OVER,
        "steal.load_last_word@0", "steal.cas_top.lost@0"],
    "push overwrites when it is full": [*PUSH * 4, *_PUSH_OVER, *OLDEST],
    "the cached top is one too high": [*PUSH * 5, *OLDEST],
    "steal does not compare the index": [*PUSH * 2, *_SHARED, *reads(0), *steals(1), "steal.cas_top.won@0"],
    "the fence comes before the last word": [
        *_with_a_step_after("push.fence", "push.store_word_late", PUSH), *_SHARED, *steals(0)],
    "the oldest item is not read again after a lost compare-exchange": [
        *PUSH * 2, "oldest.load_top.some", *_SHARED, *steals(0), "oldest.cas_top.again", "oldest.cas_top.won"],
}.items()}


def beginning(bias: int = OWNER_S) -> dict:
    """The state in which stories and walks begin."""
    state = runs.BIASED.initial(random.Random(0))
    state.update(biased_at_first(bias), cap={0: 4}, words=_WORDS, thieves=range(3))
    return state


def walks() -> list[tuple[dict, list[str]]]:
    """Each walk, with the state in which it begins."""
    return [(beginning(bias), _in_words(walk)) for bias, some in stories.WALKS.items() for walk in some]


def told(name: str, system):
    """The run of the story of that mutant, or None. Steps that the system has not are left out."""
    known = {t.name for t in system.transitions}
    story = [s for s in STORIES[name] if s.partition("@")[0] in known]
    return follow(system, beginning(), runs.BIASED, story)

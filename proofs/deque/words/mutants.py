"""Wrong deques with items of several words. Each must be refuted by a concrete run (runs_test.py)."""

from __future__ import annotations

import dataclasses

from proofs.deque import chase_lev as fence_table
from proofs.deque.biased import biased as biased_deque
from proofs.deque.machine import GROWS, IDLE, ITEM, K, ME, PUSH_BOTTOM, T_IDLE, TL, TPC, at, mine
from proofs.deque.seq_cst import chase_lev as seq_cst_table
from proofs.deque.words import biased as biased_table
from proofs.deque.words.machine import TX, W, WHOLE, WORDS, copied, reads, several_words, written
from proofs.smt.system import System, Transition
from proofs.smt.terms import conjunction, lift, row

# Program counters that the right machine has not: the last word is yet to be written, or read.
_LAST_TO_WRITE = _LAST_TO_READ = 20


def _with(system: System, changes: dict[str, dict], *more: Transition) -> System:
    """Some transitions changed: name -> updates to replace, None to leave a variable as it is, or a `guard`, or
    `obligations`; and some added."""
    unknown = changes.keys() - {t.name for t in system.transitions}
    assert not unknown, unknown

    def changed(t):
        updates = {**t.updates, **changes.get(t.name, {})}
        fields = {f: updates.pop(f) for f in ("guard", "obligations") if f in updates}
        return dataclasses.replace(t, updates={k: v for k, v in updates.items() if v is not None}, **fields)

    return dataclasses.replace(system, transitions=[*map(changed, system.transitions), *more])


_no_write = dict(n=None, buf=None, wc=None)


def _last_word_after(system: System, step: str, then: int) -> System:
    """Push writes its last word after `step` only."""
    late = Transition("push.store_word_late", "the last word of the item is written", at(_LAST_TO_WRITE),
                      dict(written(WORDS - 1), opc=lift(then)))
    return _with(system, {"push.store_last_word": _no_write, step: dict(opc=lift(_LAST_TO_WRITE))}, late)


def _last_word_read_late(system: System) -> System:
    (load,) = [t for t in system.transitions if t.name == "steal.load_last_word"]
    late = dataclasses.replace(
        load, name="steal.load_word_late", guard=conjunction(mine(_LAST_TO_READ), reads(WORDS - 1)),
        updates=dict(tpcj=TPC.store(ME, T_IDLE)),
        obligations=[("the word is of the item that the thief has taken", K == ITEM[TL[ME]])])
    return _with(system, {
        "steal.load_last_word": dict(txj=None),
        "steal.cas_top.won": dict(tpcj=TPC.store(ME, _LAST_TO_READ), obligations=WHOLE[1:])}, late)


def _growth_without_the_last_word(base: System, with_words) -> System:
    def choices(grow):
        def without(state, rng):
            for c in grow.choices(state, rng):
                kept = {k: v for k, v in c["nb"].items() if (k + 1) % state["words"] != 0}
                yield {**c, "nb": kept}
        return without

    return with_words(base, grow=lambda t: [
        dataclasses.replace(t, guard=conjunction(GROWS, copied(WORDS - 1)), choices=choices(t))])


def _of(base: System, with_words=several_words) -> dict[str, System]:
    system = with_words(base)
    return {
        "the last word is read after the compare-exchange": _last_word_read_late(system),
        "push publishes before its last word is written": _last_word_after(system, "push.store_bottom", IDLE),
        "a growth does not copy the last word": _growth_without_the_last_word(base, with_words),
        # Claims that are too strong, or a thief that does not drop what it read: torn reads do happen.
        "a thief whose compare-exchange fails has read one item": _with(system, {"steal.cas_top.lost": dict(
            obligations=[("the words are of one item", row(TX, ME)[W] == row(TX, ME)[0])])}),
    }


# Mutants of one-word items by which a slot is written while a thief that will win reads it.
_REUSED = ("push overwrites when it is full", "the cached top is one too high", "steal does not compare top")


def mutants() -> dict[str, System]:
    """Mistakes with words, for both tables. One of these is a mistake with the fence, and has no match."""
    wrong = {"fence: the fence comes before the last word": _last_word_after(
        several_words(fence_table.chase_lev()), "push.fence", PUSH_BOTTOM)}
    for table, of_one_word in (("fence", fence_table), ("seq_cst", seq_cst_table)):
        reused = {name: several_words(of_one_word.mutants()[name]) for name in _REUSED}
        wrong |= {f"{table}: {name}": m for name, m in {**_of(of_one_word.chase_lev()), **reused}.items()}
    return wrong


def biased_mutants() -> dict[str, System]:
    """The same of the biased deque, and what its owner can do wrong at the thieves' end. biased_stories.py tells of
    each how it goes wrong."""
    with_words = biased_table.with_words
    system = with_words(biased_deque.biased())
    reused = (*_REUSED[:2], "steal does not compare the index")
    return {
        **_of(biased_deque.biased(), with_words),
        **{name: with_words(biased_deque.mutants()[name]) for name in reused},
        "the fence comes before the last word": _last_word_after(system, "push.fence", PUSH_BOTTOM),
        "the oldest item is not read again after a lost compare-exchange": _with(system, {
            "oldest.cas_top.again": dict(ox=None, oi=None)}),
    }

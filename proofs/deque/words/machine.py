"""A deque of one-word items made into one whose items have any number of words: `several_words(base)`.

A slot is `words` cells, each an atomic of its own (core/deque/circular_buffer.h). Push writes them one by one and
steal reads them one by one, so a thief may read words of several items: it is *torn*. What the proof shows is that a
thief whose compare-exchange succeeds has read each word of the item at top, and so one item. A thief whose
compare-exchange fails drops what it read.

`base` is a system of proofs/deque. Its steps stay, but for the four below. What its invariant says of "the cell" of a
slot is said here of the cell of word w, where w is *any* word (proofs/smt/system.py, Every): the solver knows nothing
of w, and no step of the machine mentions it.

A cell has the number of the item whose word was written there last; which word that is, the cell itself says. A word
read from another item is another number, even where the bits are the same, so what is proved is the stronger claim.

State, besides that of the base:

  words    how many words an item has: any number from 1 on
  ow       how many words of its item push has written
  twj      how many words of a slot a thief has read
  txj      txj[j][v]: what thief j read as word v
"""

import dataclasses

from proofs.deque.machine import (BUF, CAP, CUR, GROWS, ITEM, K, ME, N, NB, NEXT, NID, OB, OT, PUSH_SLOT, QUEUED, STATE,
                                  T, T_CAS, T_SLOT, TA, TAKEN, TE, TL, TPC, WC, at, cell, mine, place)
from proofs.smt.system import Every, System
from proofs.smt.terms import (ARRAY, ARRAY2, INT, conjunction, constant, disjunction, forall, function, implies, lift,
                              negation, row, variable)

WORDS, OW, TW, TX = [variable(name) for name in ("words", "ow", "twj", "txj")]
_OWN = [("words", INT), ("ow", INT), ("twj", ARRAY), ("txj", ARRAY2)]
# Any word: what the invariant speaks of.
W = constant("w")
_e, _i, _j, _k, _u, _v = [constant(name) for name in "eijkuv"]


def word(e, i, v):
    """The cell of word v of index i in buffer e. For the solver all that matters is which cells are different."""
    return function("word", [e, i, v], lambda env, e_, i_, v_: place(env, e_, i_) * env["words"] + v_)


FUNCTIONS = ["(declare-fun word (Int Int Int) Int)",
             "(define-fun slot ((e Int) (i Int)) Int (word e i w))"]  # the base's cell


def words_are_distinct():
    """Indices less than a capacity apart have different cells, and so have the words of one index."""
    inside = [lift(0) <= _u, _u < WORDS, lift(0) <= _v, _v < WORDS]
    apart = conjunction(_i <= _k, _k - _i < CAP[_e], *inside, disjunction(_i != _k, _u != _v))
    return forall(["e", "i", "k", "u", "v"], implies(apart, word(_e, _i, _u) != word(_e, _k, _v)),
                  [word(_e, _i, _u), word(_e, _k, _v)])


def cell_of(array, e, i, v):
    return row(array, e)[word(e, i, v)]


def written(v):
    """Push writes word v."""
    return dict(n=NEXT, buf=BUF.store(CUR, row(BUF, CUR).store(word(CUR, OB, v), NID)),
                wc=WC.store(CUR, row(WC, CUR).store(word(CUR, OB, v), NEXT)), item=ITEM.store(OB, NID))


def copied(last):
    """A growth copies the words up to `last`, without it, of each live index."""
    live = conjunction(OT <= _i, _i < OB, lift(0) <= _v, _v < last)
    return forall(["i", "v"], implies(live, NB[word(CUR + 1, _i, _v)] == cell_of(BUF, CUR, _i, _v)),
                  [word(CUR + 1, _i, _v)])


def reads(v):
    """A thief reads word v of its slot: the value if its write is covered by the acquired view; anything otherwise."""
    return implies(cell_of(WC, TE[ME], TL[ME], v) <= TA[ME], K == cell_of(BUF, TE[ME], TL[ME], v))


_set = lambda array, value: array.store(ME, value)
_read = dict(txj=_set(TX, row(TX, ME).store(TW[ME], K)))
_is_last = lambda number: number + 1 == WORDS
_item_at_top = ITEM[TL[ME]]
WHOLE = [("each word that the thief read is of the item at top", row(TX, ME)[W] == _item_at_top),
         ("that item is queued, so nobody else has it", STATE[_item_at_top] == QUEUED)]


def _push(t):
    start, replace = at(PUSH_SLOT), dataclasses.replace
    return [replace(t, name="push.store_word", meaning="a word of the item is written, not the last one",
                    guard=conjunction(start, negation(_is_last(OW))), updates=dict(written(OW), ow=OW + 1)),
            replace(t, name="push.store_last_word", meaning="the last word of the item is written",
                    guard=conjunction(start, _is_last(OW)),
                    updates=dict(written(OW), opc=t.updates["opc"], ow=lift(0)))]


def _grow(t):
    return [dataclasses.replace(t, guard=conjunction(GROWS, copied(WORDS)))]


def _load(t):
    start, replace = conjunction(mine(T_SLOT), reads(TW[ME])), dataclasses.replace
    return [replace(t, name="steal.load_word", meaning="relaxed: a word of the slot, not the last one",
                    guard=conjunction(start, negation(_is_last(TW[ME]))),
                    updates=dict(_read, twj=_set(TW, TW[ME] + 1))),
            replace(t, name="steal.load_last_word", meaning="relaxed: the last word of the slot",
                    guard=conjunction(start, _is_last(TW[ME])),
                    updates=dict(_read, tpcj=_set(TPC, T_CAS), twj=_set(TW, 0)))]


def _take(t):
    return [dataclasses.replace(t, obligations=WHOLE, updates={**t.updates, "st": STATE.store(_item_at_top, TAKEN)})]


_REPLACED = {"push.store_slot": _push, "grow": _grow, "steal.load_slot": _load, "steal.cas_top.won": _take}

_INVARIANT = {
    "words": conjunction(WORDS >= 1, OW >= 0, OW < WORDS, implies(negation(at(PUSH_SLOT)), OW == 0)),
    # What push has written so far.
    "owner.push.words": implies(conjunction(at(PUSH_SLOT), W < OW), ITEM[OB] == NID, cell(BUF, CUR, OB) == NID,
                                cell(WC, CUR, OB) <= N),
    "thief.words": forall(["j"], conjunction(TW[_j] >= 0, TW[_j] < WORDS, implies(TPC[_j] != T_SLOT, TW[_j] == 0)),
                          [TPC[_j]]),
    # What a thief has read so far, and when it is done, if top has not moved.
    "thief.has_read_the_item": forall(["j"], implies(
        conjunction(TL[_j] == T, disjunction(TPC[_j] == T_CAS, conjunction(TPC[_j] == T_SLOT, W < TW[_j]))),
        row(TX, _j)[W] == ITEM[T]), [TPC[_j]]),
}


def several_words(base: System, **replaced) -> System:
    """`base` with items of any number of words. `replaced`: other functions in place of those of _REPLACED."""
    steps = {**_REPLACED, **replaced}
    assert steps.keys() <= {t.name for t in base.transitions}, steps.keys()
    assert "thief.has_read_the_item" in base.invariant
    return dataclasses.replace(
        base,
        name=f"{base.name}, items of several words",
        variables=[v for v in base.variables if v[0] != "txj"] + _OWN,
        functions=FUNCTIONS,
        axioms=lambda: [words_are_distinct()],
        initial=conjunction(base.initial, WORDS >= 1, OW == 0, forall(["j"], TW[_j] == 0, [TW[_j]])),
        transitions=[new for t in base.transitions for new in steps.get(t.name, lambda t: [t])(t)],
        invariant={**base.invariant, **_INVARIANT},
        every=Every("w", WORDS),
    )

"""The biased deque with items of several words: the owner reads words at the thieves' end, too.

take_oldest reads the oldest item before its compare-exchange decides, and again after one that has failed
(core/deque/biased_deque.h). What it reads is kept in

  ox, oi   the cells as the owner has read them, and the index whose cells it has read

It reads them in one step, as pop does: nobody else writes cells. That they are the words of the oldest item is an
obligation of the compare-exchange that succeeds, as for a thief.
"""

import dataclasses

from proofs.deque.biased import biased as table
from proofs.deque.biased.machine import MI, OLDEST_CAS
from proofs.deque.machine import BUF, CUR, ITEM, K, OT, QUEUED, STATE, T, at
from proofs.deque.words.machine import W, several_words, word
from proofs.smt.system import System
from proofs.smt.terms import ARRAY, INT, conjunction, implies, row, variable

OX, OI = variable("ox"), variable("oi")
_read_word = OX[word(CUR, OI, W)]

_INVARIANT = {
    # What the owner has read, if top has not moved.
    "owner.has_read_the_oldest": implies(conjunction(at(OLDEST_CAS), OT == T), _read_word == ITEM[T]),
}


def _looks(t):
    return [dataclasses.replace(t, updates={**t.updates, "ox": row(BUF, CUR), "oi": MI[K]})]


def _takes(t):
    return [dataclasses.replace(t, obligations=[
        ("each word that the owner read is of the oldest item", _read_word == ITEM[OT]),
        ("that item is queued, so nobody else has it", STATE[ITEM[OT]] == QUEUED)])]


OLDEST = {"oldest.load_top.some": _looks, "oldest.cas_top.again": _looks, "oldest.cas_top.won": _takes}


def with_words(base: System, **replaced) -> System:
    """`base`, the biased deque or a mutant of it, with items of any number of words. `replaced`: as for
    several_words."""
    system = several_words(base, **{**OLDEST, **replaced})
    return dataclasses.replace(system, variables=[*system.variables, ("ox", ARRAY), ("oi", INT)],
                               invariant={**system.invariant, **_INVARIANT})


def biased() -> System:
    return with_words(table.biased())

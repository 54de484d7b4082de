"""The invariant: why no slot is in two hands, none is lost, and the next user sees what the last one wrote.

Each conjunct is a piece that can be read on its own. The names in the comments are those of machine.py.
"""

from proofs.smt.terms import conjunction, constant, disjunction, forall, implies, one_of, row
from proofs.task_pool.machine import (ACC, CHAIN, COMPARING, CUTTING, EXPECTED, FREE, HEAD, IDLE, LD, LINKING, LIST,
                                      LIVE, LL, LOCAL, MV, NEXT, OPC, OWNER, PC, POS, R_IDLE, RD, RETURNING, RL, SEEN,
                                      SLOT, STATE, WHO, seen)

S, K, J = [constant(name) for name in "skj"]


def begins_with(head, number, length):
    """The pointer to the list: null exactly when the list is empty, else its last position."""
    return conjunction(implies(length == 0, head == 0),
                       implies(length > 0, head == row(CHAIN, number)[length - 1], head >= 1))


def well_formed(number, length, known):
    """Each position of the list holds a free slot, once, linked to the one below it; `known` is a view that covers
    the last touch of each: that of whoever reaches the list."""
    slot, below = row(CHAIN, number)[K], row(CHAIN, number)[K - 1]
    return forall(["k"], implies(
        conjunction(K >= 0, K < length),
        slot >= 1, STATE[slot] == FREE, LIST[slot] == number, POS[slot] == K, ACC[slot] <= known[slot],
        implies(K == 0, NEXT[slot] == 0), implies(K > 0, NEXT[slot] == below)), [slot])


def on(number, length, slot):
    return conjunction(LIST[slot] == number, POS[slot] >= 0, POS[slot] < length,
                       row(CHAIN, number)[POS[slot]] == slot)


INVARIANT = {
    "order": conjunction(RD >= 0, LD >= 0, LL < RL, one_of(OPC, (IDLE, CUTTING))),
    "local.head": begins_with(LOCAL, LL, LD),
    "return.head": begins_with(HEAD, RL, RD),
    # Whoever follows the links finds each slot of the list, and nothing else; all of it has been seen.
    "local.list": well_formed(LL, LD, row(SEEN, OWNER)),
    # The same for the shared list, except that the owner has not seen it yet: the head's message releases it.
    "return.list": well_formed(RL, RD, MV),
    # No loss: a free slot is on one of the two lists.
    "free.not_lost": forall(["s"], implies(STATE[S] == FREE, disjunction(on(LL, LD, S), on(RL, RD, S))), [STATE[S]]),
    # Whoever holds a slot has seen what was done with it.
    "live.seen": forall(["s"], implies(STATE[S] == LIVE, S >= 1, ACC[S] <= seen(WHO[S], S)), [STATE[S]]),
    # A slot on its way back is in one thread's hands; its link is the head that the thread expects. (So the
    # compare-exchange may find a head that went away and came back: the link is right again.)
    "returning": forall(["j"], conjunction(
        one_of(PC[J], (R_IDLE, LINKING, COMPARING)),
        implies(PC[J] != R_IDLE, SLOT[J] >= 1, STATE[SLOT[J]] == RETURNING, WHO[SLOT[J]] == J,
                ACC[SLOT[J]] <= seen(J, SLOT[J])),
        implies(PC[J] == COMPARING, NEXT[SLOT[J]] == EXPECTED[J])), [PC[J]]),
    # No loss on the way either: somebody is returning it.
    "returning.not_lost": forall(
        ["s"], implies(STATE[S] == RETURNING, PC[WHO[S]] != R_IDLE, SLOT[WHO[S]] == S), [STATE[S]]),
}

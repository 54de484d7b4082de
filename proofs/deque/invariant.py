"""The invariant: why no item is lost, and none is taken twice.

Each conjunct is a piece that can be read on its own. The names in the comments are those of machine.py.
"""

from proofs.deque.machine import (AC, B, BUF, BV, CAP, CUR, GROW, IDLE, ISB, ITEM, KT, L, LASTB, LOC, N, NEW, NID, OB,
                                  OPC, OREL, ORELE, OT, OVT, PM, POP_BOTTOM, POP_FENCE, POP_TOP, PUSH_BOTTOM,
                                  PUSH_FENCE, PUSH_SLOT, PUSH_TOP, QUEUED, RACE, RE, RESTORE_EMPTY, RESTORE_RACE, RV,
                                  SB, ST, STATE, T, T_BOTTOM, T_BUFFER, T_CAS, T_SLOT, TA, TE, TL, TPC, TRE, TX, U, VB,
                                  WC, cell, slot)
from proofs.smt.terms import conjunction, constant, disjunction, forall, implies, maximum, negation, one_of

I, M, E, J, D = [constant(name) for name in "imejd"]
PUSHING = (PUSH_TOP, GROW, PUSH_SLOT, PUSH_FENCE, PUSH_BOTTOM)
POPPING = (POP_FENCE, POP_TOP, RESTORE_EMPTY, RACE, RESTORE_RACE)


def owner_at(*pcs):
    return one_of(OPC, pcs)


def readable(e, i, stamp):
    """Whoever has acquired up to `stamp` reads item i out of buffer e: the cell holds it, and its last write is
    covered by the stamp or by the publication of the buffer."""
    return conjunction(cell(BUF, e, i) == ITEM[i], cell(WC, e, i) <= maximum(stamp, AC[e]))


def thief_at(*pcs):
    return one_of(TPC[J], pcs)


# A message of bottom with stamp m that a thief with top = i may still use: it is not older than the owner's last
# claim of index i, and it says that i is filled.
_usable = conjunction(T <= I, ISB[M], U[I] <= M, BV[M] > I)

_past_fence = (T_BOTTOM, T_BUFFER, T_SLOT, T_CAS)
_past_bottom = (T_BUFFER, T_SLOT, T_CAS)

INVARIANT = {
    # Where the numbers lie.
    "order": conjunction(T >= 0, T <= L, B <= L, OVT >= 0, OVT <= T, KT >= 0, KT <= OVT,
                         ST >= 0, ST <= T, SB >= 0, SB <= LASTB, LASTB <= N, OREL >= 0, OREL <= N, ORELE >= 0,
                         ORELE <= CUR),
    # What the owner knows at each of its steps.
    "owner.between": implies(owner_at(IDLE, POP_BOTTOM, *PUSHING), B == L),
    "owner.push": conjunction(
        implies(owner_at(*PUSHING), OB == B, STATE[NID] == NEW),
        implies(owner_at(GROW, PUSH_SLOT, PUSH_FENCE, PUSH_BOTTOM), OT <= OVT),
        implies(owner_at(PUSH_SLOT, PUSH_FENCE, PUSH_BOTTOM), OB - OT < CAP[CUR]),
        implies(owner_at(PUSH_FENCE, PUSH_BOTTOM), ITEM[OB] == NID, cell(BUF, CUR, OB) == NID),
        implies(owner_at(PUSH_FENCE), cell(WC, CUR, OB) <= N),
        implies(owner_at(PUSH_BOTTOM), cell(WC, CUR, OB) <= OREL),
        implies(negation(owner_at(PUSH_SLOT, PUSH_FENCE)), ORELE == CUR)),
    "owner.pop": conjunction(
        OPC >= IDLE, OPC <= RESTORE_RACE,
        implies(owner_at(POP_BOTTOM), OB == B - 1),
        implies(owner_at(*POPPING), B == OB, L == OB + 1),
        implies(owner_at(RACE), OT == OB, OB <= T, OT <= OVT),
        implies(owner_at(RESTORE_EMPTY, RESTORE_RACE), T == L, OVT == T)),
    # Top runs at most one ahead of what the owner or the seq_cst view knows: whoever moved it has fenced.
    "owner.top_is_known": disjunction(T <= ST + 1, T <= OVT),
    # Dekker, the owner's half: after pop's fence, its store to bottom is in the global view, and if top has
    # passed the claimed index, the owner is about to see that.
    "owner.dekker": implies(owner_at(POP_TOP), LASTB <= SB, implies(T > OB, OVT >= OB)),
    # The newest buffer holds everything.
    "buffer": conjunction(CUR >= 0, CAP[CUR] >= 0, L - T <= CAP[CUR], AC[CUR] <= N, implies(L >= 1, CAP[CUR] >= 1)),
    "bottom.last_message": conjunction(
        ISB[LASTB], BV[LASTB] == B, forall(["m"], implies(ISB[M], M <= LASTB), [ISB[M]])),
    "claims_are_global": forall(["i"], U[I] <= SB, [U[I]]),
    # Every queued item can be read by whoever acquires the owner's last release.
    "items.readable": forall(["i"], implies(conjunction(T <= I, I < L), readable(CUR, I, OREL)), [slot(CUR, I)]),
    # Who reads a message of bottom that says there are items finds a buffer, however old the message.
    "messages.lead_to_a_buffer": forall(
        ["m", "e"], implies(conjunction(ISB[M], BV[M] >= 1, RE[M] <= E, E <= CUR), CAP[E] >= 1), [ISB[M], CAP[E]]),
    "thief.finds_a_buffer": forall(
        ["j", "e"], implies(conjunction(thief_at(T_BUFFER), TRE[J] <= E, E <= CUR), CAP[E] >= 1), [TPC[J], CAP[E]]),
    # No stale message of bottom is usable: what it promises is there, in every buffer it can lead to.
    "messages.promise_items": forall(["i", "m"], implies(_usable, I < L), [ISB[M], U[I]]),
    "messages.items_readable": forall(
        ["i", "m", "e"], implies(conjunction(_usable, RE[M] <= E, E <= CUR), readable(E, I, RV[M])),
        [ISB[M], slot(E, I)]),
    # What "empty" rests on: no message since an item's push denies the item, but for the claim of it in flight.
    "messages.deny_no_item": forall(
        ["d", "m"], implies(conjunction(STATE[D] == QUEUED, ISB[M], PM[D] <= M), disjunction(
            BV[M] > LOC[D], conjunction(owner_at(POP_FENCE, POP_TOP, RACE), M == LASTB, LOC[D] == OB))),
        [STATE[D], ISB[M]]),
    # No duplication: an item between top and bottom is queued, once, there.
    "items.queued": forall(["i"], implies(conjunction(T <= I, I < L), STATE[ITEM[I]] == QUEUED, LOC[ITEM[I]] == I),
                           [ITEM[I]]),
    # No loss: a queued item lies between top and bottom.
    "items.not_lost": forall(
        ["d"], implies(STATE[D] == QUEUED, T <= LOC[D], LOC[D] < L, ITEM[LOC[D]] == D), [STATE[D]]),
    # What a thief knows at each of its steps, if top has not moved since it read it.
    "thief": forall(["j"], conjunction(
        TPC[J] >= 0, TPC[J] <= T_CAS,
        implies(TPC[J] >= 1, TL[J] >= 0, TL[J] <= T),
        implies(thief_at(*_past_fence), TL[J] <= ST),
        # Dekker, the thief's half: between pop's fence and its look at top, either the owner will see the thief's
        # top, or the thief sees the owner's claim.
        implies(conjunction(thief_at(*_past_fence), OPC == POP_TOP), disjunction(TL[J] <= OVT, LASTB <= VB[J])),
        implies(conjunction(thief_at(*_past_bottom), OPC == POP_TOP, OVT < TL[J]), TL[J] < B),
        implies(conjunction(thief_at(T_BOTTOM), TL[J] == T), U[T] <= VB[J]),
        implies(conjunction(thief_at(*_past_bottom), TL[J] == T), T < L),
        implies(thief_at(T_SLOT), TE[J] <= CUR),
        implies(conjunction(thief_at(T_SLOT), TL[J] == T),
                cell(BUF, TE[J], TL[J]) == ITEM[TL[J]], cell(WC, TE[J], TL[J]) <= TA[J])), [TPC[J]]),
    "thief.has_read_the_item": forall(
        ["j"], implies(conjunction(thief_at(T_CAS), TL[J] == T), TX[J] == ITEM[T]), [TPC[J]]),
    "thief.any_buffer_will_do": forall(
        ["j", "e"], implies(conjunction(thief_at(T_BUFFER), TL[J] == T, TRE[J] <= E, E <= CUR),
                            readable(E, TL[J], TA[J])), [TPC[J], slot(E, TL[J])]),
}

"""The invariant: why no item is lost, and none is taken twice, with seq_cst accesses and no fences.

What the two tables have in common is said as in proofs/deque/invariant.py. The names in the comments are those of
machine.py.
"""

from proofs.deque.invariant import (D, E, I, J, M, owner_at, readable, thief_at)
from proofs.deque.machine import (AC, B, BUF, BV, CAP, CUR, GROW, IDLE, ISB, ITEM, KT, L, LASTB, LOC, N, NEW, NID, OB,
                                  OPC, OT, OVT, PM, POP_BOTTOM, POP_TOP, PUSH_BOTTOM, PUSH_SLOT, PUSH_TOP, QUEUED,
                                  RACE, RE, RESTORE_EMPTY, RESTORE_RACE, RV, STATE, T, T_BOTTOM, T_BUFFER, T_CAS,
                                  T_IDLE, T_SLOT, TA, TE, TL, TPC, TRE, TX, U, VB, WC, cell, slot)
from proofs.deque.seq_cst.machine import CZ, DZ, ISC, ISD, TV, ZB, ZJ, ZO, ZT
from proofs.smt.terms import conjunction, disjunction, forall, implies, negation, one_of

PUSHING = (PUSH_TOP, GROW, PUSH_SLOT, PUSH_BOTTOM)
POPPING = (POP_TOP, RESTORE_EMPTY, RACE, RESTORE_RACE)

# A message of bottom with stamp m that a thief with top = i may still use: it is not older than the owner's last
# claim of index i, and it says that i is filled.
_usable = conjunction(T <= I, ISB[M], U[I] <= M, BV[M] > I)

_past_top = (T_BOTTOM, T_BUFFER, T_SLOT, T_CAS)
_past_bottom = (T_BUFFER, T_SLOT, T_CAS)

INVARIANT = {
    # Where the numbers lie.
    "order": conjunction(T >= 0, T <= L, B <= L, OVT >= 0, OVT <= T, KT >= 0, KT <= OVT, LASTB >= 0, LASTB <= N),
    # What the owner knows at each of its steps.
    "owner.between": implies(owner_at(IDLE, POP_BOTTOM, *PUSHING), B == L),
    "owner.push": conjunction(
        implies(owner_at(*PUSHING), OB == B, STATE[NID] == NEW),
        implies(owner_at(GROW, PUSH_SLOT, PUSH_BOTTOM), OT <= OVT),
        implies(owner_at(PUSH_SLOT, PUSH_BOTTOM), OB - OT < CAP[CUR]),
        implies(owner_at(PUSH_BOTTOM), ITEM[OB] == NID, cell(BUF, CUR, OB) == NID, cell(WC, CUR, OB) <= N)),
    "owner.pop": conjunction(
        one_of(OPC, (IDLE, POP_BOTTOM, *PUSHING, *POPPING)),
        implies(owner_at(POP_BOTTOM), OB == B - 1),
        implies(owner_at(*POPPING), B == OB, L == OB + 1),
        implies(owner_at(POP_TOP), ISD[LASTB], DZ[LASTB] == ZO),
        implies(owner_at(RACE), OT == OB, OB <= T, OT <= OVT),
        implies(owner_at(RESTORE_EMPTY, RESTORE_RACE), T == L, OVT == T)),
    # The newest buffer holds everything.
    "buffer": conjunction(CUR >= 0, CAP[CUR] >= 0, L - T <= CAP[CUR], AC[CUR] <= N, implies(L >= 1, CAP[CUR] >= 1)),
    "bottom.last_message": conjunction(
        ISB[LASTB], BV[LASTB] == B, forall(["m"], implies(ISB[M], M <= LASTB), [ISB[M]])),
    # Where positions in the seq_cst order lie.
    "positions.bottom": forall(["m"], implies(ISD[M], ISB[M], DZ[M] <= ZB, DZ[M] <= ZO), [ISD[M]]),
    "positions.top": forall(["m"], implies(ISC[M], M >= 1, M <= T, CZ[M] <= ZT), [ISC[M]]),
    # A value of top that no thief wrote is the first one or the owner's, so the owner knows it.
    "owner.knows_its_top": forall(["m"], implies(conjunction(M >= 0, M <= T), disjunction(ISC[M], M <= OVT)),
                                  [ISC[M]]),
    "top.releases": forall(["m"], implies(conjunction(M >= 0, M <= T), TV[M] >= 0), [TV[M]]),
    # Whoever took index T - 1 by a value of top that the owner may miss has looked at bottom after that value.
    "owner.top_is_known": disjunction(T <= OVT + 1, CZ[T - 1] < ZB),
    # Dekker, the owner's half: if top has passed the claimed index, the owner is about to see that.
    "owner.dekker": implies(conjunction(owner_at(POP_TOP), T > OB),
                            disjunction(OVT >= OB, conjunction(ISC[OB], CZ[OB] < ZO))),
    # The owner's last unopposed claim of index i precedes, in the seq_cst order, what makes i the top: if that is a
    # thief's. If it is the owner's own, it releases the claim.
    "claims": forall(["i"], conjunction(
        U[I] >= 0, U[I] <= LASTB,
        implies(U[I] >= 1, ISD[U[I]], implies(I > T, DZ[U[I]] < ZT), implies(conjunction(I <= T, ISC[I]),
                                                                            DZ[U[I]] < CZ[I])),
        implies(conjunction(I >= 0, I <= T, negation(ISC[I])), U[I] <= TV[I])), [U[I]]),
    # Every queued item can be read by whoever acquires what the owner has done.
    "items.readable": forall(["i"], implies(conjunction(T <= I, I < L), readable(CUR, I, N)), [slot(CUR, I)]),
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
            BV[M] > LOC[D], conjunction(owner_at(POP_TOP, RACE), M == LASTB, LOC[D] == OB))), [STATE[D], ISB[M]]),
    # No duplication: an item between top and bottom is queued, once, there.
    "items.queued": forall(["i"], implies(conjunction(T <= I, I < L), STATE[ITEM[I]] == QUEUED, LOC[ITEM[I]] == I),
                           [ITEM[I]]),
    # No loss: a queued item lies between top and bottom.
    "items.not_lost": forall(
        ["d"], implies(STATE[D] == QUEUED, T <= LOC[D], LOC[D] < L, ITEM[LOC[D]] == D), [STATE[D]]),
    # What a thief knows at each of its steps.
    "thief": forall(["j"], conjunction(
        one_of(TPC[J], (T_IDLE, *_past_top)),
        implies(thief_at(*_past_top), TL[J] >= 0, TL[J] <= T, VB[J] >= 0),
        implies(thief_at(*_past_bottom), ZJ[J] <= ZB, ISB[VB[J]], BV[VB[J]] > TL[J]),
        implies(thief_at(T_SLOT), TE[J] <= CUR, AC[TE[J]] <= TA[J])), [TPC[J]]),
    "thief.position": forall(
        ["j"], implies(conjunction(thief_at(*_past_top), ISC[TL[J]]), CZ[TL[J]] < ZJ[J]), [TPC[J]]),
    # What it knows if top has not moved since it read it.
    "thief.sees_the_claim": forall(
        ["j"], implies(conjunction(thief_at(T_BOTTOM), TL[J] == T),
                       disjunction(U[TL[J]] <= VB[J], DZ[U[TL[J]]] < ZJ[J])), [TPC[J]]),
    "thief.after_an_item": forall(
        ["j"], implies(conjunction(thief_at(*_past_bottom), TL[J] == T), T < L), [TPC[J]]),
    "thief.reads_the_item": forall(
        ["j"], implies(conjunction(thief_at(T_SLOT), TL[J] == T),
                       cell(BUF, TE[J], TL[J]) == ITEM[TL[J]], cell(WC, TE[J], TL[J]) <= TA[J]), [TPC[J]]),
    "thief.has_read_the_item": forall(
        ["j"], implies(conjunction(thief_at(T_CAS), TL[J] == T), TX[J] == ITEM[T]), [TPC[J]]),
    # Dekker, the thief's half: a claim that is newer than the message it read comes later in the seq_cst order.
    "thief.looks_before": forall(
        ["j", "m"], implies(conjunction(thief_at(*_past_bottom), ISD[M], M > VB[J]), ZJ[J] < DZ[M]),
        [TPC[J], ISD[M]]),
    "thief.any_buffer_will_do": forall(
        ["j", "e"], implies(conjunction(thief_at(T_BUFFER), TL[J] == T, TRE[J] <= E, E <= CUR),
                            readable(E, TL[J], TA[J])), [TPC[J], slot(E, TL[J])]),
}

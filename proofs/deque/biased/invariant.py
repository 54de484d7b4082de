"""The invariant: why the bias loses no item, and lets none be taken twice.

What does not touch the bias is as in proofs/deque/invariant.py. The names in the comments are those of machine.py. An
era begins when the owner takes the bias back (the first one at the beginning): its words are biased to the owner, then
asked, then shared.
"""

from proofs.deque import invariant as fence
from proofs.deque.biased.machine import (ASKED, EB, FO, HB, HT, KF, LB, LIGHT_FENCE, LIGHT_TOP, MB, MD, MI, MM,
                                         NOBODY_COUNTED, OLDEST_CAS, OM, OV, OWNER_S, PH, POPPING_LAST, REBIAS,
                                         REBIAS_CAS, SEEN, SHARED, SK, T_ASK, T_ASK_FENCE, T_ASK_TOP, T_ASKED, T_LEAVE,
                                         T_SHARE, TF, TK, TM, TT)
from proofs.deque.invariant import D, I, J, M, owner_at, thief_at
from proofs.deque.machine import (B, BUF, BV, CUR, GROW, IDLE, ISB, ITEM, KT, L, LASTB, LOC, N, NEW, NID, OB, OPC,
                                  OREL, ORELE, OT, PM, POP_BOTTOM, POP_FENCE, POP_TOP, PUSH_BOTTOM, PUSH_FENCE,
                                  PUSH_SLOT, QUEUED, RACE, RESTORE_EMPTY, RESTORE_RACE, SB, ST, STATE, T, T_BOTTOM,
                                  T_BUFFER, T_CAS, T_FENCE, T_IDLE, T_SLOT, TA, TE, TL, TPC, U, VB, WC, cell)
from proofs.smt.terms import conjunction, constant, disjunction, forall, implies, maximum, negation

# Messages of top, in this order.
A, C = constant("a"), constant("c")
PUSHING = fence.PUSHING
POPPING = (LIGHT_FENCE, LIGHT_TOP, POP_FENCE, POP_TOP, RESTORE_EMPTY, RACE, RESTORE_RACE)
_past_fence = (T_BOTTOM, T_BUFFER, T_SLOT, T_CAS)
_past_bottom = (T_BUFFER, T_SLOT, T_CAS)
# In ask(), past the fence; and those of them that hold an asked word.
_asking = (T_ASK_TOP, T_ASK, T_ASKED, T_SHARE)
_holding = (T_ASKED, T_SHARE)
_OVI, _STI = MI[OV], MI[ST]


# The owner has claimed an index, fenced, and is about to look at top, and what it sees may let it take the item.
_owner_looks = disjunction(OPC == POP_TOP, conjunction(OPC == LIGHT_TOP, MM[OV] == OWNER_S))


def _known(stamp):
    """Who knows bottom up to `stamp`, or up to what the owner's full fences say of it, knows each claim that the owner
    has made good without opposition, and the one that it is about to."""
    return conjunction(U[I] <= maximum(SB, stamp), implies(MM[OV] == OWNER_S, LB <= maximum(SB, stamp)))


_as_before = ("buffer", "bottom.last_message", "items.readable", "messages.lead_to_a_buffer",
              "thief.finds_a_buffer", "messages.promise_items", "messages.items_readable", "items.queued",
              "items.not_lost", "thief.has_read_the_item", "thief.any_buffer_will_do")

INVARIANT = {
    # Where the numbers lie.
    "order": conjunction(T >= 0, T <= L, B <= L, OV >= 0, OV <= TT, KT >= 0, KT <= _OVI, ST >= 0, ST <= TT, SB >= 0,
                         SB <= LASTB, LASTB <= N, EB >= 0, EB <= OV, HT >= 0, HT <= ST, LB >= 0, LB <= LASTB, SB <= LB,
                         OREL >= 0, OREL <= N, ORELE >= 0, ORELE <= CUR),
    # The word of top. A shared word needs a heavy fence of this era; there was none while it is the owner's.
    "word": conjunction(T == MI[TT], MD == MM[TT], MD >= OWNER_S, MD <= SHARED, PH >= 0, PH <= 1,
                        implies(MD == SHARED, PH == 1), implies(MD == OWNER_S, PH == 0)),
    "word.biases": forall(["a"], implies(conjunction(A >= 0, A <= TT), MM[A] >= OWNER_S, MM[A] <= SHARED), [MM[A]]),
    "word.index_grows": forall(["a", "c"], implies(conjunction(A >= 0, A <= C, C <= TT), MI[A] >= 0, MI[A] <= MI[C]),
                               [MI[A], MI[C]]),
    # What the owner may still read. Before the heavy fence all of it has the newest index, and nothing is shared, so a
    # pop without a fence knows the index exactly; what light fences show afterwards is not biased to the owner.
    "era.before_the_heavy_fence": implies(PH == 0, forall(
        ["a"], implies(conjunction(EB <= A, A <= TT), MM[A] != SHARED), [MM[A]])),
    "era.before_the_heavy_fence.index": implies(PH == 0, forall(
        ["a"], implies(conjunction(OV <= A, A <= TT), MI[A] == T), [MI[A]])),
    "era.after_the_heavy_fence": implies(PH == 1, forall(
        ["a"], implies(conjunction(HT <= A, A <= TT), MM[A] != OWNER_S), [MM[A]])),
    # Of what the owner may read, what is biased to it has one index.
    "era.index_of_owners_words": forall(
        ["a"], implies(conjunction(OV <= A, A <= TT, MM[A] == OWNER_S), MI[A] == _OVI, MM[OV] == OWNER_S), [MM[A]]),
    "era.order": forall(["a", "c"], implies(
        conjunction(OV <= A, A <= C, C <= TT), MM[A] <= MM[C]), [MM[A], MM[C]]),
    # Dekker, without a full fence.
    "owner.light": conjunction(
        implies(owner_at(LIGHT_TOP), LB == LASTB),
        implies(conjunction(owner_at(LIGHT_TOP), MM[OV] == OWNER_S), disjunction(T <= OB, _OVI >= OB))),
    # An asked word that is in reach of who fences now is of this era.
    "era.of_asked_words": forall(["a", "c"], implies(
        conjunction(ST <= A, A <= C, C <= TT, MM[A] == ASKED), MM[C] != OWNER_S), [MM[A], MM[C]]),
    # What the owner knows at each of its steps.
    "owner.between": implies(owner_at(IDLE, POP_BOTTOM, REBIAS, REBIAS_CAS, OLDEST_CAS, *PUSHING), B == L),
    # The first item is there while top has not moved since it was read.
    "owner.oldest": implies(owner_at(OLDEST_CAS), OT < B, OT <= _OVI),
    "owner.push": conjunction(
        implies(owner_at(*PUSHING), OB == B, STATE[NID] == NEW),
        implies(owner_at(GROW, PUSH_SLOT, PUSH_FENCE, PUSH_BOTTOM), OT <= _OVI),
        implies(owner_at(PUSH_SLOT, PUSH_FENCE, PUSH_BOTTOM), OB - OT < fence.CAP[CUR]),
        implies(owner_at(PUSH_FENCE, PUSH_BOTTOM), ITEM[OB] == NID, cell(BUF, CUR, OB) == NID),
        implies(owner_at(PUSH_FENCE), cell(WC, CUR, OB) <= N),
        implies(owner_at(PUSH_BOTTOM), cell(WC, CUR, OB) <= OREL),
        implies(negation(owner_at(PUSH_SLOT, PUSH_FENCE)), ORELE == CUR)),
    "owner.pop": conjunction(
        OPC >= IDLE, OPC <= OLDEST_CAS,
        implies(owner_at(POP_BOTTOM), OB == B - 1),
        implies(owner_at(*POPPING), B == OB, L == OB + 1),
        implies(owner_at(RACE), OT == OB, OB <= _OVI, OB <= T),
        implies(owner_at(RESTORE_EMPTY, RESTORE_RACE), T == L, _OVI == T)),
    # Top runs at most one ahead of what the owner or the seq_cst view knows: whoever moved it has fenced.
    "owner.top_is_known": disjunction(T <= _STI + 1, T <= _OVI),
    # Dekker, the owner's half.
    "owner.dekker": implies(owner_at(POP_TOP), LASTB <= SB, implies(T > OB, _OVI >= OB)),
    "claims": forall(["i"], U[I] <= LB, [U[I]]),
    # Who has fenced heavily in this era knows the owner's claims, and so does who reads what these have shared.
    "claims.who_may_share": forall(["j", "i"], implies(thief_at(T_SHARE), _known(HB[J])), [TPC[J], U[I]]),
    "claims.of_this_era": forall(["a", "i"], implies(
        conjunction(EB <= A, A <= TT, MM[A] == SHARED), _known(MB[A])), [MM[A], U[I]]),
    # A shared word that comes back, or never went: who reads it, however late, and fences, sees the last claim of its
    # index, if that is still the top.
    "claims.of_a_word_that_comes_back": forall(["a"], implies(
        conjunction(A >= 0, A <= TT, MM[A] == SHARED, MI[A] == T), U[T] <= maximum(SB, MB[A])), [MM[A]]),
    # The shared word that the owner found is of this era, and everything since is shared.
    "seen": conjunction(
        SEEN >= -1, SK >= -1, SK <= OV, KF >= -1, (SEEN == -1) == (SK == -1),
        implies(SEEN >= 0, MI[SK] == SEEN),
        forall(["a"], implies(conjunction(SEEN >= 0, SK <= A, A <= TT), MM[A] == SHARED), [MM[A]]),
        FO >= 0, KF <= ST,
        implies(owner_at(POP_TOP, REBIAS, REBIAS_CAS), KF == SK),
        implies(owner_at(REBIAS, REBIAS_CAS), SEEN >= 0, OT == SEEN, OM == SHARED),
        implies(owner_at(REBIAS_CAS), NOBODY_COUNTED)),
    # The count: who is in ask() and was not counted at the owner's last fence read top after what the owner had seen.
    "asking": forall(["j"], implies(
        thief_at(*_asking, T_LEAVE), TF[J] <= FO, TK[J] >= 0, TK[J] <= TT, implies(TF[J] == FO, KF <= TK[J])),
        [TPC[J]]),
    "asking.word": forall(["j"], conjunction(
        implies(thief_at(T_ASK, *_holding), TL[J] == MI[TK[J]], TM[J] == MM[TK[J]]),
        implies(thief_at(T_ASK), TM[J] == OWNER_S), implies(thief_at(*_holding), TM[J] == ASKED),
        implies(thief_at(T_SHARE), PH == 1)), [TPC[J]]),
    # So an asked word that somebody in ask() holds, or may still read, is of this era (R1, R2).
    "asking.era": forall(["j", "a", "c"], implies(
        conjunction(thief_at(*_asking), TK[J] <= A, A <= C, C <= TT, MM[A] == ASKED), MM[C] != OWNER_S),
        [TPC[J], MM[A], MM[C]]),
    # What "empty" rests on: no message since an item's push denies the item, but for the claim of it in flight.
    "messages.deny_no_item": forall(
        ["d", "m"], implies(conjunction(STATE[D] == QUEUED, ISB[M], PM[D] <= M), disjunction(
            BV[M] > LOC[D], conjunction(owner_at(*POPPING_LAST), M == LASTB, LOC[D] == OB))), [STATE[D], ISB[M]]),
    # The word that a thief read.
    "thief.word": forall(["j"], conjunction(
        TPC[J] >= T_IDLE, TPC[J] <= T_LEAVE,
        implies(thief_at(T_FENCE, T_ASK_FENCE, *_past_fence), TK[J] >= 0, TK[J] <= TT),
        implies(thief_at(T_FENCE, *_past_fence), TL[J] == MI[TK[J]], TM[J] == MM[TK[J]], TL[J] >= 0, TL[J] <= T),
        implies(thief_at(*_past_fence), TM[J] == SHARED, TK[J] <= ST)), [TPC[J]]),
    # What a thief knows at each of its steps, if top has not moved since it read it.
    "thief": forall(["j"], conjunction(
        # Dekker, the thief's half.
        implies(conjunction(thief_at(*_past_fence), _owner_looks), disjunction(TL[J] <= _OVI, LASTB <= VB[J])),
        implies(conjunction(thief_at(*_past_bottom), _owner_looks, _OVI < TL[J]), TL[J] < B),
        implies(conjunction(thief_at(T_BOTTOM), TL[J] == T), U[T] <= VB[J]),
        implies(conjunction(thief_at(*_past_bottom), TL[J] == T), T < L),
        implies(thief_at(T_SLOT), TE[J] <= CUR),
        implies(conjunction(thief_at(T_SLOT), TL[J] == T),
                cell(BUF, TE[J], TL[J]) == ITEM[TL[J]], cell(WC, TE[J], TL[J]) <= TA[J])), [TPC[J]]),
    **{name: fence.INVARIANT[name] for name in _as_before},
}

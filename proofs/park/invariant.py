"""The invariant: why no wake-up is lost.

Each conjunct is a piece that can be read on its own. The names in the comments are those of machine.py.
"""

from proofs.park.machine import (AC, ANNOUNCED, BLOCKED, CNT, DONE, EP, FENCED, FL, GOT, HIT, IN_FENCE, LEAVING,
                                 LOOKING, N_IDLE, NPC, OUT, P, POS, RINGING, RM, RV, SC, SM, SPC, SW, TICKET, VW, W,
                                 W_IDLE, WAKING, WHO, WOKE, WPC, missed)
from proofs.smt.terms import conjunction, constant, disjunction, forall, implies, negation, row

I, J, X, M, Y, K = [constant(name) for name in "ijxmyk"]


def announced(wait):
    return conjunction(WPC[wait] >= ANNOUNCED, WPC[wait] <= LEAVING)


_past_fence = conjunction(WPC[J] >= FENCED, WPC[J] <= LEAVING)

# The heavy fence of wait j has hit notification i before i published, so j may miss i's condition.
_gap_light_and_heavy = conjunction(
    announced(J), row(HIT, J)[I] == 1,
    disjunction(conjunction(WPC[J] == IN_FENCE, SC[I] == 0), conjunction(_past_fence, missed(J, I))))
# Both have fenced, j first, so j may miss i's condition.
_gap_full_fences = conjunction(_past_fence, NPC[I] >= LOOKING, missed(J, I))

_COMMON = {
    # Where the numbers lie.
    "order": conjunction(W >= 0, FL >= 0, FL <= W, CNT[W] >= 0),
    "wait": forall(["j"], conjunction(
        WPC[J] >= W_IDLE, WPC[J] <= OUT, implies(WPC[J] >= ANNOUNCED, P[J] >= 1, P[J] <= W),
        implies(announced(J), TICKET[J] == EP[P[J]])), [WPC[J]]),
    "notification": forall(["i"], conjunction(
        NPC[I] >= N_IDLE, NPC[I] <= WOKE, implies(NPC[I] <= RINGING, RM[I] == 0)), [NPC[I]]),
    "notification.epoch": forall(["i"], conjunction(RM[I] >= 0, RM[I] <= W), [RM[I]]),
    # The count is the number of the announced waits: they stand in the first places of `who`, each in one.
    "count.places": forall(["k"], implies(conjunction(K >= 0, K < CNT[W]), announced(WHO[K]), POS[WHO[K]] == K),
                           [WHO[K]]),
    "count.waits": forall(["j"], implies(announced(J), POS[J] >= 0, POS[J] < CNT[W], WHO[POS[J]] == J), [WPC[J]]),
    # Each message from the announcement on counts the wait.
    "count.never_zero": forall(
        ["j", "m"], implies(conjunction(announced(J), P[J] <= M, M <= W), CNT[M] >= 1), [WPC[J], CNT[M]]),
    "epoch.grows": forall(["m", "y"], implies(conjunction(M >= 0, M <= Y, Y <= W), EP[M] <= EP[Y]), [EP[M], EP[Y]]),
    # A change of the epoch after the announcement is one that the ticket does not know.
    "epoch.tells": forall(["i", "j"], implies(conjunction(announced(J), RM[I] > P[J]), EP[RM[I]] > TICKET[J]),
                          [WPC[J], RM[I]]),
    # Whoever is done with the wake call has left nobody asleep of those announced before the change of the epoch, and
    # the kernel will not find an older epoch for them.
    "done.nobody_sleeps": forall(["i", "j"], implies(
        NPC[I] == DONE, RM[I] <= FL, implies(RM[I] > P[J], WPC[J] != BLOCKED)), [NPC[I], WPC[J]]),
    # The claim.
    "no_wakeup_is_lost": forall(
        ["i", "j"], implies(conjunction(NPC[I] == DONE, WPC[J] == BLOCKED), negation(missed(J, I))),
        [NPC[I], WPC[J]]),
    "settle": forall(["x"], implies(SPC[X] == 1, SM[X] <= W), [SPC[X]]),
    # What comes before a call of settled_waiters is released by each later message, read by each later announcement,
    # and acquired by its fence.
    "settle.released": forall(["x", "m"], implies(conjunction(SPC[X] == 1, SM[X] <= M, M <= W), row(RV, M)[X] == 1),
                              [SPC[X], row(RV, M)]),
    "settle.acquired": forall(["x", "j"], implies(
        conjunction(SPC[X] == 1, WPC[J] >= ANNOUNCED, P[J] > SM[X]),
        row(AC, J)[X] == 1, implies(WPC[J] >= FENCED, row(GOT, J)[X] == 1)), [SPC[X], WPC[J]]),
}


def _dekker(gap):
    """If j may miss i's condition, i does not miss j: it looks at the word no earlier than j's announcement, and
    changes the epoch after it."""
    return forall(["i", "j"], implies(
        gap, implies(NPC[I] <= RINGING, VW[I] >= P[J]), implies(NPC[I] >= WAKING, RM[I] > P[J])), [NPC[I], WPC[J]])


LIGHT_AND_HEAVY = {
    **_COMMON,
    "dekker": _dekker(_gap_light_and_heavy),
    # From the beginning of the heavy fence on, whomever a fence hits looks at the announcement or a later message.
    "fence.announces": forall(["j"], implies(conjunction(WPC[J] >= IN_FENCE, WPC[J] <= LEAVING), SW >= P[J]), [WPC[J]]),
    # It hits nobody before it begins, and has hit everybody when it ends.
    "fence.hits": forall(["j", "i"], conjunction(
        implies(WPC[J] <= ANNOUNCED, row(HIT, J)[I] == 0), implies(WPC[J] >= FENCED, row(HIT, J)[I] == 1)),
        [row(HIT, J)[I]]),
}

FULL_FENCES = {
    **_COMMON,
    "dekker": _dekker(_gap_full_fences),
    "fence.announces": forall(["j"], implies(_past_fence, SW >= P[J]), [WPC[J]]),
    "fence.publishes": forall(["i"], implies(NPC[I] >= LOOKING, SC[I] == 1), [NPC[I]]),
}

"""The invariant: why no wake-up is lost.

Each conjunct is a piece that can be read on its own. The names in the comments are those of machine.py.
"""

from proofs.park.machine import (AC, ANNOUNCED, BLOCKED, CNT, DONE, EP, FENCED, FL, GOT, N_IDLE, NAP_OUT, NAPPING, NPC,
                                 OUT, P, POS, RINGING, RM, RV, SM, SPC, TICKET, W, W_IDLE, WAKING, WHO, WOKE, WPC,
                                 missed)
from proofs.smt.terms import conjunction, constant, forall, implies, negation, row

I, J, X, M, Y, K = [constant(name) for name in "ijxmyk"]


def announced(wait):
    return conjunction(WPC[wait] >= ANNOUNCED, WPC[wait] <= NAPPING, WPC[wait] != OUT)


INVARIANT = {
    # Where the numbers lie.
    "order": conjunction(W >= 0, FL >= 0, FL <= W, CNT[W] >= 0),
    "wait": forall(["j"], conjunction(
        WPC[J] >= W_IDLE, WPC[J] <= NAP_OUT, implies(WPC[J] >= ANNOUNCED, P[J] >= 1, P[J] <= W),
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
        row(AC, J)[X] == 1, implies(conjunction(WPC[J] >= FENCED, WPC[J] <= OUT), row(GOT, J)[X] == 1)),
        [SPC[X], WPC[J]]),
    # Dekker. If j may miss i's condition, it was announced before i was done looking, and i changes the epoch after
    # that.
    "dekker": forall(["i", "j"], implies(
        conjunction(missed(J, I), NPC[I] >= WAKING), WPC[J] >= ANNOUNCED, implies(announced(J), RM[I] > P[J])),
        [NPC[I], WPC[J]]),
}

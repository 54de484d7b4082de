"""The event count on a machine that performs one access after the other: core/park/event_count.h, with either table.

Any number of waits (j), each from prepare_wait to the end of its cancel_wait or commit_wait; any number of
notifications (i), each of which makes a condition of its own true first; any number of calls of settled_waiters (x).
A thread that waits or notifies again and again is several of them here, with less knowledge than it has.

The event count's word has a list of messages in modification order, numbered from 0. All of its changes are
read-modify-writes, so message m + 1 is made from message m, and all of them form one release sequence. A load (EC6)
returns any message.

The fences. Of a wait's fence (EC2, EC2s) and a notification's (EC5, EC5s) one comes before the other in the order that
RC11 has for seq_cst fences, and P1202R5 for a light and a heavy one. `first[j][i]` says which, once and for all: 1 if
the wait's does. That is all that is taken of the order: two fences at a time, and not where they stand among the
machine's steps. It means:

* the notification's comes first: then the wait's re-check finds what the notification has published. So a wait can have
  missed a condition only where its own fence comes first;
* the wait's comes first: then what the notification reads of the word behind its fence, or changes there, is not older
  than the announcement. So the announcement has been made by then, and a load returns it or a later message.

A nap is announced without a fence, re-checks, and sleeps for a limited time: it ends by a wake call, by another epoch,
or by itself. Nothing is claimed of what it has missed. It counts among the waiters, and a wake call may be spent on it.

What a waiter re-reads after prepare_wait is not a step. Whether it then cancels or commits is left open: a condition
that it found may have been consumed by somebody else.

The kernel: the futex call's look at the word and the going to sleep are one step, under a lock which the wake call
takes as well; a look that comes after a wake call finds a message that is not older than the notifier's change of the
epoch. Which of the sleeping is woken is left open, and any of them may return by itself at any time.

The work signal rings without a look at the waiters (wake_one), and without a condition of its own: that is a
notification of a condition for which nobody looks. And it may leave a condition to whoever searches: that is a
notification that never rings, and nothing is claimed of it.

State. A name ending in j, i or x is an array over waits, notifications, calls of settled_waiters.

  first    first[j][i]: see above; never changes
  w        number of the word's newest message      ep, cnt  epoch and number of waiters in a message
  rv       rv[m][x]: does message m release what came before call x of settled_waiters
  fl       no look at the word by the kernel finds a message older than this
  wpcj, pj, tkj, acj, gotj   a wait's program counter, the message it made when it was announced, its ticket, what that
           read-modify-write has read of releases, what of it the fence acquired
  npci, rmi   a notification's program counter, the message of its change of the epoch (0: none)
  spcx, smx    a call of settled_waiters: has it happened, and the message it made
  who, posj    the announced waits in some order, and each one's place there (ghost): so many are announced
"""

from proofs.smt.system import Transition
from proofs.smt.terms import (ARRAY, ARRAY2, INT, conjunction, constant, forall, implies, lift, maximum, negation,
                              row, variable)

VARIABLES = [
    ("first", ARRAY2), ("w", INT), ("ep", ARRAY), ("cnt", ARRAY), ("rv", ARRAY2), ("fl", INT),
    ("wpcj", ARRAY), ("pj", ARRAY), ("tkj", ARRAY), ("acj", ARRAY2), ("gotj", ARRAY2),
    ("npci", ARRAY), ("rmi", ARRAY), ("spcx", ARRAY), ("smx", ARRAY), ("who", ARRAY), ("posj", ARRAY),
]
(FIRST, W, EP, CNT, RV, FL, WPC, P, TICKET, AC, GOT, NPC, RM, SPC, SM, WHO, POS) = [
    variable(name) for name, _ in VARIABLES]

# Parameters: the acting wait, notification or call, another one that it acts on, a message that a load returns.
PARAMETERS = [("me", INT), ("to", INT), ("k", INT)]
ME, TO, K = [constant(name) for name, _ in PARAMETERS]

W_IDLE, ANNOUNCED, FENCED, BLOCKED, LEAVING, OUT = range(6)
# A nap: announced and awake, asleep, over.
NAP_AWAKE, NAPPING, NAP_OUT = range(6, 9)
# LOOKING: past its fence; RINGING: has seen a waiter, or does not look; WAKING: has changed the epoch; DONE: has
# returned, and left nobody asleep if it made the wake call; WOKE: notify_one has woken one, and may have left others
# asleep.
N_IDLE, PUBLISHED, LOOKING, RINGING, WAKING, DONE, WOKE = range(7)
NEXT = W + 1

_i, _j, _x = constant("i"), constant("j"), constant("x")


def waits(pc):
    return WPC[ME] == pc


def notifies(pc):
    return NPC[ME] == pc


def modify(epochs=0, waiters=0, releases=None):
    """A read-modify-write of the word."""
    return dict(w=NEXT, ep=EP.store(NEXT, EP[W] + epochs), cnt=CNT.store(NEXT, CNT[W] + waiters),
                rv=RV.store(NEXT, row(RV, W) if releases is None else row(RV, W).store(releases, 1)))


def announce(pc):
    """The wait is announced; its ticket is the epoch."""
    return dict(modify(waiters=1), wpcj=WPC.store(ME, pc), pj=P.store(ME, NEXT), tkj=TICKET.store(ME, EP[W]),
                acj=AC.store(ME, row(RV, W)), who=WHO.store(CNT[W], ME), posj=POS.store(ME, CNT[W]))


def leave(pc=OUT):
    """The wait is no longer announced; the last one in `who` takes its place."""
    last = WHO[CNT[W] - 1]
    return dict(modify(waiters=-1), wpcj=WPC.store(ME, pc), who=WHO.store(POS[ME], last),
                posj=POS.store(last, POS[ME]))


def _goes(pc):
    return dict(wpcj=WPC.store(ME, pc))


def _to(pc):
    return dict(npci=NPC.store(ME, pc))


def missed(wait, notification):
    """The re-check may have missed the condition: the wait's fence comes first."""
    return row(FIRST, wait)[notification] == 1


# What a notification that is past its fence reads of the word, or changes there, is not older than the announcement
# of any wait whose fence comes before its own.
READS_WHAT_FENCES_SHOW = forall(["j"], implies(missed(_j, ME), WPC[_j] >= ANNOUNCED, P[_j] <= K), [WPC[_j]])
CHANGES_WHAT_FENCES_SHOW = forall(["j"], implies(missed(_j, ME), WPC[_j] >= ANNOUNCED), [WPC[_j]])


NOBODY_SLEEPS_WHO_MISSED_IT = [("nobody sleeps who may have missed the condition", forall(
    ["j"], implies(WPC[_j] == BLOCKED, negation(missed(_j, ME))), [WPC[_j]]))]
_MISSED_NOTHING = [
    ("who falls asleep has missed no condition whose notifier is done", forall(
        ["i"], implies(NPC[_i] == DONE, negation(missed(ME, _i))), [NPC[_i]])),
    ("who was not counted by settled_waiters has seen what came before it", forall(
        ["x"], implies(conjunction(SPC[_x] == 1, P[ME] > SM[_x]), row(GOT, ME)[_x] == 1), [SPC[_x]]))]

# Concrete parameters.
_waits = lambda s, rng: [{"me": j} for j in s["waits"]]
_notifications = lambda s, rng: [{"me": i} for i in s["notifications"]]
_wakes = lambda s, rng: [{"me": i, "to": j} for i in s["notifications"] for j in s["waits"]]
_looks = lambda s, rng: [{"me": j, "k": k} for j in s["waits"] for k in range(s["w"] + 1)]
_loads = lambda s, rng: [{"me": i, "k": k} for i in s["notifications"] for k in range(s["w"] + 1)]
_settles = lambda s, rng: [{"me": x, "k": k} for x in s["settles"] for k in range(s["w"] + 1)]

_kernel_reads = conjunction(FL <= K, P[ME] <= K, K <= W)
_notifier_reads = conjunction(lift(0) <= K, K <= W, READS_WHAT_FENCES_SHOW)

WAIT = [
    Transition("prepare.fetch_add", "the wait is announced; its ticket is the epoch", waits(W_IDLE),
               announce(ANNOUNCED), choices=_waits),
    Transition("prepare.fence", "heavy, or seq_cst", waits(ANNOUNCED),
               dict(_goes(FENCED), gotj=GOT.store(ME, row(AC, ME))), choices=_waits),
    Transition("cancel.fetch_add", "a condition holds", waits(FENCED), leave(), choices=_waits),
    Transition("commit.look.blocks", "the kernel finds the ticket's epoch: the thread sleeps",
               conjunction(waits(FENCED), _kernel_reads, EP[K] == TICKET[ME]), _goes(BLOCKED),
               obligations=_MISSED_NOTHING, choices=_looks),
    Transition("commit.look.returns", "the kernel finds another epoch",
               conjunction(waits(FENCED), _kernel_reads, EP[K] != TICKET[ME]), _goes(LEAVING), choices=_looks),
    Transition("commit.spurious", "a signal, say", waits(BLOCKED), _goes(LEAVING), choices=_waits),
    Transition("commit.fetch_add", "the wait is over", waits(LEAVING), leave(), choices=_waits),
]

NAP = [
    Transition("nap.fetch_add", "the nap is announced, without a fence", waits(W_IDLE), announce(NAP_AWAKE),
               choices=_waits),
    Transition("nap.look.blocks", "the kernel finds the ticket's epoch: the thread naps",
               conjunction(waits(NAP_AWAKE), _kernel_reads, EP[K] == TICKET[ME]), _goes(NAPPING), choices=_looks),
    Transition("nap.wakes_up", "its time has passed, or by itself", waits(NAPPING), _goes(NAP_AWAKE), choices=_waits),
    Transition("nap_over.fetch_add", "the nap is over, or was not begun", waits(NAP_AWAKE), leave(NAP_OUT),
               choices=_waits),
]

NOTIFY = [
    Transition("notify.publish", "the caller has made its condition true", notifies(N_IDLE), _to(PUBLISHED),
               choices=_notifications),
    Transition("notify.fence", "light, or seq_cst", notifies(PUBLISHED), _to(LOOKING), choices=_notifications),
    Transition("notify.load_waiters.none", "nobody waits: done",
               conjunction(notifies(LOOKING), _notifier_reads, CNT[K] == 0), _to(DONE),
               obligations=NOBODY_SLEEPS_WHO_MISSED_IT, choices=_loads),
    Transition("notify.load_waiters.some", "somebody may be waiting",
               conjunction(notifies(LOOKING), _notifier_reads, CNT[K] != 0), _to(RINGING), choices=_loads),
    Transition("notify.no_look", "who rings has not looked: work_signal::wake_one", notifies(LOOKING), _to(RINGING),
               choices=_notifications),
    Transition("notify.fetch_add_epoch.none", "they have left: done",
               conjunction(notifies(RINGING), CHANGES_WHAT_FENCES_SHOW, CNT[W] == 0),
               dict(modify(epochs=1), **_to(DONE)), obligations=NOBODY_SLEEPS_WHO_MISSED_IT, choices=_notifications),
    Transition("notify.fetch_add_epoch.some", "the epoch changes before the wake call",
               conjunction(notifies(RINGING), CHANGES_WHAT_FENCES_SHOW, CNT[W] != 0),
               dict(modify(epochs=1), **_to(WAKING), rmi=RM.store(ME, NEXT)), choices=_notifications),
    Transition("notify.wake.one", "notify_one's wake call wakes a sleeper",
               conjunction(notifies(WAKING), WPC[TO] == BLOCKED),
               dict(_to(WOKE), wpcj=WPC.store(TO, LEAVING), fl=maximum(FL, RM[ME])), choices=_wakes),
    Transition("notify.wake.nap", "notify_one's wake call is spent on a nap",
               conjunction(notifies(WAKING), WPC[TO] == NAPPING),
               dict(_to(WOKE), wpcj=WPC.store(TO, NAP_AWAKE), fl=maximum(FL, RM[ME])), choices=_wakes),
    Transition("notify.wake.more", "notify_all's wake call wakes a sleeper, and goes on",
               conjunction(notifies(WAKING), WPC[TO] == BLOCKED),
               dict(wpcj=WPC.store(TO, LEAVING), fl=maximum(FL, RM[ME])), choices=_wakes),
    Transition("notify.wake.more.nap", "the same of a nap",
               conjunction(notifies(WAKING), WPC[TO] == NAPPING),
               dict(wpcj=WPC.store(TO, NAP_AWAKE), fl=maximum(FL, RM[ME])), choices=_wakes),
    Transition("notify.wake.nobody", "the wake call, of either kind, finds nobody asleep, or nobody any more",
               conjunction(notifies(WAKING), forall(["j"], conjunction(WPC[_j] != BLOCKED, WPC[_j] != NAPPING),
                                                    [WPC[_j]])),
               dict(_to(DONE), fl=maximum(FL, RM[ME])), obligations=NOBODY_SLEEPS_WHO_MISSED_IT,
               choices=_notifications),
]

SETTLE = [
    Transition("settle.fetch_add", "a release read-modify-write that changes nothing", SPC[ME] == 0,
               dict(modify(releases=ME), spcx=SPC.store(ME, 1), smx=SM.store(ME, NEXT)), choices=_settles),
]

INITIAL = conjunction(
    *[v == 0 for v in (W, FL, EP[0], CNT[0])],
    forall(["j"], WPC[_j] == W_IDLE, [WPC[_j]]),
    forall(["i"], conjunction(NPC[_i] == N_IDLE, RM[_i] == 0), [NPC[_i]]),
    forall(["x"], SPC[_x] == 0, [SPC[_x]]))

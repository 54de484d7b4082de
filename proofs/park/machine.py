"""The event count on a view machine: the transition systems of core/park/event_count.h with either of its tables.

Any number of waits (j), each from prepare_wait to the end of its cancel_wait or commit_wait; any number of
notifications (i), each of which makes a condition of its own true first; any number of calls of settled_waiters (x).
A thread that waits or notifies again and again is several of them here, with less knowledge than it has.

The event count's word has a list of messages in modification order, numbered from 0. All of its changes are
read-modify-writes, so message m + 1 is made from message m, and all of them form one release sequence. A load (EC6)
returns any message that is not older than the reader's view. A seq_cst fence joins the thread's view with a global
one, both ways. The heavy fence of thread j is such a fence of j at its beginning, one at an arbitrary point of each
other thread between its beginning and its end, and one of j at its end; the light fence is no step of the machine's
memory and keeps the order of the accesses around it. So is `order::light` against `order::heavy`: membarrier.

The kernel: the futex call's look at the word and the going to sleep are one step, under a lock which the wake call
takes as well; a look that comes after a wake call finds a message that is not older than the notifier's change of the
epoch. Which of the sleeping is woken is left open, and any of them may return by itself at any time.

The work signal rings without a look at the waiters (wake_one), and without a condition of its own: that is a
notification of a condition for which nobody looks. And it may leave a condition to whoever searches: that is a
notification that never rings, and nothing is claimed of it.

What a waiter re-reads after prepare_wait is not a step. What matters is whether it *must* find a condition that was
made true: it must if its view covers that write when the fence has ended (`saw`). Whether it then cancels or commits
is left open: the condition may have been consumed by somebody else.

State. A name ending in j, i or x is an array over waits, notifications, calls of settled_waiters.

  w        number of the word's newest message      ep, cnt  epoch and number of waiters in a message
  rv       rv[m][x]: does message m release what came before call x of settled_waiters
  fl       no look at the word by the kernel finds a message older than this
  Sw, Sc   the global seq_cst view: of the word, and whether it covers the condition of notification i
  wpcj, pj, tkj, acj, gotj, sawj, hitj   a wait's program counter, the message it made when it was announced, its
           ticket, what that read-modify-write has read of releases, what of it the fence acquired, the conditions
           that its view covers at the end of the fence, and which notifications its heavy fence has hit
  npci, vwi, rmi   a notification's program counter, its view of the word, the message of its change of the epoch
           (0: none)
  spcx, smx    a call of settled_waiters: has it happened, and the message it made
  who, posj    the announced waits in some order, and each one's place there (ghost): so many are announced
"""

from proofs.smt.system import Transition
from proofs.smt.terms import (ARRAY, ARRAY2, INT, conjunction, constant, forall, implies, maximum, negation, row,
                              variable)

VARIABLES = [
    ("w", INT), ("ep", ARRAY), ("cnt", ARRAY), ("rv", ARRAY2), ("fl", INT), ("Sw", INT), ("Sc", ARRAY),
    ("wpcj", ARRAY), ("pj", ARRAY), ("tkj", ARRAY), ("acj", ARRAY2), ("gotj", ARRAY2), ("sawj", ARRAY2),
    ("hitj", ARRAY2), ("npci", ARRAY), ("vwi", ARRAY), ("rmi", ARRAY), ("spcx", ARRAY), ("smx", ARRAY),
    ("who", ARRAY), ("posj", ARRAY),
]
(W, EP, CNT, RV, FL, SW, SC, WPC, P, TICKET, AC, GOT, SAW, HIT, NPC, VW, RM, SPC, SM, WHO, POS) = [
    variable(name) for name, _ in VARIABLES]

# Parameters: the acting wait, notification or call, another one that it acts on, a message that a load returns.
PARAMETERS = [("me", INT), ("to", INT), ("k", INT)]
ME, TO, K = [constant(name) for name, _ in PARAMETERS]

W_IDLE, ANNOUNCED, IN_FENCE, FENCED, BLOCKED, LEAVING, OUT = range(7)
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


def leave():
    """The wait is no longer announced; the last one in `who` takes its place."""
    last = WHO[CNT[W] - 1]
    return dict(modify(waiters=-1), wpcj=WPC.store(ME, OUT), who=WHO.store(POS[ME], last),
                posj=POS.store(last, POS[ME]))


def _goes(pc):
    return dict(wpcj=WPC.store(ME, pc))


def _to(pc):
    return dict(npci=NPC.store(ME, pc))


def missed(wait, notification):
    """The re-check may have missed the condition, although it was made true before."""
    return row(SAW, wait)[notification] == 0


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
_hits = lambda s, rng: [{"me": j, "to": i} for j in s["waits"] for i in s["notifications"]]
_wakes = lambda s, rng: [{"me": i, "to": j} for i in s["notifications"] for j in s["waits"]]
_looks = lambda s, rng: [{"me": j, "k": k} for j in s["waits"] for k in range(s["w"] + 1)]
_loads = lambda s, rng: [{"me": i, "k": k} for i in s["notifications"] for k in range(s["w"] + 1)]
_settles = lambda s, rng: [{"me": x, "k": k} for x in s["settles"] for k in range(s["w"] + 1)]

_kernel_reads = conjunction(FL <= K, P[ME] <= K, K <= W)
_notifier_reads = conjunction(VW[ME] <= K, K <= W)
_after_the_fence = dict(sawj=SAW.store(ME, SC), gotj=GOT.store(ME, row(AC, ME)))

WAIT = [
    Transition("prepare.fetch_add", "the wait is announced; its ticket is the epoch", waits(W_IDLE),
               dict(modify(waiters=1), **_goes(ANNOUNCED), pj=P.store(ME, NEXT), tkj=TICKET.store(ME, EP[W]),
                    acj=AC.store(ME, row(RV, W)), who=WHO.store(CNT[W], ME), posj=POS.store(ME, CNT[W])),
               choices=_waits),
    Transition("cancel.fetch_add", "a condition holds", waits(FENCED), leave(), choices=_waits),
    Transition("commit.look.blocks", "the kernel finds the ticket's epoch: the thread sleeps",
               conjunction(waits(FENCED), _kernel_reads, EP[K] == TICKET[ME]), _goes(BLOCKED),
               obligations=_MISSED_NOTHING, choices=_looks),
    Transition("commit.look.returns", "the kernel finds another epoch",
               conjunction(waits(FENCED), _kernel_reads, EP[K] != TICKET[ME]), _goes(LEAVING), choices=_looks),
    Transition("commit.spurious", "a signal, say", waits(BLOCKED), _goes(LEAVING), choices=_waits),
    Transition("commit.fetch_add", "the wait is over", waits(LEAVING), leave(), choices=_waits),
]

NOTIFY = [
    Transition("notify.publish", "the caller has made its condition true", notifies(N_IDLE), _to(PUBLISHED),
               choices=_notifications),
    Transition("notify.load_waiters.none", "nobody waits: done",
               conjunction(notifies(LOOKING), _notifier_reads, CNT[K] == 0), dict(_to(DONE), vwi=VW.store(ME, K)),
               obligations=NOBODY_SLEEPS_WHO_MISSED_IT, choices=_loads),
    Transition("notify.load_waiters.some", "somebody may be waiting",
               conjunction(notifies(LOOKING), _notifier_reads, CNT[K] != 0),
               dict(_to(RINGING), vwi=VW.store(ME, K)), choices=_loads),
    Transition("notify.no_look", "who rings has not looked: work_signal::wake_one", notifies(LOOKING), _to(RINGING),
               choices=_notifications),
    Transition("notify.fetch_add_epoch.none", "they have left: done", conjunction(notifies(RINGING), CNT[W] == 0),
               dict(modify(epochs=1), **_to(DONE)), obligations=NOBODY_SLEEPS_WHO_MISSED_IT, choices=_notifications),
    Transition("notify.fetch_add_epoch.some", "the epoch changes before the wake call",
               conjunction(notifies(RINGING), CNT[W] != 0),
               dict(modify(epochs=1), **_to(WAKING), rmi=RM.store(ME, NEXT)), choices=_notifications),
    Transition("notify.wake.one", "notify_one's wake call wakes a sleeper",
               conjunction(notifies(WAKING), WPC[TO] == BLOCKED),
               dict(_to(WOKE), wpcj=WPC.store(TO, LEAVING), fl=maximum(FL, RM[ME])), choices=_wakes),
    Transition("notify.wake.more", "notify_all's wake call wakes a sleeper, and goes on",
               conjunction(notifies(WAKING), WPC[TO] == BLOCKED),
               dict(wpcj=WPC.store(TO, LEAVING), fl=maximum(FL, RM[ME])), choices=_wakes),
    Transition("notify.wake.nobody", "the wake call, of either kind, finds nobody asleep, or nobody any more",
               conjunction(notifies(WAKING), forall(["j"], WPC[_j] != BLOCKED, [WPC[_j]])),
               dict(_to(DONE), fl=maximum(FL, RM[ME])), obligations=NOBODY_SLEEPS_WHO_MISSED_IT,
               choices=_notifications),
]

SETTLE = [
    Transition("settle.fetch_add", "a release read-modify-write that changes nothing", SPC[ME] == 0,
               dict(modify(releases=ME), spcx=SPC.store(ME, 1), smx=SM.store(ME, NEXT)), choices=_settles),
]

# event_count_asymmetric_orders. A notification that a heavy fence hits joins its view with the global one.
_hit = dict(hitj=HIT.store(ME, row(HIT, ME).store(TO, 1)), vwi=VW.store(TO, maximum(VW[TO], SW)),
            Sw=maximum(VW[TO], SW))
LIGHT_AND_HEAVY = [
    Transition("prepare.fence.begin", "the heavy fence begins", waits(ANNOUNCED),
               dict(_goes(IN_FENCE), Sw=maximum(SW, P[ME])), choices=_waits),
    Transition("prepare.fence.hits.before", "it hits a notifier that has published nothing yet",
               conjunction(waits(IN_FENCE), NPC[TO] == N_IDLE), _hit, choices=_hits),
    Transition("prepare.fence.hits.after", "it hits a notifier that has published, at any later point",
               conjunction(waits(IN_FENCE), NPC[TO] != N_IDLE), dict(_hit, Sc=SC.store(TO, 1)), choices=_hits),
    Transition("prepare.fence.end", "it has hit everybody",
               conjunction(waits(IN_FENCE), forall(["i"], row(HIT, ME)[_i] == 1, [row(HIT, ME)[_i]])),
               dict(_goes(FENCED), **_after_the_fence), choices=_waits),
    Transition("notify.fence", "the light fence", notifies(PUBLISHED), _to(LOOKING), choices=_notifications),
]

# event_count_symmetric_orders.
FULL_FENCES = [
    Transition("prepare.fence", "seq_cst", waits(ANNOUNCED),
               dict(_goes(FENCED), Sw=maximum(SW, P[ME]), **_after_the_fence), choices=_waits),
    Transition("notify.fence", "seq_cst", notifies(PUBLISHED),
               dict(_to(LOOKING), vwi=VW.store(ME, maximum(VW[ME], SW)), Sw=maximum(VW[ME], SW), Sc=SC.store(ME, 1)),
               choices=_notifications),
]

INITIAL = conjunction(
    *[v == 0 for v in (W, FL, SW, EP[0], CNT[0])],
    forall(["j"], WPC[_j] == W_IDLE, [WPC[_j]]),
    forall(["i"], conjunction(NPC[_i] == N_IDLE, RM[_i] == 0, VW[_i] == 0), [NPC[_i]]),
    forall(["i"], SC[_i] == 0, [SC[_i]]),
    forall(["j", "i"], row(HIT, _j)[_i] == 0, [row(HIT, _j)[_i]]),
    forall(["x"], SPC[_x] == 0, [SPC[_x]]))

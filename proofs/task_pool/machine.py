"""One heap of the task pool on a view machine: the transition system of core/task_pool/task_heap.h.

One owner (thread 0), any number of other threads and of slots. A slot is a number from 1 on, 0 is the null pointer.
Any thread that holds a slot may write anything into it, hand it to another thread, or free it: to the local list
(the owner), or to the return list (anybody, the owner as well).

Memory is a promise-free view machine of release and acquire. The return list's head is changed by read-modify-writes
alone (TP2, TP3), so each message of it continues the release sequences of the one before: what the newest message
releases is one view, `mv`, that only grows. A relaxed load of the head returns anything at all. The memory of a slot
is one plain location, link and payload together; whoever touches it, read or write, must have seen the last touch:
that is an obligation at each touch, so "no data race" and "what the last user wrote is visible" are the same claim.

What nobody else can reach is one step: the owner's pop off the local list, its chaining of a fresh slot.

State. A name ending in j is an array over threads. A list is a stack, its elements numbered from the end.

  n        number of touches so far: the stamp of the newest
  head     the newest value of returned_             mv    what its message releases: a stamp for each slot
  loc      local_                                    rl,ll numbers of the list that is now the return list, the local
                                                           list (ghost): TP3 makes one the other
  rd,ld    length of the return list, of the local list (ghost)
  chain    chain[l][k]: the slot at position k of list l (ghost)
  next     content of a slot's first word: the link when it is free, anything when it is not
  acc      stamp of the last touch of a slot
  st       state of a slot (ghost): NEW never cut off its slab, LIVE in somebody's hand, RETURNING on its way to the
           return list, FREE on a list
  who      the thread that holds or returns it (ghost)
  li, pos  number of the list that it is on, and its position there (ghost)
  opc      the owner: IDLE, or CUTTING fresh slots because no slot was free
  seenj    seenj[j][s]: the newest touch of slot s that thread j has seen
  pcj      a thread: not returning, LINKING (has read the head), COMPARING (has written the link)
  sj, ej   the slot that it returns, and the head that it expects
"""

from proofs.smt.system import Transition
from proofs.smt.terms import (ARRAY, ARRAY2, INT, conjunction, constant, forall, lift, maximum, row, variable)

VARIABLES = [
    ("n", INT), ("head", INT), ("mv", ARRAY), ("loc", INT), ("rl", INT), ("ll", INT), ("rd", INT), ("ld", INT),
    ("chain", ARRAY2), ("next", ARRAY), ("acc", ARRAY), ("st", ARRAY), ("who", ARRAY), ("li", ARRAY), ("pos", ARRAY),
    ("opc", INT), ("seenj", ARRAY2), ("pcj", ARRAY), ("sj", ARRAY), ("ej", ARRAY),
]
(N, HEAD, MV, LOCAL, RL, LL, RD, LD, CHAIN, NEXT, ACC, STATE, WHO, LIST, POS, OPC, SEEN, PC, SLOT, EXPECTED) = [
    variable(name) for name, _ in VARIABLES]

# Parameters: the acting thread, a slot, another thread, a value that a load returns or a user writes, a joined view.
PARAMETERS = [("me", INT), ("s", INT), ("to", INT), ("k", INT), ("nv", ARRAY)]
ME, S, TO, K, NV = [constant(name) for name, _ in PARAMETERS]

OWNER = 0
NEW, LIVE, RETURNING, FREE = range(4)
IDLE, CUTTING = range(2)
R_IDLE, LINKING, COMPARING = range(3)
STAMP = N + 1


def seen(thread, slot):
    return row(SEEN, thread)[slot]


def may_touch(thread, slot):
    return [("the last touch of the slot has been seen", ACC[slot] <= seen(thread, slot))]


def touch(thread, slot, content):
    """`thread` reads and writes the memory of `slot`."""
    return dict(n=STAMP, acc=ACC.store(slot, STAMP), next=NEXT.store(slot, content),
                seenj=SEEN.store(thread, row(SEEN, thread).store(slot, STAMP)))


def push_local(slot):
    """`slot` is put in front of the local list, by its owner."""
    return dict(touch(OWNER, slot, LOCAL), loc=lift(slot), ld=LD + 1,
                chain=CHAIN.store(LL, row(CHAIN, LL).store(LD, slot)),
                st=STATE.store(slot, FREE), li=LIST.store(slot, LL), pos=POS.store(slot, LD))


def joined(a, b):
    """NV is the pointwise maximum of two views."""
    x = constant("x")
    return forall(["x"], NV[x] == maximum(a[x], b[x]), [NV[x]])


def holds(thread, slot):
    return conjunction(lift(slot) >= 1, STATE[slot] == LIVE, WHO[slot] == thread)


MINE = SLOT[ME]

# Concrete parameters.


def _slots(wanted, **more):
    return lambda s, rng: [dict(s=i, **more) for i in s["slots"] if s["st"].get(i, NEW) == wanted]


def _join(state, a, b):
    return {i: max(a.get(i, 0), b.get(i, 0)) for i in {*a, *b}}


def _held(more=lambda s: [{}]):
    return lambda s, rng: [{"me": s["who"].get(i, 0), "s": i, **m} for i in s["slots"]
                           if s["st"].get(i, NEW) == LIVE for m in more(s)]


def _threads(more=lambda s: [{}]):
    return lambda s, rng: [{"me": j, **m} for j in s["threads"] for m in more(s)]


def _pushing(state, rng):
    return [{"me": j, "nv": _join(state, state["mv"], state["seenj"].get(j, {}))} for j in state["threads"]]


def _collecting(state, rng):
    return [{"nv": _join(state, state["mv"], state["seenj"].get(OWNER, {}))}]


_values = lambda s: [{"k": k} for k in (0, *s["slots"])]

_nothing_is_lost = [("no slot is on the local list", LD == 0), ("no slot is on the return list", RD == 0)]

TRANSITIONS = [
    Transition("allocate", "the first slot of the local list is handed out; the link behind it becomes the head",
               conjunction(OPC == IDLE, LOCAL != 0),
               dict(touch(OWNER, LOCAL, NEXT[LOCAL]), loc=NEXT[LOCAL], ld=LD - 1, st=STATE.store(LOCAL, LIVE),
                    who=WHO.store(LOCAL, OWNER)),
               obligations=[("the slot is in nobody's hand", STATE[LOCAL] == FREE), *may_touch(OWNER, LOCAL)]),
    Transition("collect.exchange_head.some", "acquire: the local list is empty, and the whole return list becomes it",
               conjunction(OPC == IDLE, LOCAL == 0, HEAD != 0, joined(MV, row(SEEN, OWNER))),
               dict(loc=HEAD, head=lift(0), seenj=SEEN.store(OWNER, NV), ld=RD, rd=lift(0), ll=RL, rl=RL + 1),
               obligations=_nothing_is_lost[:1], choices=_collecting),
    Transition("collect.exchange_head.none", "nothing was returned either: slots never used before are wanted",
               conjunction(OPC == IDLE, LOCAL == 0, HEAD == 0, joined(MV, row(SEEN, OWNER))),
               dict(opc=lift(CUTTING), seenj=SEEN.store(OWNER, NV)), obligations=_nothing_is_lost,
               choices=_collecting),
    Transition("cut.slot", "a fresh slot, of an old slab or a new one, is chained",
               conjunction(OPC == CUTTING, S >= 1, STATE[S] == NEW), push_local(S), choices=_slots(NEW)),
    Transition("cut.end", "enough, or no memory", OPC == CUTTING, dict(opc=lift(IDLE))),
    Transition("use", "whoever holds a slot reads it and writes anything into it", holds(ME, S), touch(ME, S, K),
               obligations=may_touch(ME, S), choices=_held(_values)),
    Transition("hand_on", "a live slot goes to another thread across a happens-before edge: a deque's, say",
               holds(ME, S),
               dict(who=WHO.store(S, TO), seenj=SEEN.store(TO, row(SEEN, TO).store(
                   S, maximum(seen(TO, S), seen(ME, S))))),
               choices=_held(lambda s: [{"to": j} for j in s["threads"]])),
    Transition("free_local", "the owner frees a slot of its own", conjunction(OPC == IDLE, holds(OWNER, S)),
               push_local(S), obligations=may_touch(OWNER, S), choices=_slots(LIVE)),
    Transition("return.load_head", "relaxed: any value at all. From here on the caller has given the slot up",
               conjunction(PC[ME] == R_IDLE, holds(ME, S)),
               dict(pcj=PC.store(ME, LINKING), sj=SLOT.store(ME, S), ej=EXPECTED.store(ME, K),
                    st=STATE.store(S, RETURNING)), choices=_held(_values)),
    Transition("return.link", "the head that was read becomes the link", PC[ME] == LINKING,
               dict(touch(ME, MINE, EXPECTED[ME]), pcj=PC.store(ME, COMPARING)),
               obligations=may_touch(ME, MINE), choices=_threads()),
    Transition("return.cas_head.won", "release: the slot is on the return list",
               conjunction(PC[ME] == COMPARING, HEAD == EXPECTED[ME], joined(MV, row(SEEN, ME))),
               dict(head=MINE, mv=NV, pcj=PC.store(ME, R_IDLE), rd=RD + 1,
                    chain=CHAIN.store(RL, row(CHAIN, RL).store(RD, MINE)), st=STATE.store(MINE, FREE),
                    li=LIST.store(MINE, RL), pos=POS.store(MINE, RD)), choices=_pushing),
    Transition("return.cas_head.lost", "relaxed: another value, or a spurious failure; the link is written again",
               PC[ME] == COMPARING, dict(ej=EXPECTED.store(ME, K), pcj=PC.store(ME, LINKING)),
               choices=_threads(_values)),
]

_x = constant("x")
INITIAL = conjunction(
    *[v == 0 for v in (N, HEAD, LOCAL, RD, LD, OPC, LL)], RL == 1,
    forall(["x"], STATE[_x] == NEW, [STATE[_x]]), forall(["x"], PC[_x] == R_IDLE, [PC[_x]]))

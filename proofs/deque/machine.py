"""Chase-Lev on a view machine: the transition system of core/deque/chase_lev_deque.h with its `fence` table.

The machine is the promise-free one of release/acquire semantics with seq_cst fences. Each memory location has a
list of messages in modification order; each thread has a view: how far into each list it is obliged to look. An
acquire load joins the view that the message carries; a seq_cst fence joins the thread's view with a global one,
both ways. What the machine covers, and what not: proofs/README.md.

What makes it tractable, for any number of thieves, of operations and of growths:
  * `top` only grows, by compare-exchange, so a message of top *is* its value, and a view of it is a number;
  * `bottom`, the buffers and their cells have one writer, the owner, so their messages can be numbered by one
    counter of the owner's writes, `n`, and a view of all of them is a number too;
  * a thief's knowledge about other thieves is not used.

State. A name ending in j is an array over thieves; "stamp" is a value of the counter n.

  T        top                                  L      logical bottom (ghost): T..L-1 are the items
  B        the owner's last value of bottom     n      number of owner writes
  lastb    stamp of the last message of bottom
  orel     the owner's release view: its own writes up to here are covered by its last release or seq_cst fence
  orele    number of the buffer that view covers
  ovt      the owner's view of top              kt     the owner's cached lower bound of top (known_top_)
  Sb, St   the global seq_cst view of bottom (stamp) and of top
  cur      number of the newest buffer          cap    capacity of each buffer; 0: there is none yet
  ac       stamp at which a buffer was published
  buf, wc  content of a cell, stamp of its last write:  buf[e][slot(e, i)]
  isb, bv  is stamp m a message of bottom, and its value
  rv, re   what that message releases: stamp and buffer number
  u        u[i]: stamp of the pop.store_bottom with which the owner last took item i unopposed (ghost)
  item     item[i]: what was last pushed at index i (ghost);  st, loc: state (0 new, 1 queued, 2 taken) and index
           of an item (ghost)
  opc, ob, ot, nid   the owner's program counter, its index, its value of top, the item it pushes
  tpcj, tlj, vbj, taj, trej, tej, txj   a thief's program counter, value of top, view of bottom, acquired stamp,
           acquired buffer number, the buffer it read, the item it read
  pm       pm[d]: the message of bottom with which item d was published (ghost)
"""

from proofs.smt.system import Transition
from proofs.smt.terms import (ARRAY, ARRAY2, BOOL_ARRAY, INT, conjunction, constant, forall, function, implies, lift,
                              maximum, negation, one_of, row, variable)

VARIABLES = [
    *[(v, INT) for v in ("T", "L", "B", "n", "lastb", "orel", "orele", "ovt", "kt", "Sb", "St", "cur")],
    ("cap", ARRAY), ("ac", ARRAY), ("buf", ARRAY2), ("wc", ARRAY2),
    ("bv", ARRAY), ("isb", BOOL_ARRAY), ("rv", ARRAY), ("re", ARRAY),
    ("u", ARRAY), ("item", ARRAY), ("st", ARRAY), ("loc", ARRAY),
    *[(v, INT) for v in ("opc", "ob", "ot", "nid")],
    *[(v, ARRAY) for v in ("tpcj", "tlj", "vbj", "taj", "trej", "tej", "txj", "pm")],
]
(T, L, B, N, LASTB, OREL, ORELE, OVT, KT, SB, ST, CUR, CAP, AC, BUF, WC, BV, ISB, RV, RE, U, ITEM, STATE, LOC,
 OPC, OB, OT, NID, TPC, TL, VB, TA, TRE, TE, TX, PM) = [variable(name) for name, _ in VARIABLES]

# Parameters of transitions: the acting thief, a value that a load returns, and what a growth chooses.
PARAMETERS = [("me", INT), ("k", INT), ("fresh", INT), ("ncap", INT), ("nb", ARRAY), ("nw", ARRAY)]
ME, K, FRESH, NCAP, NB, NW = [constant(name) for name, _ in PARAMETERS]

# The owner's program counter.
(IDLE, PUSH_TOP, GROW, PUSH_SLOT, PUSH_FENCE, PUSH_BOTTOM, POP_BOTTOM, POP_FENCE, POP_TOP, RESTORE_EMPTY, RACE,
 RESTORE_RACE) = range(12)
# A thief's. BUFFER: has read bottom; SLOT: has read the buffer; CAS: has read the slot.
T_IDLE, T_FENCE, T_BOTTOM, T_BUFFER, T_SLOT, T_CAS = range(6)

NEW, QUEUED, TAKEN = 0, 1, 2
NEXT = N + 1


def place(env, e, i):
    """Where index i is in buffer e of a concrete state: i modulo the capacity, that of a growth for a buffer that is
    yet to be."""
    return i % max(1, env["cap"].get(e, env.get("ncap", 1)))


def slot(e, i):
    """The cell of index i in buffer e. For the solver all that matters is that indices less than a capacity apart have
    different cells. Where a slot has several cells (proofs/deque/words), it is the one of word w."""
    return function("slot", [e, i], lambda env, e_, i_: place(env, e_, i_) * env.get("words", 1) + env.get("w", 0))


def cell(array, e, i):
    return row(array, e)[slot(e, i)]


def slots_are_distinct():
    e, i, k = constant("e"), constant("i"), constant("k")
    apart = conjunction(i < k, (k - i) < CAP[e])
    return forall(["e", "i", "k"], implies(apart, slot(e, i) != slot(e, k)), [slot(e, i), slot(e, k)])


def at(pc):
    return OPC == pc


def mine(pc):
    return TPC[ME] == pc


# A load of top by the owner returns a value between its view and the newest.
OWNER_READS_TOP = conjunction(OVT <= K, K <= T)


def bottom_message(value, **changes):
    """A relaxed store to bottom: it releases what the owner's last fence covers."""
    return dict(n=NEXT, lastb=NEXT, B=lift(value), bv=BV.store(NEXT, value), isb=ISB.store(NEXT, True),
                rv=RV.store(NEXT, OREL), re=RE.store(NEXT, ORELE), **changes)


def _tops(state, rng):
    return [{"k": k} for k in range(state["ovt"], state["T"] + 1)]


def _thieves(state, rng):
    return [{"me": j} for j in state["thieves"]]


def _thief_values(low, high):
    return lambda state, rng: [{"me": j, "k": k} for j in state["thieves"]
                               for k in range(low(state, j), high(state, j) + 1)]


def _grown(state, rng):
    before, old, new = state["cap"][state["cur"]], state["buf"].get(state["cur"], {}), {}
    cap, words = before * 2 or rng.choice([1, 2, 4]), state.get("words", 1)
    for i in range(state["ot"], state["ob"]):
        for w in range(words):
            new[i % cap * words + w] = old.get(i % before * words + w, 0)
    return [{"ncap": cap, "nb": new, "nw": {"default": state["n"] + 1}}]


_copied = forall(["i"], implies(conjunction(OT <= constant("i"), constant("i") < OB),
                                NB[slot(CUR + 1, constant("i"))] == cell(BUF, CUR, constant("i"))),
                 [slot(CUR + 1, constant("i"))])
_stamped = forall(["c"], NW[constant("c")] == NEXT, [NW[constant("c")]])
# What a growth may choose, but for the cells.
GROWS = conjunction(at(GROW), _stamped, NCAP > CAP[CUR], OB - OT < NCAP)
_written = lambda array, e, i, x: array.store(e, row(array, e).store(slot(e, i), x))

# An item that is taken must have been queued, and what was read must be the item.
_takes = [("the item is queued, so nobody else has it", STATE[ITEM[OB]] == QUEUED),
          ("the cell holds the item", cell(BUF, CUR, OB) == ITEM[OB])]
_nothing_left = [("the deque is empty", T == L)]


def empty_means(*popping):
    """What steal's "empty" says of every item whose push is not newer than the message of bottom that it read, as is
    every push that happened before the call. `popping`: where the owner is while it pops the last item."""
    d = constant("d")
    return [("what was pushed is taken, or the last item, which the owner is popping", forall(
        ["d"], implies(conjunction(STATE[d] == QUEUED, PM[d] <= K),
                       one_of(OPC, popping), LOC[d] == OB, T == OB, L == OB + 1), [STATE[d]]))]


# The claim without that exception, which does not hold.
NOTHING_PUSHED_IS_LEFT = ("nothing that was pushed is left", forall(
    ["d"], implies(PM[constant("d")] <= K, STATE[constant("d")] != QUEUED), [STATE[constant("d")]]))

OWNER = [
    Transition("push.start", "push begins with a new item", conjunction(at(IDLE), STATE[FRESH] == NEW),
               dict(opc=lift(PUSH_TOP), ob=B, nid=FRESH),
               choices=lambda s, rng: [{"fresh": s["next_item"]()}]),
    Transition("push.room_by_cache", "b - known_top < capacity: top is not read",
               conjunction(at(PUSH_TOP), OB - KT < CAP[CUR]), dict(opc=lift(PUSH_SLOT), ot=KT)),
    Transition("push.load_top.room", "the cache says full, top says there is room",
               conjunction(at(PUSH_TOP), OWNER_READS_TOP, OB - K < CAP[CUR]),
               dict(opc=lift(PUSH_SLOT), ot=K, kt=K, ovt=K), choices=_tops),
    Transition("push.load_top.full", "full",
               conjunction(at(PUSH_TOP), OWNER_READS_TOP, negation(OB - K < CAP[CUR])),
               dict(opc=lift(GROW), ot=K, kt=K, ovt=K), choices=_tops),
    Transition("push.refuse", "the bounded form, or no memory: push answers false", at(GROW), dict(opc=lift(IDLE))),
    Transition("grow", "a larger buffer with the cells of ot..ob-1 is filled and published (release). The owner's "
               "relaxed stores to it are one step: nobody can reach it before", conjunction(GROWS, _copied),
               dict(opc=lift(PUSH_SLOT), cur=CUR + 1, cap=CAP.store(CUR + 1, NCAP), buf=BUF.store(CUR + 1, NB),
                    wc=WC.store(CUR + 1, NW), ac=AC.store(CUR + 1, NEXT), n=NEXT), choices=_grown),
    Transition("push.store_slot", "the item is written", at(PUSH_SLOT),
               dict(opc=lift(PUSH_FENCE), n=NEXT, buf=_written(BUF, CUR, OB, NID), wc=_written(WC, CUR, OB, NEXT),
                    item=ITEM.store(OB, NID))),
    Transition("push.fence", "release fence", at(PUSH_FENCE), dict(opc=lift(PUSH_BOTTOM), orel=N, orele=CUR)),
    Transition("push.store_bottom", "the item is published", at(PUSH_BOTTOM),
               bottom_message(OB + 1, opc=lift(IDLE), L=OB + 1, st=STATE.store(NID, QUEUED), loc=LOC.store(NID, OB),
                              pm=PM.store(NID, NEXT))),
    Transition("pop.empty_by_cache", "b < known_top: nothing to take, and no fence to see it",
               conjunction(at(IDLE), B - 1 < KT), {}, obligations=_nothing_left),
    Transition("pop.start", "pop begins", conjunction(at(IDLE), negation(B - 1 < KT)),
               dict(opc=lift(POP_BOTTOM), ob=B - 1)),
    Transition("pop.store_bottom", "the owner claims the last index", at(POP_BOTTOM),
               bottom_message(OB, opc=lift(POP_FENCE))),
    Transition("pop.fence", "seq_cst fence", at(POP_FENCE),
               dict(opc=lift(POP_TOP), Sb=maximum(SB, LASTB), ovt=maximum(OVT, ST), St=maximum(OVT, ST), orel=N,
                    orele=CUR)),
    Transition("pop.load_top.empty", "thieves took everything", conjunction(at(POP_TOP), OWNER_READS_TOP, K > OB),
               dict(opc=lift(RESTORE_EMPTY), ovt=K), obligations=_nothing_left, choices=_tops),
    Transition("pop.load_top.many", "no thief can reach this item: taken without opposition",
               conjunction(at(POP_TOP), OWNER_READS_TOP, K < OB),
               dict(opc=lift(IDLE), ovt=K, L=OB, u=U.store(OB, LASTB), st=STATE.store(ITEM[OB], TAKEN)),
               obligations=_takes, choices=_tops),
    Transition("pop.load_top.last", "the last item: a race", conjunction(at(POP_TOP), OWNER_READS_TOP, K == OB),
               dict(opc=lift(RACE), ot=K, ovt=K), choices=_tops),
    Transition("pop.restore_bottom.empty", "bottom goes back", at(RESTORE_EMPTY),
               bottom_message(OB + 1, opc=lift(IDLE), kt=OB + 1)),
    Transition("pop.cas_top.won", "the owner takes the last item", conjunction(at(RACE), T == OT),
               dict(opc=lift(RESTORE_RACE), T=T + 1, ovt=T + 1, st=STATE.store(ITEM[OB], TAKEN)), obligations=_takes),
    Transition("pop.cas_top.lost", "a thief took it: the failed compare-exchange reads a newer top",
               conjunction(at(RACE), OT < K, K <= T), dict(opc=lift(RESTORE_RACE), ovt=K),
               obligations=_nothing_left,
               choices=lambda s, rng: [{"k": k} for k in range(s["ot"] + 1, s["T"] + 1)]),
    Transition("pop.restore_bottom.race", "bottom goes back", at(RESTORE_RACE),
               bottom_message(OB + 1, opc=lift(IDLE), kt=OB + 1)),
]

_set = lambda array, value: array.store(ME, value)

THIEF = [
    Transition("steal.load_top", "any value of top, however old", conjunction(mine(T_IDLE), lift(0) <= K, K <= T),
               dict(tpcj=_set(TPC, T_FENCE), tlj=_set(TL, K), vbj=_set(VB, 0)),
               choices=_thief_values(lambda s, j: 0, lambda s, j: s["T"])),
    Transition("steal.fence", "seq_cst fence", mine(T_FENCE),
               dict(tpcj=_set(TPC, T_BOTTOM), St=maximum(ST, TL[ME]), vbj=_set(VB, maximum(VB[ME], SB))),
               choices=_thieves),
    Transition("steal.load_bottom.some", "acquire: the message says there are items",
               conjunction(mine(T_BOTTOM), ISB[K], VB[ME] <= K, BV[K] > TL[ME]),
               dict(tpcj=_set(TPC, T_BUFFER), vbj=_set(VB, K), taj=_set(TA, RV[K]), trej=_set(TRE, RE[K])),
               choices=_thief_values(lambda s, j: s["vbj"].get(j, 0), lambda s, j: s["n"])),
    Transition("steal.load_bottom.none", "the message says there are none",
               conjunction(mine(T_BOTTOM), ISB[K], VB[ME] <= K, BV[K] <= TL[ME]), dict(tpcj=_set(TPC, T_IDLE)),
               obligations=empty_means(POP_FENCE, POP_TOP, RACE),
               choices=_thief_values(lambda s, j: s["vbj"].get(j, 0), lambda s, j: s["n"])),
    Transition("steal.load_buffer", "acquire: any buffer not older than the one released with bottom",
               conjunction(mine(T_BUFFER), TRE[ME] <= K, K <= CUR),
               dict(tpcj=_set(TPC, T_SLOT), tej=_set(TE, K), taj=_set(TA, maximum(TA[ME], AC[K]))),
               obligations=[("the pointer to the buffer is not null", CAP[K] >= 1)],
               choices=_thief_values(lambda s, j: s["trej"].get(j, 0), lambda s, j: s["cur"])),
    Transition("steal.load_slot", "relaxed: the cell's value if its write is covered by the acquired view; anything "
               "at all otherwise",
               conjunction(mine(T_SLOT), implies(cell(WC, TE[ME], TL[ME]) <= TA[ME], K == cell(BUF, TE[ME], TL[ME]))),
               dict(tpcj=_set(TPC, T_CAS), txj=_set(TX, K)),
               choices=lambda s, rng: [{"me": j, "k": k} for j in s["thieves"] for k in s["values"]]),
    Transition("steal.cas_top.won", "the thief takes the item it read", conjunction(mine(T_CAS), T == TL[ME]),
               dict(tpcj=_set(TPC, T_IDLE), T=T + 1, st=STATE.store(TX[ME], TAKEN)),
               obligations=[("what the thief read is queued, so nobody else has it", STATE[TX[ME]] == QUEUED)],
               choices=_thieves),
    Transition("steal.cas_top.lost", "another thread was faster; the model lets it fail at any time", mine(T_CAS),
               dict(tpcj=_set(TPC, T_IDLE)), choices=_thieves),
]

_j = constant("j")
INITIAL = conjunction(
    *[v == 0 for v in (T, L, B, N, LASTB, OREL, ORELE, OVT, KT, SB, ST, CUR)],
    CAP[0] == NCAP, NCAP >= 0, AC[0] == 0, BV[0] == 0,
    forall(["m"], ISB[constant("m")] == (constant("m") == 0), [ISB[constant("m")]]),
    forall(["i"], U[constant("i")] == 0, [U[constant("i")]]),
    forall(["d"], STATE[constant("d")] == NEW, [STATE[constant("d")]]),
    OPC == IDLE, forall(["j"], TPC[_j] == T_IDLE, [TPC[_j]]))

"""Chase-Lev on a view machine: the transition system of core/deque/chase_lev_deque.h with its `seq_cst` table.

The owner's steps that touch neither bottom nor top with seq_cst are those of the fence table's machine
(proofs/deque/machine.py); so are the state and its names, except what belongs to fences. What is different is how
seq_cst *accesses* are executed.

A machine that lets a seq_cst access join a global view would be wrong: if x = 1 is seq_cst and y = 1 relaxed, a
thread that reads y = 1 (relaxed) and then x (seq_cst) may read x = 0, although x = 1 was executed before. The total
order S of the seq_cst accesses need not agree with the order in which a machine executes them. So here every seq_cst
access is given a *position* in S, a number that the step chooses. It may lie before the positions of accesses that
were executed long ago. All that is demanded is

  * a thread's own seq_cst accesses have growing positions;
  * a write comes after all seq_cst accesses of the same location that were executed before it. All writes of top are
    read-modify-writes and all of bottom are the owner's, so what was executed before a write read, or wrote, what is
    older in modification order;
  * a read comes before every seq_cst write that is newer than what it reads, and after every one that is not newer
    (the latter reaches it by happens-before: every write of top, and of bottom, is a release, the read acquires, and
    read-modify-writes continue a release sequence).

RC11 (psc) and C++20 ([atomics.order]) demand each of these, and more. What they demand beyond is left out, which
only adds behaviours. Given an execution of either, and any order of it that contains po and rf, the machine takes
these steps with the ranks in S as positions. So it covers *every* execution of RC11 (po and rf together are acyclic
there); there is no condition about fences, as this table has none.

State, besides that of the fence table's machine without orel, orele, Sb and St:

  zo       position of the owner's last seq_cst access
  zb, zt   greatest position of an access of bottom, of top, executed so far
  isd, dz  isd[m]: is message m of bottom seq_cst (pop.store_bottom), and its position
  isc, cz  isc[k]: was top's value k written by a seq_cst access (steal.cas_top), and its position
  tv       tv[k]: how much of the owner's writes the value k of top releases
  zj       position of a thief's last seq_cst access
"""

import dataclasses

from proofs.deque import machine as fence
from proofs.deque.machine import (AC, B, BV, CAP, CUR, IDLE, ISB, ITEM, K, L, LASTB, LOC, ME, N, NCAP, NEXT, NID,
                                  OB, OPC, OVT, OWNER_READS_TOP, PM, POP_BOTTOM, POP_TOP, PUSH_BOTTOM, QUEUED, RACE,
                                  RE, RESTORE_EMPTY, RV, STATE, T, T_BOTTOM, T_CAS, T_IDLE, TA, TAKEN, TE, TL,
                                  TPC, U, VB, at, mine)
from proofs.smt.system import Transition
from proofs.smt.terms import (ARRAY, BOOL_ARRAY, INT, conjunction, constant, forall, implies, lift, maximum, variable)

_FENCES_ONLY = ("orel", "orele", "Sb", "St")
_OWN = [("zo", INT), ("zb", INT), ("zt", INT), ("isd", BOOL_ARRAY), ("dz", ARRAY), ("isc", BOOL_ARRAY), ("cz", ARRAY),
        ("tv", ARRAY), ("zj", ARRAY)]
VARIABLES = [v for v in fence.VARIABLES if v[0] not in _FENCES_ONLY] + _OWN
ZO, ZB, ZT, ISD, DZ, ISC, CZ, TV, ZJ = [variable(name) for name, _ in _OWN]
PARAMETERS = [*fence.PARAMETERS, ("z", INT)]
Z = constant("z")

_by_name = {t.name: t for t in [*fence.OWNER, *fence.THIEF]}
_m = constant("m")
_set = lambda array, value: array.store(ME, value)


def like(name, **fields):
    """The step of the fence table's machine, with some fields replaced."""
    return dataclasses.replace(_by_name[name], **fields)


def bottom_message(value, **changes):
    """A release store to bottom: it releases all that the owner has done."""
    return dict(n=NEXT, lastb=NEXT, B=lift(value), bv=BV.store(NEXT, value), isb=ISB.store(NEXT, True),
                rv=RV.store(NEXT, NEXT), re=RE.store(NEXT, CUR), **changes)


# The position of a seq_cst read of top that returns k: between the writes it may not know and those it must.
READS_TOP_IN_ORDER = forall(["m"], implies(ISC[_m], implies(_m > K, Z < CZ[_m]), implies(_m <= K, CZ[_m] < Z)),
                            [ISC[_m]])
READS_BOTTOM_IN_ORDER = forall(["m"], implies(ISD[_m], implies(_m > K, Z < DZ[_m]), implies(_m <= K, DZ[_m] < Z)),
                               [ISD[_m]])
OWNER_LOADS_TOP = conjunction(at(POP_TOP), OWNER_READS_TOP, ZO < Z, READS_TOP_IN_ORDER)
_owner_loaded = dict(ovt=K, zo=Z, zt=maximum(ZT, Z))

# Concrete positions to try: beyond all, and in each gap.
_GAP = 1 << 40


def _positions(s):
    known = {0, s["zo"], s["zb"], s["zt"], *s["zj"].values(), *s["dz"].values(), *s["cz"].values()}
    known = sorted(p for p in known if isinstance(p, int))
    return [known[-1] + _GAP] + [(a + b) // 2 for a, b in zip(known, known[1:]) if b - a > 1]


def _sample(rng, values, positions):
    """Some pairs; all of them would be many."""
    positions = positions[:1] + rng.sample(positions, min(8, len(positions)))
    values = rng.sample(values, min(8, len(values)))
    return [{"k": k, "z": z} for k in values for z in positions]


def _owner_tops(s, rng):
    return _sample(rng, range(s["ovt"], s["T"] + 1), _positions(s))


def _thieves_and(values):
    return lambda s, rng: [{"me": j, **c} for j in s["thieves"] for c in _sample(rng, values(s, j), _positions(s))]


def _messages(s, j):
    return [m for m in s["isb"] if m >= s["vbj"].get(j, 0)]


OWNER = [
    like("push.start"),
    like("push.room_by_cache"),
    like("push.load_top.room"),
    like("push.load_top.full"),
    like("push.refuse"),
    like("grow"),
    like("push.store_slot", updates={**_by_name["push.store_slot"].updates, "opc": lift(PUSH_BOTTOM)}),
    like("push.store_bottom", meaning="release: the item is published", updates=bottom_message(
        OB + 1, opc=lift(IDLE), L=OB + 1, st=STATE.store(NID, QUEUED), loc=LOC.store(NID, OB),
        pm=PM.store(NID, NEXT))),
    like("pop.empty_by_cache"),
    like("pop.start"),
    Transition("pop.store_bottom", "seq_cst: the owner claims the last index",
               conjunction(at(POP_BOTTOM), ZO < Z, ZB < Z),
               bottom_message(OB, opc=lift(POP_TOP), zo=Z, zb=Z, isd=ISD.store(NEXT, True), dz=DZ.store(NEXT, Z)),
               choices=lambda s, rng: [{"z": z} for z in _positions(s)]),
    like("pop.load_top.empty", guard=conjunction(OWNER_LOADS_TOP, K > OB), choices=_owner_tops,
         updates=dict(_owner_loaded, opc=lift(RESTORE_EMPTY))),
    like("pop.load_top.many", guard=conjunction(OWNER_LOADS_TOP, K < OB), choices=_owner_tops,
         updates=dict(_owner_loaded, opc=lift(IDLE), L=OB, u=U.store(OB, LASTB), st=STATE.store(ITEM[OB], TAKEN))),
    like("pop.load_top.last", guard=conjunction(OWNER_LOADS_TOP, K == OB), choices=_owner_tops,
         updates=dict(_owner_loaded, opc=lift(RACE), ot=K)),
    like("pop.restore_bottom.empty", updates=bottom_message(OB + 1, opc=lift(IDLE), kt=OB + 1)),
    like("pop.cas_top.won", meaning="acq_rel: the owner takes the last item, and releases what it has done",
         updates={**_by_name["pop.cas_top.won"].updates, "tv": TV.store(T + 1, N), "isc": ISC.store(T + 1, False)}),
    like("pop.cas_top.lost"),
    like("pop.restore_bottom.race", updates=bottom_message(OB + 1, opc=lift(IDLE), kt=OB + 1)),
]

_reads_bottom = conjunction(mine(T_BOTTOM), ISB[K], VB[ME] <= K, ZJ[ME] < Z, READS_BOTTOM_IN_ORDER)
_read_bottom = dict(zj=_set(ZJ, Z), zb=maximum(ZB, Z))

THIEF = [
    Transition("steal.load_top", "seq_cst: any value of top whose position fits",
               conjunction(mine(T_IDLE), lift(0) <= K, K <= T, READS_TOP_IN_ORDER),
               dict(tpcj=_set(TPC, T_BOTTOM), tlj=_set(TL, K), vbj=_set(VB, TV[K]), zj=_set(ZJ, Z),
                    zt=maximum(ZT, Z)),
               choices=_thieves_and(lambda s, j: range(s["T"] + 1))),
    like("steal.load_bottom.some", meaning="seq_cst: the message says there are items",
         guard=conjunction(_reads_bottom, BV[K] > TL[ME]), choices=_thieves_and(_messages),
         updates=dict(_read_bottom, **_by_name["steal.load_bottom.some"].updates)),
    like("steal.load_bottom.none", meaning="seq_cst: the message says there are none",
         guard=conjunction(_reads_bottom, BV[K] <= TL[ME]), choices=_thieves_and(_messages),
         updates=dict(tpcj=_set(TPC, T_IDLE), zb=maximum(ZB, Z)),
         obligations=fence.empty_means(POP_TOP, RACE)),
    like("steal.load_buffer"),
    like("steal.load_slot", obligations=[
        ("the fields of the buffer are visible", AC[TE[ME]] <= TA[ME])]),
    like("steal.cas_top.won", meaning="seq_cst: the thief takes the item it read",
         guard=conjunction(mine(T_CAS), T == TL[ME], ZJ[ME] < Z, ZT < Z),
         updates={**_by_name["steal.cas_top.won"].updates, "isc": ISC.store(T + 1, True), "cz": CZ.store(T + 1, Z),
                  "tv": TV.store(T + 1, maximum(TV[T], VB[ME])), "zt": Z},
         choices=lambda s, rng: [{"me": j, "z": z} for j in s["thieves"] for z in _positions(s)]),
    like("steal.cas_top.lost"),
]

_i, _j = constant("i"), constant("j")
INITIAL = conjunction(
    *[v == 0 for v in (T, L, B, N, LASTB, OVT, fence.KT, CUR, ZO, ZB, ZT, AC[0], BV[0], TV[0])],
    CAP[0] == NCAP, NCAP >= 0,
    forall(["m"], conjunction(ISB[_m] == (_m == 0), ISD[_m] == False, ISC[_m] == False),  # noqa: E712
           [ISB[_m], ISD[_m], ISC[_m]]),
    forall(["i"], U[_i] == 0, [U[_i]]),
    forall(["d"], STATE[constant("d")] == fence.NEW, [STATE[constant("d")]]),
    OPC == IDLE, forall(["j"], TPC[_j] == T_IDLE, [TPC[_j]]))

"""The system to be proved, and its mutants."""

from __future__ import annotations

import dataclasses

from proofs.deque.machine import (BV, CAP, CUR, ISB, K, KT, ME, NEXT, NOTHING_PUSHED_IS_LEFT, OB, OWNER_READS_TOP,
                                  POP_BOTTOM, POP_TOP, PUSH_TOP, RE, RV, T, T_BOTTOM, T_CAS, T_IDLE, TA, TL, TRE, VB,
                                  at, mine, slots_are_distinct)
from proofs.deque.seq_cst import machine
from proofs.deque.seq_cst.invariant import INVARIANT
from proofs.deque.seq_cst.machine import ISC, TV, Z, ZJ, ZT
from proofs.smt.system import System
from proofs.smt.terms import conjunction, lift


def chase_lev(transitions=None) -> System:
    return System(
        name="chase_lev, seq_cst table",
        variables=machine.VARIABLES,
        parameters=machine.PARAMETERS,
        functions=["(declare-fun slot (Int Int) Int)"],
        axioms=lambda: [slots_are_distinct()],
        initial=machine.INITIAL,
        transitions=transitions if transitions is not None else [*machine.OWNER, *machine.THIEF],
        invariant=INVARIANT,
    )


def _with(changes: dict[str, dict]) -> System:
    """Some transitions changed: name -> updates to replace, None to leave a variable as it is, or a `guard`."""
    every = [*machine.OWNER, *machine.THIEF]
    unknown = changes.keys() - {t.name for t in every}
    assert not unknown, unknown

    def changed(t):
        updates = {**t.updates, **changes.get(t.name, {})}
        guard = updates.pop("guard", t.guard)
        return dataclasses.replace(t, guard=guard, updates={k: v for k, v in updates.items() if v is not None})

    return chase_lev([changed(t) for t in every])


# A relaxed store to bottom releases nothing: there is no fence before it.
_releases_nothing = dict(rv=RV.store(NEXT, 0), re=RE.store(NEXT, 0))
_acquires_nothing = dict(taj=TA.store(ME, 0), trej=TRE.store(ME, 0))
_owner_loads = conjunction(at(POP_TOP), OWNER_READS_TOP)
_thief_loads_bottom = conjunction(mine(T_BOTTOM), ISB[K], VB[ME] <= K)


def _pop_loads_top(**updates):
    return {f"pop.load_top.{case}": dict(guard=conjunction(_owner_loads, compared), **updates)
            for case, compared in (("empty", K > OB), ("many", K < OB), ("last", K == OB))}


def _steal_loads_bottom(**updates):
    return {"steal.load_bottom.some": dict(guard=conjunction(_thief_loads_bottom, BV[K] > TL[ME]), **updates),
            "steal.load_bottom.none": dict(guard=conjunction(_thief_loads_bottom, BV[K] <= TL[ME]), zb=None)}


def mutants() -> dict[str, System]:
    """Wrong deques. Each must be refuted by a concrete run (proofs/deque/seq_cst/runs.py)."""
    pop_claims = dict(isd=None, dz=None, zo=None, zb=None, guard=at(POP_BOTTOM))
    steal_takes = dict(isc=ISC.store(T + 1, False), cz=None, zt=None, guard=conjunction(mine(T_CAS), T == TL[ME]))
    return {
        # DS5, DS6, DS8 to DS10, DS12 to DS15, each weakened by one step.
        "push.store_bottom is relaxed": _with({"push.store_bottom": _releases_nothing}),
        "pop.store_bottom is a release": _with({"pop.store_bottom": pop_claims}),
        "pop.load_top is an acquire": _with(_pop_loads_top(zo=None, zt=None)),
        "pop.cas_top is an acquire": _with({"pop.cas_top.won": dict(tv=TV.store(T + 1, TV[T]))}),
        "pop.restore_bottom is relaxed": _with({
            f"pop.restore_bottom.{case}": _releases_nothing for case in ("empty", "race")}),
        "steal.load_top is an acquire": _with({"steal.load_top": dict(
            guard=conjunction(mine(T_IDLE), lift(0) <= K, K <= T), zj=ZJ.store(ME, 0), zt=None)}),
        "steal.load_bottom is an acquire": _with(_steal_loads_bottom(zj=None, zb=None)),
        "steal.load_buffer or grow.store_buffer is relaxed": _with({"steal.load_buffer": dict(taj=None)}),
        "steal.cas_top is acq_rel": _with({"steal.cas_top.won": steal_takes}),
        # ... and by more.
        "pop.store_bottom is relaxed": _with({"pop.store_bottom": {**pop_claims, **_releases_nothing}}),
        "steal.load_top acquires nothing": _with({"steal.load_top": dict(vbj=VB.store(ME, 0))}),
        "steal.load_bottom acquires nothing": _with({"steal.load_bottom.some": _acquires_nothing}),
        # Wrong comparisons, as in the fence table's proof.
        "push overwrites when it is full": _with({"push.load_top.room": dict(
            guard=conjunction(at(PUSH_TOP), OWNER_READS_TOP, CAP[CUR] >= 1, OB - K <= CAP[CUR]))}),
        "the cached top is one too high": _with({
            "push.room_by_cache": dict(guard=conjunction(at(PUSH_TOP), CAP[CUR] >= 1, OB - KT <= CAP[CUR]))}),
        "pop takes the last item without a race": _with({"pop.load_top.many": dict(
            guard=conjunction(machine.OWNER_LOADS_TOP, K <= OB))}),
        "steal does not compare top": _with({"steal.cas_top.won": dict(
            guard=conjunction(mine(T_CAS), ZJ[ME] < Z, ZT < Z))}),
        # A claim that is too strong: the owner may be popping the last item.
        "steal's empty means that nothing is left": chase_lev([
            dataclasses.replace(t, obligations=[NOTHING_PUSHED_IS_LEFT]) if t.name == "steal.load_bottom.none" else t
            for t in [*machine.OWNER, *machine.THIEF]]),
    }

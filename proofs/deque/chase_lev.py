"""The system to be proved, and its mutants."""

from __future__ import annotations

import dataclasses

from proofs.deque import machine
from proofs.deque.invariant import INVARIANT
from proofs.deque.machine import (CAP, CUR, K, KT, ME, N, NEXT, OB, POP_TOP, PUSH_BOTTOM, RE, RV, T_BOTTOM, TPC)
from proofs.smt.system import System
from proofs.smt.terms import conjunction, lift


def chase_lev(transitions=None) -> System:
    return System(
        name="chase_lev, fence table",
        variables=machine.VARIABLES,
        parameters=machine.PARAMETERS,
        functions=["(declare-fun slot (Int Int) Int)"],
        axioms=lambda: [machine.slots_are_distinct()],
        initial=machine.INITIAL,
        transitions=transitions if transitions is not None else [*machine.OWNER, *machine.THIEF],
        invariant=INVARIANT,
    )


def _with(changes: dict[str, dict]) -> System:
    """The system with some transitions changed: name -> fields to replace."""
    every = [*machine.OWNER, *machine.THIEF]
    unknown = changes.keys() - {t.name for t in every}
    assert not unknown, unknown
    return chase_lev([dataclasses.replace(t, **changes.get(t.name, {})) for t in every])


def _updates(name: str, **changes):
    for t in [*machine.OWNER, *machine.THIEF]:
        if t.name == name:
            return {**t.updates, **changes}
    raise KeyError(name)


def mutants() -> dict[str, System]:
    """Wrong deques. Each must be refuted by a concrete run (proofs/deque/runs.py)."""
    return {
        # DF7 weakened: the owner's claim does not reach the global view, nor top the owner.
        "pop.fence is no seq_cst fence": _with({
            "pop.fence": dict(updates=dict(opc=lift(POP_TOP), orel=N, orele=CUR))}),
        # DF11 weakened.
        "steal.fence is no seq_cst fence": _with({
            "steal.fence": dict(updates=dict(tpcj=TPC.store(ME, T_BOTTOM)))}),
        # DF4 weakened: push publishes without a release fence.
        "push.fence is missing": _with({"push.fence": dict(updates=dict(opc=lift(PUSH_BOTTOM)))}),
        # A release store in place of the fence. The relaxed stores of pop then release nothing (P0982), and a
        # thief that reads one of them has no claim to the items below.
        "push publishes by a release store": _with({
            "push.fence": dict(updates=dict(opc=lift(PUSH_BOTTOM))),
            "push.store_bottom": dict(updates=_updates(
                "push.store_bottom", rv=RV.store(NEXT, N), re=RE.store(NEXT, CUR)))}),
        # DF13 or DF15 weakened: the buffer's content is not acquired with it.
        "steal.load_buffer is relaxed": _with({
            "steal.load_buffer": dict(updates=_updates("steal.load_buffer", taj=machine.TA))}),
        # DF12 weakened.
        "steal.load_bottom is relaxed": _with({
            "steal.load_bottom.some": dict(updates=_updates(
                "steal.load_bottom.some", taj=machine.TA.store(ME, 0), trej=machine.TRE.store(ME, 0)))}),
        "push overwrites when it is full": _with({
            "push.load_top.room": dict(guard=conjunction(
                machine.at(machine.PUSH_TOP), machine.OWNER_READS_TOP, CAP[CUR] >= 1, OB - K <= CAP[CUR]))}),
        "the cached top is one too high": _with({
            "push.room_by_cache": dict(guard=conjunction(
                machine.at(machine.PUSH_TOP), CAP[CUR] >= 1, OB - KT <= CAP[CUR]))}),
        "pop takes the last item without a race": _with({
            "pop.load_top.many": dict(guard=conjunction(
                machine.at(POP_TOP), machine.OWNER_READS_TOP, K <= OB))}),
        "steal does not compare top": _with({
            "steal.cas_top.won": dict(guard=machine.mine(machine.T_CAS))}),
        # A claim that is too strong: the owner may be popping the last item.
        "steal's empty means that nothing is left": _with({
            "steal.load_bottom.none": dict(obligations=[machine.NOTHING_PUSHED_IS_LEFT])}),
    }

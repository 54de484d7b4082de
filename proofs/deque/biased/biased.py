"""The system to be proved, and its mutants."""

from __future__ import annotations

import dataclasses

from proofs.deque import machine as fence
from proofs.deque.biased import machine
from proofs.deque.biased.invariant import INVARIANT
from proofs.deque.biased.machine import (ASKED, KI, KM, LIGHT_TOP, MD, NEXT_TOP, OWNER_READS_TOP, OWNER_S, REBIAS_CAS,
                                         SEEN, SHARED, T_ASKED, T_SHARE, TF, TM)
from proofs.deque.machine import (CAP, CUR, IDLE, KT, ME, N, NEXT, OB, POP_TOP, PUSH_TOP, RE, RESTORE_RACE, RV, T_CAS,
                                  T_FENCE, TA, TL, TRE, at, mine, slots_are_distinct)
from proofs.smt.system import System
from proofs.smt.terms import conjunction, lift

_every = {t.name: t for t in [*machine.OWNER, *machine.THIEF]}


def biased(transitions=None) -> System:
    return System(
        name="biased deque",
        variables=machine.VARIABLES,
        parameters=machine.PARAMETERS,
        functions=["(declare-fun slot (Int Int) Int)"],
        axioms=lambda: [slots_are_distinct()],
        initial=machine.INITIAL,
        transitions=transitions if transitions is not None else list(_every.values()),
        invariant=INVARIANT,
    )


def _with(changes: dict[str, dict]) -> System:
    """Some transitions changed: name -> updates to replace, None to leave a variable as it is, or a `guard`, or
    `obligations`. That the bias was not taken back is no obligation of a mutant: it has to lose or double an item."""
    unknown = changes.keys() - _every.keys()
    assert not unknown, unknown
    changes = {"share.cas_top.lost": dict(obligations=[]), **changes}

    def changed(t):
        updates = {**t.updates, **changes.get(t.name, {})}
        fields = {f: updates.pop(f) for f in ("guard", "obligations") if f in updates}
        return dataclasses.replace(t, updates={k: v for k, v in updates.items() if v is not None}, **fields)

    return biased([changed(t) for t in _every.values()])


# A thief whose ask.fence comes before no fence of the owner's: no load of the count has to see its increment.
_never_counted = dict(tfj=TF.store(ME, 1 << 40))
_no_hit = dict(Sb=None, ov=None, St=None)


def mutants() -> dict[str, System]:
    """Wrong deques. Each must be refuted by a concrete run (runs.py, stories.py)."""
    return {
        # DB4, DB10, DB18, DB19, DB20, DB24, DB27 weakened: as in the fence table's proof, and the asking.
        "push.fence is missing": _with({"push.fence": dict(orel=None, orele=None)}),
        "push publishes by a release store": _with({
            "push.fence": dict(orel=None, orele=None),
            "push.store_bottom": dict(rv=RV.store(NEXT, N), re=RE.store(NEXT, CUR))}),
        "pop.fence is no seq_cst fence": _with({"pop.fence": dict(_no_hit, fo=None)}),
        "steal.fence is no seq_cst fence": _with({"steal.fence": dict(St=None, vbj=None)}),
        "steal.load_bottom is relaxed": _with({
            "steal.load_bottom.some": dict(taj=TA.store(ME, 0), trej=TRE.store(ME, 0))}),
        "steal.load_buffer is relaxed": _with({"steal.load_buffer": dict(taj=None)}),
        "ask.fence is no seq_cst fence": _with({"ask.fence": dict(St=None, tkj=None, **_never_counted)}),
        "ask.heavy_fence is a seq_cst fence": _with({"ask.heavy_fence": dict(hbj=None, ht=None)}),
        "the shared word does not carry what the heavy fence has seen": _with({"share.cas_top.won": dict(
            mb=machine.MB.store(NEXT_TOP, machine.MB[machine.TT]))}),
        "pop.light_fence is missing": _with({"pop.light_fence": dict(lb=None, ov=None)}),
        # Rules broken.
        "pop takes without a fence while a thief asks": _with({
            "pop.load_top.mine": dict(guard=conjunction(at(LIGHT_TOP), OWNER_READS_TOP, KM != SHARED, KI < OB))}),
        "pop takes without a fence from a shared deque": _with({
            "pop.load_top.mine": dict(guard=conjunction(at(LIGHT_TOP), OWNER_READS_TOP, KM != ASKED, KI < OB))}),
        "a thief shares without a heavy fence": _with({"share.cas_top.won": dict(
            guard=conjunction(mine(T_ASKED), machine.top_is(TL[ME], TM[ME])))}),
        "who finds the deque asked for shares it without a heavy fence": _with({
            "ask.load_top.asked": dict(tpcj=machine.TPC.store(ME, T_SHARE))}),
        "a thief steals from a deque that is not shared": _with({
            "steal.fence": dict(guard=mine(T_FENCE))}),
        "the bias is taken back from asked": _with({
            "pop.load_top_again.many": dict(opc=lift(REBIAS_CAS), ot=KI, om=KM)}),
        "the count is ignored": _with({"rebias.load_askers.none": dict(guard=at(machine.REBIAS))}),
        "the first slow pop takes the bias back": _with({
            "pop.load_top_again.first_look": dict(opc=lift(machine.REBIAS), ot=KI, om=KM)}),
        "a thief leaves the count before it shares": _with({"ask.heavy_fence": _never_counted}),
        "the last item's compare-exchange drops the bias": _with({
            "pop.cas_top.won": dict(mm=machine.MM.store(NEXT_TOP, OWNER_S), md=lift(OWNER_S))}),
        "the last item's compare-exchange is not tried again": _with({"pop.cas_top.again": dict(
            obligations=_every["pop.cas_top.lost"].obligations, opc=lift(RESTORE_RACE))}),
        "pop takes the last item without a race": _with({
            "pop.load_top.mine": dict(guard=conjunction(at(LIGHT_TOP), OWNER_READS_TOP, KM == OWNER_S, KI <= OB))}),
        "a slow pop takes the last item without a race": _with({
            "pop.load_top_again.first_look": dict(guard=conjunction(
                at(POP_TOP), OWNER_READS_TOP, KI <= OB, KM == SHARED, SEEN != KI))}),
        "the oldest item's compare-exchange drops the bias": _with({
            "oldest.cas_top.won": dict(mm=machine.MM.store(NEXT_TOP, OWNER_S), md=lift(OWNER_S))}),
        "the oldest item's compare-exchange puts back the bias that it read": _with({
            "oldest.cas_top.won": dict(guard=conjunction(at(machine.OLDEST_CAS), machine.T == machine.OT))}),
        "the oldest item is taken by a store": _with({"oldest.cas_top.won": dict(
            guard=at(machine.OLDEST_CAS), T=machine.OT + 1, mi=machine.MI.store(NEXT_TOP, machine.OT + 1))}),
        "the oldest item is taken where there is none": _with({
            "oldest.load_top.some": dict(guard=conjunction(at(IDLE), OWNER_READS_TOP, KI <= machine.B))}),
        "a compare-exchange for the oldest item is not tried again": _with({"oldest.cas_top.again": dict(
            obligations=_every["oldest.cas_top.lost"].obligations, opc=lift(IDLE))}),
        "steal does not compare the index": _with({"steal.cas_top.won": dict(
            guard=conjunction(mine(T_CAS), MD == TM[ME]))}),
        "push overwrites when it is full": _with({"push.load_top.room": dict(
            guard=conjunction(at(PUSH_TOP), OWNER_READS_TOP, CAP[CUR] >= 1, OB - KI <= CAP[CUR]))}),
        "the cached top is one too high": _with({
            "push.room_by_cache": dict(guard=conjunction(at(PUSH_TOP), CAP[CUR] >= 1, OB - KT <= CAP[CUR]))}),
        # Claims that are too strong: the owner may be popping the last item.
        "steal's empty means that nothing is left": _with({
            "steal.load_bottom.none": dict(obligations=[fence.NOTHING_PUSHED_IS_LEFT])}),
        "the first look's empty means that nothing is left": _with({
            "steal.peek_bottom.none": dict(obligations=[fence.NOTHING_PUSHED_IS_LEFT])}),
    }

"""The two systems to be proved, and their mutants."""

from __future__ import annotations

import dataclasses

from proofs.park import invariant, machine
from proofs.park.machine import (DONE, EP, FENCED, FL, GOT, IN_FENCE, K, ME, N_IDLE, NPC, P, RV,
                                 SAW, SPC, TO, W, WPC)
from proofs.smt.system import System
from proofs.smt.terms import conjunction, disjunction, lift, row


def _system(name: str, fences, claims) -> System:
    return System(
        name=name,
        variables=machine.VARIABLES,
        parameters=machine.PARAMETERS,
        functions=[],
        axioms=lambda: [],
        initial=machine.INITIAL,
        transitions=[*machine.WAIT, *fences, *machine.NOTIFY, *machine.SETTLE],
        invariant=claims,
    )


def asymmetric() -> System:
    return _system("event count, asymmetric table", machine.LIGHT_AND_HEAVY, invariant.LIGHT_AND_HEAVY)


def symmetric() -> System:
    return _system("event count, symmetric table", machine.FULL_FENCES, invariant.FULL_FENCES)


def _with(system: System, changes: dict[str, dict]) -> System:
    """Some transitions changed: name -> updates to replace, None to drop one, or a `guard`."""
    unknown = changes.keys() - {t.name for t in system.transitions}
    assert not unknown, unknown

    def changed(t):
        updates = {**t.updates, **changes.get(t.name, {})}
        guard = updates.pop("guard", t.guard)
        return dataclasses.replace(t, guard=guard, updates={k: v for k, v in updates.items() if v is not None})

    return dataclasses.replace(system, transitions=[changed(t) for t in system.transitions])


# A notification that has looked for waiters and not published yet.
_LATE = 7
_load_first = {
    "notify.load_waiters.none": dict(guard=conjunction(
        NPC[ME] == N_IDLE, machine.VW[ME] <= K, K <= W, machine.CNT[K] == 0), npci=NPC.store(ME, _LATE)),
    "notify.publish": dict(guard=NPC[ME] == _LATE, npci=NPC.store(ME, DONE)),
}
_unchanged_word = dict(w=None, ep=None, cnt=None, rv=None)


def mutants() -> dict[str, System]:
    """Wrong event counts. Each must be refuted by a concrete run."""
    heavy, full = asymmetric(), symmetric()
    return {
        # EC2 weakened.
        "prepare.fence is missing": _with(heavy, {
            "prepare.fence.begin": dict(wpcj=WPC.store(ME, FENCED), Sw=None)}),
        "prepare.fence is an ordinary fence, against a light one": _with(heavy, {
            "prepare.fence.end": dict(guard=WPC[ME] == IN_FENCE)}),
        "prepare.fence does not acquire": _with(heavy, {"prepare.fence.end": dict(gotj=GOT)}),
        # EC5 weakened: nothing keeps the load behind the publication.
        "notify.fence is missing": _with(heavy, {
            **_load_first,
            "prepare.fence.hits.before": dict(guard=conjunction(
                WPC[ME] == IN_FENCE, disjunction(NPC[TO] == N_IDLE, NPC[TO] == _LATE))),
            "prepare.fence.hits.after": dict(guard=conjunction(
                WPC[ME] == IN_FENCE, NPC[TO] != N_IDLE, NPC[TO] != _LATE))}),
        # EC2s, EC5s weakened.
        "prepare.fence is missing, full fences": _with(full, {"prepare.fence": dict(Sw=None, sawj=SAW)}),
        "notify.fence is missing, full fences": _with(full, {
            "notify.fence": dict(vwi=None, Sw=None, Sc=None)}),
        # EC8 weakened.
        "settle.fetch_add is relaxed": _with(heavy, {
            "settle.fetch_add": dict(rv=RV.store(machine.NEXT, row(RV, W)))}),
        "settle is a load": _with(heavy, {
            "settle.fetch_add": dict(_unchanged_word, guard=conjunction(SPC[ME] == 0, lift(0) <= K, K <= W),
                                     smx=machine.SM.store(ME, K))}),
        "the ticket is taken after the re-check": _with(heavy, {
            "commit.look.blocks": dict(guard=conjunction(
                WPC[ME] == FENCED, FL <= K, P[ME] <= K, K <= W, EP[K] == EP[W]))}),
        "the epoch is not looked at": _with(heavy, {"commit.look.blocks": dict(guard=WPC[ME] == FENCED)}),
        "the epoch does not change": _with(heavy, {
            "notify.fetch_add_epoch.some": dict(ep=EP.store(machine.NEXT, EP[W]))}),
        "the wake call comes before the change of the epoch": _with(heavy, {
            "notify.fetch_add_epoch.some": dict(_unchanged_word, rmi=None),
            "notify.wake.nobody": dict(machine.modify(epochs=1), fl=None)}),
        # What the proof takes from the kernel.
        "the wake call and the look at the word know no common lock": _with(heavy, {
            f"notify.wake.{name}": dict(fl=None) for name in ("one", "more", "nobody")}),
        "a wake call wakes nobody": _with(heavy, {
            "notify.wake.nobody": dict(guard=NPC[ME] == machine.WAKING)}),
    }

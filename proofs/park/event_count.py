"""The system to be proved, and its mutants."""

from __future__ import annotations

import dataclasses

from proofs.park import machine
from proofs.park.invariant import INVARIANT
from proofs.park.machine import (ANNOUNCED, EP, FENCED, FL, GOT, K, LOOKING, ME, P, RINGING, RV, SPC, W, WPC, notifies,
                                 waits)
from proofs.smt.system import System
from proofs.smt.terms import conjunction, lift, row


def event_count() -> System:
    return System(
        name="event count",
        variables=machine.VARIABLES,
        parameters=machine.PARAMETERS,
        functions=[],
        axioms=lambda: [],
        initial=machine.INITIAL,
        transitions=[*machine.WAIT, *machine.NAP, *machine.NOTIFY, *machine.SETTLE],
        invariant=INVARIANT,
    )


def _with(system: System, changes: dict[str, dict]) -> System:
    """Some transitions changed: name -> updates to replace, None to drop one, or a `guard`."""
    unknown = changes.keys() - {t.name for t in system.transitions}
    assert not unknown, unknown

    def changed(t):
        updates = {**t.updates, **changes.get(t.name, {})}
        guard = updates.pop("guard", t.guard)
        return dataclasses.replace(t, guard=guard, updates={k: v for k, v in updates.items() if v is not None})

    return dataclasses.replace(system, transitions=[changed(t) for t in system.transitions])


_unchanged_word = dict(w=None, ep=None, cnt=None, rv=None)
_any_message = conjunction(lift(0) <= K, K <= W)


def mutants() -> dict[str, System]:
    """Wrong event counts. Each must be refuted by a concrete run."""
    right = event_count()
    with_changes = lambda changes: _with(right, changes)
    return {
        # EC2, EC2s, EC5 or EC5s weakened, or one of another kind than the other: nothing orders the two.
        "the load is not ordered by fences": with_changes({
            "notify.load_waiters.none": dict(guard=conjunction(
                notifies(LOOKING), _any_message, machine.CNT[K] == 0))}),
        "a ring without a look is not ordered by fences": with_changes({
            f"notify.fetch_add_epoch.{name}": dict(guard=conjunction(notifies(RINGING), condition))
            for name, condition in (("none", machine.CNT[W] == 0), ("some", machine.CNT[W] != 0))}),
        "prepare.fence comes before the announcement": with_changes({
            "notify.load_waiters.none": dict(guard=conjunction(
                notifies(LOOKING), _any_message, machine.CHANGES_WHAT_FENCES_SHOW, machine.CNT[K] == 0))}),
        "prepare.fence does not acquire": with_changes({"prepare.fence": dict(gotj=GOT)}),
        # EC8 weakened.
        "settle.fetch_add is relaxed": with_changes({
            "settle.fetch_add": dict(rv=RV.store(machine.NEXT, row(RV, W)))}),
        "settle is a load": with_changes({
            "settle.fetch_add": dict(_unchanged_word, guard=conjunction(SPC[ME] == 0, _any_message),
                                     smx=machine.SM.store(ME, K))}),
        "the ticket is taken after the re-check": with_changes({
            "commit.look.blocks": dict(guard=conjunction(
                waits(FENCED), FL <= K, P[ME] <= K, K <= W, EP[K] == EP[W]))}),
        "the epoch is not looked at": with_changes({"commit.look.blocks": dict(guard=waits(FENCED))}),
        "the epoch does not change": with_changes({
            "notify.fetch_add_epoch.some": dict(ep=EP.store(machine.NEXT, EP[W]))}),
        "the wake call comes before the change of the epoch": with_changes({
            "notify.fetch_add_epoch.some": dict(_unchanged_word, rmi=None),
            "notify.wake.nobody": dict(machine.modify(epochs=1), fl=None)}),
        # What the proof takes from the kernel.
        "the wake call and the look at the word know no common lock": with_changes({
            f"notify.wake.{name}": dict(fl=None) for name in ("one", "more", "nobody")}),
        "a wake call wakes nobody": with_changes({
            "notify.wake.nobody": dict(guard=notifies(machine.WAKING))}),
    }

"""The system to be proved, and its mutants."""

from __future__ import annotations

import dataclasses

from proofs.smt.system import System
from proofs.smt.terms import conjunction, row
from proofs.task_pool import machine
from proofs.task_pool.invariant import INVARIANT
from proofs.task_pool.machine import (COMPARING, EXPECTED, HEAD, IDLE, K, LIVE, LOCAL, ME, MV, OPC, OWNER, PC, S, SEEN,
                                      STATE, joined)


def remote_return(transitions=None) -> System:
    return System(
        name="task pool, remote return",
        variables=machine.VARIABLES,
        parameters=machine.PARAMETERS,
        functions=[],
        axioms=lambda: [],
        initial=machine.INITIAL,
        transitions=transitions if transitions is not None else machine.TRANSITIONS,
        invariant=INVARIANT,
    )


def _with(name: str, guard=None, **updates) -> System:
    """The system with one transition changed: another guard, other updates; None drops an update."""
    assert name in [t.name for t in machine.TRANSITIONS], name
    changed = []
    for t in machine.TRANSITIONS:
        if t.name == name:
            kept = {**t.updates, **updates}
            t = dataclasses.replace(t, guard=t.guard if guard is None else guard,
                                    updates={k: v for k, v in kept.items() if v is not None})
        changed.append(t)
    return remote_return(changed)


def mutants() -> dict[str, System]:
    """Wrong pools. Each must be refuted by a concrete run."""
    return {
        # TP2 weakened.
        "return.cas_head is relaxed": _with("return.cas_head.won", mv=None),
        # TP3 weakened.
        "collect.exchange_head is relaxed": _with("collect.exchange_head.some", seenj=None),
        # What a plain release store would do, and what TP2 relies on: that it is a read-modify-write.
        "a return ends the release sequences before it": _with("return.cas_head.won", mv=row(SEEN, ME)),
        "return.cas_head does not compare": _with(
            "return.cas_head.won", guard=conjunction(PC[ME] == COMPARING, joined(MV, row(SEEN, ME)))),
        "the link is not written again after a lost compare-exchange": _with(
            "return.cas_head.lost", pcj=PC, ej=EXPECTED.store(ME, K)),
        # A load in place of the exchange.
        "collect leaves the list where it was": _with("collect.exchange_head.some", head=HEAD),
        # `owner == self` forgotten in deallocate.
        "everybody frees to the local list": _with(
            "free_local", guard=conjunction(OPC == IDLE, S >= 1, STATE[S] == LIVE)),
        # As a ring of slots reused in turn would do.
        "allocate leaves the slot on the list": _with("allocate", loc=LOCAL),
        "a slot is returned with a null link": _with("return.link", next=machine.NEXT.store(machine.MINE, 0)),
        "fresh slots are cut without a look at the return list": _with(
            "collect.exchange_head.none", guard=conjunction(OPC == IDLE, LOCAL == 0, joined(MV, row(SEEN, OWNER)))),
    }

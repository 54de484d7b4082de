"""Concrete runs of the machine: the proof is about something, and its mutants are wrong.

witness(): a random run from the initial state in which every transition happens. Each state of it satisfies every
conjunct of the invariant, within a finite domain; so the invariant is not contradictory, and no guard is dead.

refute(): a random search for a run of a mutant that breaks an obligation: an item taken twice, or a wrong item.
A solver's "unknown" would show nothing; a run does.
"""

from __future__ import annotations

import random

from proofs.smt.system import System, apply, enabled, violated


def initial_state(thieves: int, capacity: int) -> dict:
    state = {name: {} if sort.startswith("(Array") else 0 for name, sort in _variables()}
    state["cap"] = {0: capacity}
    state["isb"] = {0: True}
    state["thieves"] = range(thieves)
    items = iter(range(1, 1 << 30))
    state["next_item"] = lambda: next(items)
    return with_domain(state)


def _variables():
    from proofs.deque.machine import VARIABLES

    return VARIABLES


def with_domain(state: dict) -> dict:
    """What a quantifier ranges over: a superset of the indices that mean anything in this state."""
    high = max(state["n"], state["L"], state["cur"], state["nid"]) + 2
    ranges = {"j": state["thieves"], "e": range(state["cur"] + 1), "m": range(state["n"] + 2)}
    state["domain"] = lambda name: ranges.get(name, range(high))
    state["values"] = range(0, state["nid"] + 1)
    return state


def random_step(system: System, state: dict, rng: random.Random):
    """An enabled transition with parameters, uniformly over the transitions that are enabled; or None."""
    order = list(system.transitions)
    rng.shuffle(order)
    for t in order:
        choices = list(t.choices(state, rng))
        rng.shuffle(choices)
        for parameters in choices:
            if enabled(t, state, parameters):
                return t, parameters
    return None


def witness(system: System, seed: int, steps: int) -> set[str]:
    """Names of the transitions that happened. Raises AssertionError when a state violates the invariant."""
    rng = random.Random(seed)
    fired: set[str] = set()
    while steps > 0:
        state = initial_state(thieves=rng.randint(1, 3), capacity=rng.choice([1, 2, 4]))
        for _ in range(60):
            found = random_step(system, state, rng)
            if found is None:
                break
            t, parameters = found
            broken = [name for name, claim in t.obligations if not claim.value({**state, **parameters})]
            assert not broken, f"seed {seed}: {t.name} breaks: {broken}"
            state = with_domain(apply(t, state, parameters))
            assert not (bad := violated(system, state)), f"seed {seed}: after {t.name}: {bad} violated"
            fired.add(t.name)
            steps -= 1
    return fired


def refute(system: System, seed: int, runs: int):
    """A list of step names that ends in a broken obligation, or None."""
    rng = random.Random(seed)
    for _ in range(runs):
        state = initial_state(thieves=rng.randint(1, 3), capacity=rng.choice([1, 2, 4]))
        path = []
        for _ in range(80):
            found = random_step(system, state, rng)
            if found is None:
                break
            t, parameters = found
            path.append(t.name)
            for name, claim in t.obligations:
                if not claim.value({**state, **parameters}):
                    return path + [f"broken: {name}"]
            state = with_domain(apply(t, state, parameters))
    return None

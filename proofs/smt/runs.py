"""Concrete runs of a machine: the proof is about something, and its mutants are wrong.

witness(): random runs from initial states in which every transition happens. Each state of them satisfies every
conjunct of the invariant, within a finite domain; so the invariant is not contradictory, and no guard is dead.

refute(): a random search for a run of a mutant that breaks an obligation. A solver's "unknown" would show nothing;
a run does.

follow(): the same along a story, for runs that are too long to be met by chance. walk() is witness() along one.
"""

from __future__ import annotations

import dataclasses
import random
from typing import Callable

from proofs.smt.system import System, apply, broken, enabled, violated


@dataclasses.dataclass(frozen=True)
class Setting:
    """Where concrete runs begin, and what they range over.

    initial:     a concrete initial state, of a size that the generator draws;
    with_domain: gives a state `domain`, the range of each quantified name, and whatever the transitions' `choices`
                 look at; a superset of the numbers that mean anything in that state;
    length:      how many steps a run has at most.
    """

    initial: Callable[[random.Random], dict]
    with_domain: Callable[[dict], dict]
    length: int


def blank(system: System) -> dict:
    """Every number 0, every array empty."""
    return {name: {} if sort.startswith("(Array") else 0 for name, sort in system.variables}


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


def witness(system: System, setting: Setting, seed: int, steps: int) -> set[str]:
    """Names of the transitions that happened. Raises AssertionError when a state violates the invariant."""
    rng = random.Random(seed)
    fired: set[str] = set()
    while steps > 0:
        state = setting.with_domain(setting.initial(rng))
        assert not (bad := violated(system, state)), f"seed {seed}: at the beginning: {bad} violated"
        for _ in range(setting.length):
            found = random_step(system, state, rng)
            if found is None:
                break
            t, parameters = found
            bad = broken(system, t, state, parameters)
            assert not bad, f"seed {seed}: {t.name} breaks: {bad}"
            state = setting.with_domain(apply(t, state, parameters))
            assert not (bad := violated(system, state)), f"seed {seed}: after {t.name}: {bad} violated"
            fired.add(t.name)
            steps -= 1
    return fired


def refute(system: System, setting: Setting, seed: int, runs: int):
    """A list of step names that ends in a broken obligation, or None."""
    rng = random.Random(seed)
    for _ in range(runs):
        state = setting.with_domain(setting.initial(rng))
        path = []
        for _ in range(setting.length):
            found = random_step(system, state, rng)
            if found is None:
                break
            t, parameters = found
            path.append(t.name)
            if bad := broken(system, t, state, parameters):
                return path + [f"broken: {bad[0]}"]
            state = setting.with_domain(apply(t, state, parameters))
    return None


def follow(system: System, state: dict, setting: Setting, story: list[str]):
    """A run that takes the transitions of `story` in this order, the last of which breaks an obligation: their names,
    as refute() returns them, or None. An entry is a transition's name, and "@2" after it says who takes it (the
    parameter `me`); other parameters are searched for."""
    name, _, who = story[0].partition("@")
    (t,) = [t for t in system.transitions if t.name == name]
    state = setting.with_domain(state)
    for parameters in t.choices(state, random.Random(0)):
        if (who and parameters["me"] != int(who)) or not enabled(t, state, parameters):
            continue
        bad = broken(system, t, state, parameters)
        if len(story) == 1 and bad:
            return [name, f"broken: {bad[0]}"]
        if len(story) > 1 and not bad:
            rest = follow(system, apply(t, state, parameters), setting, story[1:])
            if rest is not None:
                return [name, *rest]
    return None


def walk(system: System, state: dict, setting: Setting, story: list[str]):
    """Names of the transitions of `story`, as in follow(), if the system can take them in this order; or None. Raises
    AssertionError when one breaks an obligation or the invariant."""
    state = setting.with_domain(state)
    assert not (bad := violated(system, state)), f"before {story[:1]}: {bad} violated"
    if not story:
        return []
    name, _, who = story[0].partition("@")
    (t,) = [t for t in system.transitions if t.name == name]
    for parameters in t.choices(state, random.Random(0)):
        if (who and parameters["me"] != int(who)) or not enabled(t, state, parameters):
            continue
        assert not (bad := broken(system, t, state, parameters)), f"{name} breaks: {bad}"
        rest = walk(system, apply(t, state, parameters), setting, story[1:])
        if rest is not None:
            return [name, *rest]
    return None

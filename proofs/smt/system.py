"""Transition systems, and the conditions that make an invariant of them inductive."""

from __future__ import annotations

import dataclasses
from typing import Callable, Mapping, Sequence

from proofs.smt.terms import Term, conjunction, constant, lift


@dataclasses.dataclass(frozen=True)
class Transition:
    """One atomic step.

    guard:       when it may happen, over the state and the parameters;
    updates:     the new value of each variable that changes;
    obligations: (name, claim) that must hold in the state before it, besides the invariant being kept;
    choices:     concrete parameters to try in a concrete state (a generator), for runs.
    """

    name: str
    meaning: str
    guard: Term
    updates: Mapping[str, Term]
    obligations: Sequence[tuple[str, Term]] = ()
    choices: Callable = lambda state, rng: [{}]


@dataclasses.dataclass(frozen=True)
class Every:
    """A number that invariant and obligations speak of, and the transitions do not: any one from 0 to below `bound`,
    which no transition changes. For a solver it is a constant of which nothing else is known, so what is shown is
    shown of every such number; a concrete state is looked at with each of them."""

    name: str
    bound: Term


@dataclasses.dataclass
class System:
    """`variables`: (name, sort). `parameters`: (name, sort), of all transitions together. `every`: what the invariant
    is a family over, if it is one."""

    name: str
    variables: Sequence[tuple[str, str]]
    parameters: Sequence[tuple[str, str]]
    functions: Sequence[str]
    axioms: Callable[[], Sequence[Term]]
    initial: Term
    transitions: Sequence[Transition]
    invariant: Mapping[str, Term]
    every: Every | None = None

    def declarations(self) -> str:
        lines = [f"(declare-const {self.every.name} Int)"] if self.every else []
        lines += self.functions
        for suffix in ("0", "1"):
            lines += [f"(declare-const {name}{suffix} {sort})" for name, sort in self.variables]
        lines += [f"(declare-const {name} {sort})" for name, sort in self.parameters]
        return "\n".join(lines)

    def step(self, t: Transition) -> str:
        """The transition as a relation between the states 0 and 1."""
        parts = [t.guard.text("0")]
        for name, _ in self.variables:
            new = t.updates[name].text("0") if name in t.updates else name + "0"
            parts.append(f"(= {name}1 {new})")
        return "(and " + " ".join(parts) + ")"


@dataclasses.dataclass(frozen=True)
class Condition:
    """One question for a solver; the answer must be unsat."""

    name: str
    script: str


def conditions(system: System):
    """Initial states satisfy each conjunct; each transition keeps each conjunct and meets its obligations."""
    ranges = [t.text("0") for t in _range(system.every)]
    for part, claim in system.invariant.items():
        yield Condition(f"initial/{part}", _script(system, [*ranges, system.initial.text("0")], claim.text("0")))
    before = [c.text("0") for c in system.invariant.values()]
    axioms = ranges + [a.text(s) for a in system.axioms() for s in ("0", "1")]
    for t in system.transitions:
        assumed = axioms + before + [system.step(t)]
        for part, claim in system.invariant.items():
            yield Condition(f"{t.name}/{part}", _script(system, assumed, claim.text("1")))
        for name, claim in t.obligations:
            yield Condition(f"{t.name}/obligation: {name}", _script(system, assumed, claim.text("0")))


def _range(every: Every | None) -> list[Term]:
    return [] if every is None else [constant(every.name) >= 0, constant(every.name) < every.bound]


def _script(system: System, assumed: Sequence[str], claim: str) -> str:
    asserts = "\n".join(f"(assert {a})" for a in assumed)
    return (f"(set-logic ALL)\n{system.declarations()}\n{asserts}\n"
            f"(assert (not {claim}))\n(check-sat)\n")


def apply(t: Transition, state: Mapping, parameters: Mapping) -> dict:
    """The concrete state after `t`."""
    env = {**state, **parameters}
    after = dict(state)
    for name, term in t.updates.items():
        after[name] = lift(term).value(env)
    return after


def enabled(t: Transition, state: Mapping, parameters: Mapping) -> bool:
    return bool(t.guard.value({**state, **parameters}))


def _instances(system: System, env: Mapping):
    if system.every is None:
        return [env]
    return [{**env, system.every.name: n} for n in range(system.every.bound.value(env))]


def violated(system: System, state: Mapping) -> list[str]:
    """Names of the conjuncts that a concrete state violates, within its domain."""
    every = _instances(system, state)
    return [part for part, claim in system.invariant.items() if not all(claim.value(env) for env in every)]


def broken(system: System, t: Transition, state: Mapping, parameters: Mapping) -> list[str]:
    """Names of the obligations that `t` does not meet in a concrete state."""
    every = _instances(system, {**state, **parameters}) if t.obligations else []
    return [name for name, claim in t.obligations if not all(claim.value(env) for env in every)]


def whole_invariant(system: System) -> Term:
    return conjunction(*system.invariant.values())

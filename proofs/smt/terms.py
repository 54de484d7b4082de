"""Terms that are written once and used twice: as SMT-LIB text for a solver, and as code over a concrete state.

A proof that talks about a transition system needs both. The solver shows that no state violates the invariant;
the concrete reading shows that the system does something at all (every transition fires, every mutant goes
wrong), and that the text given to the solver means what a run does.

Sorts are Int, Bool and arrays from Int. In a concrete state an array is a dict with a default of 0, and a
quantifier ranges over the bounds that the state gives (`domain`): enough to refute, which is all that the
concrete reading is used for.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import Callable, Mapping, Sequence

INT = "Int"
BOOL = "Bool"
ARRAY = "(Array Int Int)"
BOOL_ARRAY = "(Array Int Bool)"
ARRAY2 = "(Array Int (Array Int Int))"


@dataclasses.dataclass(frozen=True, eq=False)
class Term:
    """`text` maps the suffix of state variables to SMT-LIB; `value` maps an environment to a Python value."""

    text: Callable[[str], str]
    value: Callable[[Mapping], object]

    def __add__(self, other):
        return _binary("+", self, other, lambda a, b: a + b)

    def __sub__(self, other):
        return _binary("-", self, other, lambda a, b: a - b)

    def __le__(self, other):
        return _binary("<=", self, other, lambda a, b: a <= b)

    def __lt__(self, other):
        return _binary("<", self, other, lambda a, b: a < b)

    def __ge__(self, other):
        return _binary(">=", self, other, lambda a, b: a >= b)

    def __gt__(self, other):
        return _binary(">", self, other, lambda a, b: a > b)

    def __eq__(self, other):
        return _binary("=", self, other, lambda a, b: a == b)

    def __ne__(self, other):
        return negation(self == other)

    def __getitem__(self, index):
        """An array's element."""
        index = lift(index)

        def read(env):
            array = self.value(env)
            return array.get(index.value(env), array.get("default", 0))

        return Term(lambda s: f"(select {self.text(s)} {index.text(s)})", read)

    def store(self, index, element):
        """The array with one element changed."""
        index, element = lift(index), lift(element)

        def write(env):
            array = dict(self.value(env))
            array[index.value(env)] = element.value(env)
            return array

        return Term(lambda s: f"(store {self.text(s)} {index.text(s)} {element.text(s)})", write)


def lift(x) -> Term:
    """Numbers and truth values as terms."""
    if isinstance(x, Term):
        return x
    if isinstance(x, bool):
        return Term(lambda s: "true" if x else "false", lambda env: x)
    return Term(lambda s: str(x) if x >= 0 else f"(- {-x})", lambda env: x)


def _binary(symbol, left, right, apply) -> Term:
    left, right = lift(left), lift(right)
    return Term(lambda s: f"({symbol} {left.text(s)} {right.text(s)})",
                lambda env: apply(left.value(env), right.value(env)))


def variable(name: str) -> Term:
    """A variable of the state: its name carries the suffix of the state it belongs to."""
    return Term(lambda s: name + s, lambda env: env[name])


def constant(name: str) -> Term:
    """A parameter of a transition or a bound variable: the same in every state."""
    return Term(lambda s: name, lambda env: env[name])


def conjunction(*terms) -> Term:
    terms = [lift(t) for t in terms]
    return Term(lambda s: "(and true " + " ".join(t.text(s) for t in terms) + ")",
                lambda env: all(t.value(env) for t in terms))


def disjunction(*terms) -> Term:
    terms = [lift(t) for t in terms]
    return Term(lambda s: "(or false " + " ".join(t.text(s) for t in terms) + ")",
                lambda env: any(t.value(env) for t in terms))


def negation(term) -> Term:
    return Term(lambda s: f"(not {term.text(s)})", lambda env: not term.value(env))


def implies(premise, *conclusion) -> Term:
    premise, then = lift(premise), conjunction(*conclusion)
    return Term(lambda s: f"(=> {premise.text(s)} {then.text(s)})",
                lambda env: (not premise.value(env)) or then.value(env))


def maximum(a, b) -> Term:
    a, b = lift(a), lift(b)
    return Term(lambda s: f"(ite (>= {a.text(s)} {b.text(s)}) {a.text(s)} {b.text(s)})",
                lambda env: max(a.value(env), b.value(env)))


def one_of(term, values: Sequence[int]) -> Term:
    return disjunction(*[term == v for v in values])


def row(array, index) -> Term:
    """An element of an array of arrays: an array."""
    index = lift(index)
    return Term(lambda s: f"(select {array.text(s)} {index.text(s)})",
                lambda env: array.value(env).get(index.value(env), {}))


def function(name: str, arguments: Sequence, apply: Callable) -> Term:
    """An uninterpreted function for the solver; `apply(env, values...)` in a concrete state."""
    arguments = [lift(a) for a in arguments]
    return Term(lambda s: f"({name} " + " ".join(a.text(s) for a in arguments) + ")",
                lambda env: apply(env, *[a.value(env) for a in arguments]))


def forall(names: Sequence[str], body, patterns: Sequence) -> Term:
    """For all integers. `patterns` tell the solver when to instantiate; they do not change the meaning."""

    def text(s):
        bound = " ".join(f"({n} Int)" for n in names)
        hints = " ".join(lift(p).text(s) for p in patterns)
        return f"(forall ({bound}) (! {body.text(s)} :pattern ({hints})))"

    def value(env):
        ranges = [env["domain"](n) for n in names]
        return all(body.value({**env, **dict(zip(names, choice))})
                   for choice in itertools.product(*ranges))

    return Term(text, value)

"""The concrete reading of a proof's machine as C++: states, transitions and invariant.

    python3 -m proofs.link.generate proofs.deque.words.words:fence --namespace wyn::link::deque_fence \
        --terms proofs/link/deque_terms.h > deque_fence_machine.h

What is translated is the SMT-LIB text of the terms, the very text that the solvers are given: there is one source,
and no step of it is written again by hand. proofs/link/machine_test.py compares the result with the Python reading of
the same terms (proofs/smt/terms.py), state by state.

Sorts: Int is a number, arrays from Int are tables with a default (proofs/link/machine_terms.h). A quantifier ranges
over what `range_of<'name'>(state)` of the header `--terms` says; there are the functions, too, that are uninterpreted
for the solvers.
"""

from __future__ import annotations

import argparse
import sys

from proofs.smt.prove import named
from proofs.smt.system import System
from proofs.smt.terms import ARRAY, ARRAY2, BOOL_ARRAY, INT, lift

TYPES = {INT: "number", ARRAY: "table", BOOL_ARRAY: "table", ARRAY2: "table_of_tables"}
COMPARISONS = {"=": "==", "<=": "<=", "<": "<", ">=": ">=", ">": ">"}


def parse(text: str):
    """An S-expression as nested lists of words."""
    stack = [[]]
    for word in text.replace("(", " ( ").replace(")", " ) ").split():
        if word == "(":
            stack.append([])
        elif word == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(word)
    (result,) = stack[0] if len(stack) == 1 else ([],)
    return result


def bound_name(name: str) -> str:
    """Of a bound variable: apart from the state `s` and the parameters `p`."""
    return "bound_" + name


def words_of(e) -> set[str]:
    return {e} if isinstance(e, str) else set().union(*map(words_of, e))


def parts_of(e) -> list:
    """Of a conjunction."""
    if isinstance(e, str) or e[0] != "and":
        return [e] if e != "true" else []
    return [part for inner in e[1:] for part in parts_of(inner)]


class Translator:
    """Terms of one system, over the state `s` and the parameters `p`."""

    def __init__(self, system: System):
        self.words = {name + "0": "s." + name for name, _ in system.variables}
        self.words |= {name: "p." + name for name, _ in system.parameters}
        if system.every:
            self.words[system.every.name] = "p." + system.every.name
        self.words |= {"true": "true", "false": "false"}
        self.functions = {f.split()[1]: parse(f) for f in system.functions}

    def term(self, term) -> str:
        return self._of(parse(lift(term).text("0")), frozenset())

    def definition(self, name) -> str:
        """Of a function that is made from others; empty for one that is uninterpreted."""
        kind, _, arguments, _, *body = self.functions[name]
        if kind != "define-fun":
            return ""
        names = [a for a, _ in arguments]
        return (f"inline number {name}(const state& s, const parameters& p, "
                + ", ".join(f"number {bound_name(a)}" for a in names)
                + f") {{\n  return {self._of(body[0], frozenset(names))};\n}}")

    def _of(self, e, bound) -> str:
        if isinstance(e, str):
            if e in bound:
                return bound_name(e)
            return e if e.isdigit() else self.words[e]
        head, *rest = e
        if head == "forall":
            return self._forall(rest, bound)
        parts = [self._of(r, bound) for r in rest]
        if head in ("and", "or"):
            return "(" + (" && " if head == "and" else " || ").join(parts) + ")"
        if head == "not":
            return f"(!{parts[0]})"
        if head == "=>":
            return f"(!{parts[0]} || {parts[1]})"
        if head in COMPARISONS:
            return f"({parts[0]} {COMPARISONS[head]} {parts[1]})"
        if head == "ite":
            return f"({parts[0]} ? {parts[1]} : {parts[2]})"
        if head == "-" and len(parts) == 1:
            return f"(-{parts[0]})"
        if head in ("+", "-"):
            return f"({parts[0]} {head} {parts[1]})"
        if head in ("select", "store"):
            return f"{head}({', '.join(parts)})"
        if head in self.functions:
            return f"{head}(s, p, {', '.join(parts)})"
        raise ValueError(f"no translation of {head}")

    def _forall(self, rest, bound) -> str:
        """Loops. What the body presupposes is tested as soon as its variables have values: most of them need not be
        gone through then."""
        variables, body = rest
        assert body[0] == "!", body
        names = [name for name, _ in variables]
        premises, conclusion = [], body[1]
        if conclusion[0] == "=>":
            premises, conclusion = parts_of(conclusion[1]), conclusion[2]
        inside = bound | set(names)
        code = "[&] { "
        for depth, name in enumerate([None, *names]):
            if name:
                code += (f"for (number {bound_name(name)} = 0, end_{name} = range_of<'{name}'>(s); "
                         f"{bound_name(name)} < end_{name}; ++{bound_name(name)}) {{ ")
            missing = set(names[depth:])
            for premise in [p for p in premises if not missing & words_of(p)]:
                premises.remove(premise)
                code += f"if (!{self._of(premise, inside)}) {'continue' if name else 'return true'}; "
        return (code + f"if (!{self._of(conclusion, inside)}) return false; " + "} " * len(names) + "return true; }()")


def each(system: System, claim: str) -> str:
    """`claim`, for each value of what the invariant is a family over."""
    if system.every is None:
        return claim
    name, bound = system.every.name, Translator(system).term(system.every.bound)
    return (f"[&] {{ for (p.{name} = 0; p.{name} < {bound}; ++p.{name}) if (!{claim}) return false; "
            "return true; }()")


def functions_of(system: System, t: Translator) -> tuple[list[str], list[str], list[str]]:
    """Functions, rows of the table of transitions, rows of the table of conjuncts."""
    functions = [d for f in t.functions if (d := t.definition(f))]
    rows, conjuncts = [], []
    for number, tr in enumerate(system.transitions):
        functions.append(f"inline bool guard_{number}(const state& s, const parameters& p) {{\n"
                         f"  static_cast<void>(s), static_cast<void>(p);\n  return {t.term(tr.guard)};\n}}")
        changes = "".join(f"  next.{name} = {t.term(term)};\n" for name, term in tr.updates.items())
        functions.append(f"inline void update_{number}(const state& s, const parameters& p, state& next) {{\n"
                         f"  static_cast<void>(s), static_cast<void>(p), static_cast<void>(next);\n{changes}}}")
        claims = "".join(f"  if (!{each(system, t.term(claim))}) return \"{name}\";\n"
                         for name, claim in tr.obligations)
        functions.append(f"inline const char* broken_{number}(const state& s, parameters p) {{\n"
                         f"  static_cast<void>(s), static_cast<void>(p);\n{claims}  return nullptr;\n}}")
        rows.append(f"  {{\"{tr.name}\", guard_{number}, update_{number}, broken_{number}}},")
    every = {**{f"axiom {n}": a for n, a in enumerate(system.axioms())}, **system.invariant}
    for number, (name, claim) in enumerate(every.items()):
        functions.append(f"inline bool holds_{number}(const state& s) {{\n"
                         f"  parameters p{{}};\n  static_cast<void>(p);\n  return {each(system, t.term(claim))};\n}}")
        conjuncts.append(f"  {{\"{name}\", holds_{number}}},")
    functions.append("inline bool is_initial(const state& s, const parameters& p) {\n"
                     f"  static_cast<void>(p);\n  return {t.term(system.initial)};\n}}")
    return functions, rows, conjuncts


def cpp(system: System, namespace: str, terms: str) -> str:
    t = Translator(system)
    more = [(system.every.name, INT)] if system.every else []
    state = "\n".join(f"  {TYPES[sort]} {name}{{}};" for name, sort in system.variables)
    parameters = "\n".join(f"  {TYPES[sort]} {name}{{}};" for name, sort in [*system.parameters, *more])
    variables = "".join(f"  visit(\"{name}\", s.{name});\n" for name, _ in system.variables)
    each_parameter = "".join(f"  visit(\"{name}\", p.{name});\n" for name, _ in system.parameters)
    functions, rows, conjuncts = functions_of(system, t)
    return "\n".join([
        f"// {system.name}: made by proofs/link/generate.py.", "#pragma once", "",
        f'#include "{terms}"', "", f"namespace {namespace} {{", "",
        "struct state {", state, "};", "struct parameters {", parameters, "};", "",
        "template <class Visit>\nvoid for_each_variable(const state& s, Visit visit) {", variables + "}",
        "template <class Visit>\nvoid for_each_parameter(const parameters& p, Visit visit) {", each_parameter + "}",
        "", *functions, "",
        "inline constexpr transition_of<state, parameters> transitions[] = {", *rows, "};",
        "inline constexpr conjunct_of<state> invariant[] = {", *conjuncts, "};", "",
        "struct machine {",
        f"  using state = {namespace}::state;", f"  using parameters = {namespace}::parameters;",
        f"  static constexpr const auto& transitions = {namespace}::transitions;",
        f"  static constexpr const auto& invariant = {namespace}::invariant;",
        "  static bool is_initial(const state& s, const parameters& p) {",
        f"    return {namespace}::is_initial(s, p);", "  }", "};", "",
        f"}}  // namespace {namespace}", ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("system", type=named, help="module:function, as proofs.deque.words.words:fence")
    parser.add_argument("--namespace", required=True)
    parser.add_argument("--terms", required=True, help="the header with ranges and functions")
    arguments = parser.parse_args()
    sys.stdout.write(cpp(arguments.system, arguments.namespace, arguments.terms))
    return 0


if __name__ == "__main__":
    sys.exit(main())

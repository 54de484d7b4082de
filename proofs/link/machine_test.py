"""The C++ reading of the deque's machines (proofs/link/generate.py) against the Python one, on replayed executions.

    deque_link runs TABLE MODEL N | ...; the tool's path is the first argument, then the table, then pairs of a model
    and a number, or "new"

Every step that the C++ replay takes must be enabled in Python, with its obligations, and lead to the same state;
every state must satisfy the invariant by Python's reading, too.
"""

from __future__ import annotations

import json
import subprocess
import sys

from proofs.deque.words import runs, words
from proofs.smt.system import apply, broken, enabled, violated

# Of each table: the system, what its quantifiers range over, and max_thieves of deque_terms.h.
TABLES = {
    "biased": (words.biased, runs.BIASED, 2),
    "fence": (words.fence, runs.SETTING, 4),
    "seq_cst": (words.seq_cst, runs.SETTING, 4),
}


def read(value):
    """A number, or an array as Python has it: without what equals the default."""
    if not isinstance(value, dict):
        return value
    return {(k if k == "default" else int(k)): read(v) for k, v in value.items()}


def normal(value):
    if not isinstance(value, dict):
        return int(value)
    every = {k: normal(v) for k, v in value.items()}
    default = every.get("default", 0)
    kept = {k: v for k, v in every.items() if v not in (default, {})}
    return kept | ({"default": default} if default else {})


class Comparison:
    def __init__(self, table: str):
        system, self.setting, thieves = TABLES[table]
        self.system, self.thieves = system(), range(thieves)
        self.transitions = {t.name: t for t in self.system.transitions}
        self.state, self.steps, self.taken = {}, 0, set()

    def take(self, line: str):
        entry = json.loads(line)
        parameters = {name: read(v) for name, v in entry["parameters"].items()}
        after = {name: read(v) for name, v in entry["state"].items()}
        name = entry["step"]
        if name == "initial":
            self.state = after
            env = self._with_domain({**after, **parameters})
            assert self.system.initial.value(env), "not an initial state"
        else:
            self._step(self.transitions[name], parameters, after)
        self.state = after
        self.steps += 1
        bad = violated(self.system, self._with_domain(after))
        assert not bad, f"after {name}: {bad}"

    def _with_domain(self, state):
        return self.setting.with_domain({**state, "thieves": self.thieves})

    def _step(self, t, parameters, after):
        before = self._with_domain(self.state)
        assert enabled(t, before, parameters), f"{t.name} is not enabled: {parameters}"
        bad = broken(self.system, t, before, parameters)
        assert not bad, f"{t.name}: {bad}"
        mine = apply(t, before, parameters)
        for variable, _ in self.system.variables:
            assert normal(mine[variable]) == normal(after[variable]), \
                f"{t.name}: {variable} is {normal(mine[variable])} in Python and {normal(after[variable])} in C++"
        self.taken.add(t.name)


def main(tool: str, table: str, *wanted: str) -> int:
    comparison = Comparison(table)
    for model, number in zip(wanted[::2], wanted[1::2]):
        lines = subprocess.run([tool, "runs", table, model, number], check=True, capture_output=True, text=True).stdout
        for line in lines.splitlines():
            comparison.take(line)
    missing = comparison.transitions.keys() - comparison.taken
    print(f"{comparison.steps} states, {len(comparison.taken)} of {len(comparison.transitions)} transitions")
    assert comparison.steps > 0
    assert not missing, f"never taken: {sorted(missing)}"
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

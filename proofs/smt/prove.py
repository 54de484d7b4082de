"""Proves the invariant of a system with z3 or cvc5, and says so in one line per transition.

    python3 -m proofs.smt.prove proofs.deque.chase_lev:chase_lev --solver z3 [--smt-dir DIR] [--json FILE]
        [--only TRANSITION] [--part K/N]

The system is named by its module and the function that returns it. Every condition must be answered `unsat`. `sat`
refutes it; `unknown` shows nothing and fails as well. Effort is limited by the solvers' own resource counters, for each
condition anew, and not by time, so the answer does not depend on the machine.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import pathlib
import shutil
import subprocess
import sys
import time
from typing import Iterator, Sequence

from proofs.smt.system import Condition, System, conditions

COMMANDS = {
    "z3": ["z3", "rlimit=200000000", "-in"],
    "cvc5": ["cvc5", "--lang=smt2", "--rlimit-per=20000000", "-q"],
}
MARK = "condition "


def ask(solver: str, asked: Sequence[Condition]) -> list[str]:
    """What the solver says of each, and "no answer" where it says nothing.

    One process has them all, each from a fresh start: a solver's own start takes longer than most conditions.
    """
    script = "".join(f'(reset)\n(echo "{MARK}{n}")\n{c.script}' for n, c in enumerate(asked))
    result = subprocess.run(COMMANDS[solver], input=script, capture_output=True, text=True, check=False)
    said: dict[str, list[str]] = {}
    mark = ""
    for line in result.stdout.splitlines():
        if line.strip('"').startswith(MARK):
            mark = line.strip('"')
        else:
            said.setdefault(mark, []).append(line)
    nothing = " ".join(["no answer", *result.stderr.split()])
    return [" ".join(said.get(f"{MARK}{n}", [nothing])) for n in range(len(asked))]


def by_transition(asked: Sequence[Condition], part: tuple[int, int]) -> Iterator[tuple[str, list[Condition]]]:
    """Each transition with its conditions; of `part` (k, n), the k-th of every n transitions, counted from 0."""
    groups = itertools.groupby(asked, lambda c: c.name.split("/")[0])
    for head, group in itertools.islice(groups, part[0], None, part[1]):
        yield head, list(group)


def write(folder: pathlib.Path, asked: Sequence[Condition]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for condition in asked:
        (folder / (condition.name.replace("/", ".").replace(" ", "_") + ".smt2")).write_text(condition.script)


def named(name: str) -> System:
    """The system that `module:function` returns."""
    module, _, function = name.partition(":")
    try:
        return getattr(importlib.import_module(module), function)()
    except (ImportError, AttributeError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{name}: no such system: {error}") from error


def a_part(text: str) -> tuple[int, int]:
    """K and N of K/N."""
    k, _, n = text.partition("/")
    if not (k.isdecimal() and n.isdecimal() and int(k) < int(n)):
        raise argparse.ArgumentTypeError(f"{text}: not a part; the first of four is 0/4, the last 3/4")
    return int(k), int(n)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("system", type=named, help="module:function, as proofs.deque.chase_lev:chase_lev")
    parser.add_argument("--solver", choices=sorted(COMMANDS), default="z3")
    parser.add_argument("--smt-dir", type=pathlib.Path, help="write every condition there as an SMT-LIB file")
    parser.add_argument("--json", type=pathlib.Path, help="write the answers there")
    parser.add_argument("--only", help="conditions whose name begins with this")
    parser.add_argument("--part", type=a_part, default=(0, 1), help="the K-th of every N transitions, as 0/4")
    arguments = parser.parse_args()
    if shutil.which(arguments.solver) is None:
        print(f"{arguments.solver} is not installed: apt-get install {arguments.solver}", file=sys.stderr)
        return 2
    answers: dict[str, str] = {}
    began = time.monotonic()
    wanted = [c for c in conditions(arguments.system) if c.name.startswith(arguments.only or "")]
    for head, asked in by_transition(wanted, arguments.part):
        print(f"  {head}", file=sys.stderr, flush=True)
        if arguments.smt_dir:
            write(arguments.smt_dir, asked)
        for condition, answer in zip(asked, ask(arguments.solver, asked), strict=True):
            answers[condition.name] = answer
            if answer != "unsat":
                print(f"NOT PROVED {condition.name}: {answer}", flush=True)
    failed = sum(a != "unsat" for a in answers.values())
    if arguments.json:
        arguments.json.write_text(json.dumps({"solver": arguments.solver, "conditions": answers}, indent=1) + "\n")
    print(f"{arguments.system.name}, {arguments.solver}: {len(answers)} conditions, {failed} not proved, "
          f"{time.monotonic() - began:.0f} s")
    return 1 if failed or not answers else 0


if __name__ == "__main__":
    sys.exit(main())

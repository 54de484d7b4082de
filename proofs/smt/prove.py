"""Proves the invariant of a system with z3 or cvc5, and says so in one line per transition.

    python3 -m proofs.smt.prove proofs.deque.chase_lev:chase_lev --solver z3 [--smt-dir DIR] [--json FILE]
        [--only TRANSITION]

The system is named by its module and the function that returns it. Every condition must be answered `unsat`. `sat`
refutes it; `unknown` shows nothing and fails as well. Effort is limited by the solvers' own resource counters, not by
time, so the answer does not depend on the machine.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pathlib
import shutil
import subprocess
import sys
import time

from proofs.smt.system import System, conditions

COMMANDS = {
    "z3": ["z3", "rlimit=200000000", "-in"],
    "cvc5": ["cvc5", "--lang=smt2", "--rlimit=20000000", "-q"],
}


def ask(solver: str, script: str) -> str:
    result = subprocess.run(COMMANDS[solver], input=script, capture_output=True, text=True, check=False)
    return (result.stdout.strip() or result.stderr.strip() or "no answer").splitlines()[0]


def named(name: str) -> System:
    """The system that `module:function` returns."""
    module, _, function = name.partition(":")
    try:
        return getattr(importlib.import_module(module), function)()
    except (ImportError, AttributeError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{name}: no such system: {error}") from error


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("system", type=named, help="module:function, as proofs.deque.chase_lev:chase_lev")
    parser.add_argument("--solver", choices=sorted(COMMANDS), default="z3")
    parser.add_argument("--smt-dir", type=pathlib.Path, help="write every condition there as an SMT-LIB file")
    parser.add_argument("--json", type=pathlib.Path, help="write the answers there")
    parser.add_argument("--only", help="conditions whose name begins with this")
    arguments = parser.parse_args()
    if shutil.which(arguments.solver) is None:
        print(f"{arguments.solver} is not installed: apt-get install {arguments.solver}", file=sys.stderr)
        return 2
    answers, group = {}, None
    began = time.monotonic()
    for condition in conditions(arguments.system):
        if arguments.only and not condition.name.startswith(arguments.only):
            continue
        if arguments.smt_dir:
            file = arguments.smt_dir / (condition.name.replace("/", ".").replace(" ", "_") + ".smt2")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(condition.script)
        if (head := condition.name.split("/")[0]) != group:
            group = head
            print(f"  {group}", file=sys.stderr, flush=True)
        answers[condition.name] = answer = ask(arguments.solver, condition.script)
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

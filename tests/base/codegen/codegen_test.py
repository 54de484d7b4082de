#!/usr/bin/env python3
"""codegen_test.py SEAM HAND: env_std leaves no trace in the object code.

Both arguments are objdump's output for the same functions, compiled alike: once through env_std,
once with std::atomic by hand. Every function must have the same instructions and relocations in
both. The functions named differs_* are written to differ: if they compare as equal, the comparison
sees nothing and the test fails.
"""

import re
import sys

# Functions that the comparison must find at the least; fewer: the disassembly was misread.
FUNCTIONS_MIN = 20
INSTRUCTIONS_MIN = 2


def read_functions(path):
    """Maps the name of each function to its instructions and relocations."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    functions = {}
    body = None
    for line in text.splitlines():
        head = re.fullmatch(r"<([\w.]+)>:", line)
        if head:
            body = functions.setdefault(head[1], [])
        elif line.startswith("Disassembly of section"):
            body = None
        elif body is not None and line.strip():
            body.append(" ".join(line.split()))
    return {name: strip_padding(body) for name, body in functions.items()}


def strip_padding(body):
    """Drops the no-ops that fill up to the next function: where it starts does not matter."""
    while body and re.search(r"\bnop|^xchg %ax,%ax|^data16", body[-1]):
        body = body[:-1]
    return body


def main(seam_path, hand_path):
    seam = read_functions(seam_path)
    hand = read_functions(hand_path)
    errors = []
    if set(seam) != set(hand):
        errors.append(f"not in both: {sorted(set(seam) ^ set(hand))}")
    if len(seam) < FUNCTIONS_MIN:
        errors.append(f"only {len(seam)} functions found: {sorted(seam)}")
    for name in sorted(set(seam) & set(hand)):
        if len(seam[name]) < INSTRUCTIONS_MIN:
            errors.append(f"{name}: no body found")
        elif name.startswith("differs_"):
            if seam[name] == hand[name]:
                errors.append(f"{name}: compares as equal, so this test sees nothing")
        elif seam[name] != hand[name]:
            errors.append("\n  ".join([f"{name}: through the seam", *seam[name]]))
            errors.append("\n  ".join([f"{name}: by hand", *hand[name]]))
    if not any(name.startswith("differs_") for name in seam):
        errors.append("no function that differs on purpose")
    for error in errors:
        print(error)
    print(f"{len(seam)} functions compared, {len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

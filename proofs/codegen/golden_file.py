"""What a golden file says: of each row in each function, which instructions, and of what kind they are.

The text of an instruction is an Event's (machines.py), without its meaning; `kind` reads that off again. page_test.py
compares the two.
"""

from __future__ import annotations

import dataclasses
import os
import re

from proofs.codegen.machines import TARGETS

FOLDER = "proofs/codegen/golden"
COLD = "[cold: "
KINDS = ("fence", "rmw", "ordered", "light", "heavy")


@dataclasses.dataclass(frozen=True)
class Entry:
    """One line. `uses` are the different instructions that uses of the row have, each the likely and the cold ones."""
    row: str
    function: str  # empty where no function has an instruction for the row
    access: str
    order: str
    uses: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    @property
    def table(self) -> str:
        """DF of DF9b pop.restore_bottom."""
        return re.match(r"[A-Z]+", self.row)[0]

    @property
    def short_row(self) -> str:
        return self.row.split()[0]


def kind(machine: str, text: str) -> str:
    """fence; rmw; reserved, the first half of an rmw; ordered, a load or store that orders by itself; plain; call."""
    op = text.split()[0]
    if op == "call":
        return op
    if op in ("mfence", "dmb", "dsb", "fence", "fence.tso") or re.fullmatch(r"lock \w+ \[stack\]", text):
        return "fence"
    if re.fullmatch(r"lda?xr[bh]?|lr\..*", op):
        return "reserved"
    rmw = {
        "x86-64": r"lock|xchg",
        "aarch64": r"stl?xr[bh]?|(?:cas|swp|(?:ld|st)(?:add|clr|set|eor|smax|smin|umax|umin))a?l?[bh]?",
        "riscv": r"sc\..*|amo.*",
    }
    if re.fullmatch(rmw[machine], op):
        return "rmw"
    if machine == "aarch64" and re.fullmatch(r"ldap?r[bh]?|stlr[bh]?", op):
        return "ordered"
    return "plain"


def use_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The likely instructions and the cold ones of the last column."""
    hot, _, cold = text.partition(COLD)
    parts = (hot.strip(), cold.removesuffix("]"))
    return tuple(tuple(part.split("; ")) if part and part[0] != "(" else () for part in parts)


def parse(text: str) -> tuple[str, list[Entry]]:
    """The compiler and the lines of a golden file."""
    head, _, *lines = text.splitlines()
    entries = []
    for line in lines:
        *key, instructions = line.split("\t")
        entries.append(Entry(*key, tuple(use_of(use) for use in instructions.split(" | "))))
    return head.removeprefix("# "), entries


def read_all() -> dict[str, tuple[str, list[Entry]]]:
    """target -> (compiler, entries), of every target. Run from the root of the repository."""
    result = {}
    for name in TARGETS:
        with open(os.path.join(FOLDER, name + ".tsv"), encoding="utf-8") as file:
            result[name] = parse(file.read())
    return result


def count(machine: str, entry: Entry, cold: bool) -> dict[str, int]:
    """How many instructions of each of KINDS one use of the row has, the dearest use; half a light or heavy pair is one
    of its own, since of its fences one call executes some or none."""
    best = dict.fromkeys(KINDS, 0)
    for use in entry.uses:
        instructions = use[cold]
        if entry.order in ("light", "heavy"):
            found = {entry.order: 1 if instructions else 0}
        else:
            kinds = [kind(machine, i) for i in instructions]
            found = {k: kinds.count(k) for k in KINDS}
        best = {k: max(best[k], found.get(k, 0)) for k in KINDS}
    return best

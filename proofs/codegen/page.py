"""docs/codegen.md: what the rows and the operations cost on each machine, from the golden files alone.

    python3 -m proofs.codegen.page > docs/codegen.md
"""

from __future__ import annotations

import re
import sys

from proofs.codegen.golden_file import KINDS, Entry, count, kind, read_all
from proofs.codegen.listing import natural
from proofs.codegen.machines import RELEASE_FLAGS, TARGETS

COMMAND = "python3 -m proofs.codegen.page > docs/codegen.md"
LETTERS = dict(zip(KINDS, "FRALH", strict=True))
NOTHING, ABSENT = "–", "·"

HEAD = """# What the memory orders cost
<!-- Written by `{command}`. -->
The ordering instructions of every operation and every row of the [ordering tables](orders.md), in the structures as
they are shipped. Made from the golden files in `proofs/codegen/golden`, which `//proofs/codegen:all` compares with
what the compilers write. Where one of these is not installed its tests are SKIPPED; `./check` installs them all.
Nothing here is a time.

Compiled with `{flags}` and:

| machine | gcc | clang | flags |
|---|---|---|---|
{compilers}

| letter | what it counts |
|---|---|
| F | a fence |
| R | a read-modify-write; a pair of load-reserved and store-conditional is one |
| A | a load or store that acquires or releases by itself |
| L | a light fence: a test of a flag, and a full fence only where there is no membarrier |
| H | a heavy fence: a system call between fences, or without membarrier a full fence |
| {nothing} | plain loads and stores, or nothing |
| {absent} | no such function, or a row that was not looked for (clang: rows of the library) |

A cell holds gcc's and clang's answer with a slash between, or one if they agree. *Cold* is what stands in the part of
the function that the compiler moved away as unlikely.

**Counted are instructions that stand in a function**, not those that a call executes: a pop that leaves an item behind
executes no compare-exchange, though it stands there. An item is two words: a slot's row is two accesses. A compiler may
write the first turn of a loop by itself, so that one access counts twice; other uses of a row in one function count
once if they look the same. What a function calls out of line counts for the callee. An operation without atomic
accesses, such as the allocation of a slot from the heap's own list, is not listed: it costs none of this. Of template
arguments, only those that name a table or a layout are shown.

**In the tables of rows**, repeated instructions stand once, and plain loads and stores beside an instruction that
orders are left out. Of light and heavy fences all fences and calls are shown, with their number.
"""

Golden = dict[str, tuple[str, list[Entry]]]


def machines() -> dict[str, list[str]]:
    """Machine with its extensions -> its targets, in the order of machines.py."""
    result: dict[str, list[str]] = {}
    for name in TARGETS:
        result.setdefault(name.rpartition("-")[0], []).append(name)
    return result


def line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def table(head: list[str], rows: list[list[str]], names: int = 0) -> list[str]:
    """Rows that differ in the cell number `names` alone become one."""
    joined: dict[tuple, list[str]] = {}
    for row in rows:
        found = joined.setdefault((*row[:names], *row[names + 1:]), [])
        if row[names] not in found:
            found.append(row[names])
    columns = [*head, *machines()]
    lines = [line(*rest[:names], ", ".join(found), *rest[names:]) for rest, found in joined.items()]
    return ["", line(*columns), "|" + "---|" * len(columns), *lines] if lines else []


def cells(answer) -> list[str]:
    """One cell a machine; `answer` says what one target's is."""
    result = []
    for targets in machines().values():
        texts = [answer(target) for target in targets]
        result.append(texts[0] if len(set(texts)) == 1 else " / ".join(texts))
    return result


def counts_text(counts: dict[str, int]) -> str:
    return " ".join(f"{counts[k]}{LETTERS[k]}" for k in KINDS if counts[k])


def added(machine: str, entries: list[Entry], cold: bool) -> dict[str, int]:
    each = [count(machine, entry, cold) for entry in entries]
    return {k: sum(c[k] for c in each) for k in KINDS}


def cost(golden: Golden, target: str, function: str) -> str:
    """What one operation has on one target."""
    machine = TARGETS[target].machine
    entries = [entry for entry in golden[target][1] if entry.function == function]
    if not entries:
        return ABSENT
    hot, cold = (counts_text(added(machine, entries, cold)) for cold in (False, True))
    return " + ".join([*([hot] if hot else []), *([f"cold {cold}"] if cold else [])]) or NOTHING


def mnemonic(machine: str, text: str) -> str:
    if kind(machine, text) in ("fence", "call"):
        return text
    words = text.split()
    return " ".join(words[:2] if words[0] == "lock" else words[:1])


def own(machine: str, entry: Entry, instructions: list[str]) -> list[str]:
    """Without what is a neighbour's, or the test of a light fence's flag."""
    kinds = {i: kind(machine, i) for i in instructions}
    if entry.access == "fence":
        return [i for i in instructions if kinds[i] in ("fence", "call")]
    if {"ordered", "rmw", "reserved"} & set(kinds.values()):
        return [i for i in instructions if kinds[i] != "plain"]
    return instructions


def one_use(machine: str, entry: Entry, use) -> str:
    """The instructions of one use, of repeated ones once."""
    words = [mnemonic(machine, i) for i in own(machine, entry, [i for part in use for i in part])]
    if entry.order in ("light", "heavy"):
        numbers = {w: words.count(w) for w in words}
        return "; ".join(w if n == 1 else f"{n} x {w}" for w, n in numbers.items())
    for n in range(1, len(words)):
        if len(words) % n == 0 and words == words[:n] * (len(words) // n):
            return "; ".join(words[:n])
    return "; ".join(words)


def row_text(golden: Golden, target: str, row: str) -> str:
    """What a row becomes on one target, in all functions; the shorter first."""
    machine = TARGETS[target].machine
    entries = [entry for entry in golden[target][1] if entry.row == row]
    texts = {one_use(machine, entry, use) for entry in entries for use in entry.uses}
    ordered = sorted(texts - {""}, key=lambda text: (len(text), text))
    if not entries:
        return ABSENT
    return " or ".join(f"`{text}`" for text in ordered) or NOTHING


def all_entries(golden: Golden) -> list[Entry]:
    return [entry for _, entries in golden.values() for entry in entries]


def tables_of(golden: Golden) -> dict[str, list[str]]:
    """Letters of a table -> its rows, in the order of their numbers."""
    result: dict[str, list[str]] = {}
    for row in sorted({entry.row for entry in all_entries(golden)}, key=natural):
        found = next(entry for entry in all_entries(golden) if entry.row == row)
        result.setdefault(found.table, []).append(row)
    return result


def functions_of(golden: Golden) -> dict[str, list[str]]:
    """Letters of a table -> the operations whose first row is of that table."""
    first: dict[str, str] = {}
    for entry in all_entries(golden):
        if entry.function and not entry.function.startswith("("):
            first[entry.function] = min(first.get(entry.function, entry.table), entry.table)
    result: dict[str, list[str]] = {}
    for function in sorted(first):
        result.setdefault(first[function], []).append(function)
    return result


def about(golden: Golden, row: str) -> tuple[str, str]:
    """Access and order of a row: a target without an instruction for it does not know the access."""
    found = [entry for entry in all_entries(golden) if entry.row == row]
    return next((e.access for e in found if e.access), "fence"), found[0].order


def split(function: str) -> tuple[str, str]:
    """Structure, with the arguments that name a table or a layout, and operation."""
    structure, _, operation = function.rpartition("::")
    name, _, arguments = structure.removesuffix(">").partition("<")
    if "<" in arguments or not arguments:
        return structure or "(by itself)", operation
    kept = [a for a in arguments.split(", ") if re.search(r"_(orders|layout)$", a)]
    return f"{name}<{', '.join(kept)}>", operation


def title(name: str, functions: list[str]) -> str:
    names = sorted({table for f in functions for table in re.findall(r"\w+_orders", f)})
    return f"{name}: {', '.join(f'`{n}`' for n in names)}" if names else name


def section(golden: Golden, name: str, rows: list[str], functions: list[str]) -> list[str]:
    costs, plain = [], {}
    for function in functions:
        structure, operation = split(function)
        answers = cells(lambda target, f=function: cost(golden, target, f))
        if set(answers) <= {NOTHING, ABSENT}:
            plain.setdefault(structure, []).append(operation)
        else:
            costs.append([f"`{structure}`", operation, *answers])
    lines = ["", f"## {title(name, functions)}", *table(["structure", "operation"], costs, names=1)]
    if plain:
        texts = [f"`{structure}` {', '.join(operations)}" for structure, operations in plain.items()]
        lines += ["", f"Plain loads and stores on every machine: {'; '.join(texts)}."]
    body = []
    for row in rows:
        texts = cells(lambda target, row=row: row_text(golden, target, row))
        body.append([row, *about(golden, row), *texts])
    return lines + table(["row", "access", "order"], body)


def summary(golden: Golden, tables: dict[str, list[str]], functions: dict[str, list[str]]) -> list[str]:
    """Of each table, how many rows have an instruction of each kind."""
    def rows_with(target: str, name: str) -> str:
        machine = TARGETS[target].machine
        having = {k: set() for k in KINDS}
        for entry in golden[target][1]:
            for k in KINDS:
                if entry.table == name and any(count(machine, entry, cold)[k] for cold in (False, True)):
                    having[k].add(entry.row)
        return counts_text({k: len(rows) for k, rows in having.items()}) or NOTHING

    body = []
    for name, rows in tables.items():
        texts = cells(lambda target, name=name: rows_with(target, name))
        body.append([title(name, functions.get(name, [])), str(len(rows)), *texts])
    return ["", "## Summary", "How many rows of each table have an instruction of each kind, in any function.",
            *table(["table", "rows"], body)]


def has_kind(target: str, entry: Entry, wanted: str) -> bool:
    return any(kind(TARGETS[target].machine, i) == wanted for use in entry.uses for part in use for i in part)


def stores_swapped(golden: Golden, target: str) -> str:
    """Relaxed and release stores that are read-modify-writes."""
    stores = [e for e in golden[target][1] if e.access == "store" and e.order != "seq_cst"]
    swapped = dict.fromkeys(e.short_row for e in stores if has_kind(target, e, "rmw"))
    others = dict.fromkeys(e.row for e in stores if e.short_row not in swapped)
    if not swapped:
        return ""
    text = (f"- **{target}: stores become read-modify-writes**, in {len(swapped)} of the {len(swapped) + len(others)} "
            "rows with a relaxed or\n  release store. Correct, since an exchange stores, too, and more work than the "
            f"store that the row asks for.\n  These: {', '.join(swapped)}.")
    rest = ", ".join(dict.fromkeys(row_text(golden, target, row) for row in others))
    return text + (f"\n  The others are {rest}." if others else "")


def additions_lost(golden: Golden, target: str) -> str:
    """A fetch_add that is no read-modify-write."""
    adds = [e for e in golden[target][1] if e.access == "fetch_add"]
    lost = dict.fromkeys(e.row for e in adds if not has_kind(target, e, "rmw"))
    texts = [f"{row} ({row_text(golden, target, row)})" for row in lost]
    if not lost:
        return ""
    return (f"- **{target}: a fetch_add without a read-modify-write**, {', '.join(texts)}.\n  It adds 0, and the "
            "compiler makes it a fence and a load. Why that is enough stands at `ADD_NOTHING` in\n"
            "  `proofs/codegen/mappings.py`.")


def findings(golden: Golden) -> list[str]:
    """Where a compiler takes another kind of instruction than the access asks for."""
    found = [f for target in golden for find in (stores_swapped, additions_lost) if (f := find(golden, target))]
    return ["", "## Findings", "Where a compiler takes another kind of instruction than one expects.", "",
            *(found or ["None."])]


def compilers(golden: Golden) -> str:
    lines = []
    for machine, targets in machines().items():
        flags = " ".join(TARGETS[targets[0]].flags)
        lines.append(line(machine, *(golden[target][0] for target in targets), f"`{flags}`" if flags else NOTHING))
    return "\n".join(lines)


def page(golden: Golden) -> str:
    text = HEAD.format(command=COMMAND, flags=" ".join(RELEASE_FLAGS), compilers=compilers(golden), nothing=NOTHING,
                       absent=ABSENT)
    tables, functions = tables_of(golden), functions_of(golden)
    lines = summary(golden, tables, functions) + findings(golden)
    for name, rows in tables.items():
        lines += section(golden, name, rows, functions.get(name, []))
    return text + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(read_all()))

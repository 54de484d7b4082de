"""The rows of the ordering tables in the object code of one target: what the golden files hold and mappings.py judges.

    python3 -m proofs.codegen.listing TARGET > proofs/codegen/golden/TARGET.tsv
"""

from __future__ import annotations

import dataclasses
import glob
import os
import re
import subprocess
import sys
import tempfile

from proofs.codegen import mappings
from proofs.codegen.attribute import Row, disassemble, instructions
from proofs.codegen.machines import TARGETS, Event, Target

# The structures by themselves: these the golden files show.
STRUCTURES = ["proofs/codegen/shipped.cc"]
# The files of the library with accesses of their own, or with structures inlined: judged, and shown only where nothing
# else has the row, since each edit of them moves something. Not with clang, which joins equal instructions of several
# branches and forgets whose they were.
LIBRARY = [
    "core/capi/default.cc",
    "core/runtime/default_runtime.cc",
    "core/runtime/scheduler.cc",
    "core/runtime/work_loop.cc",
    "core/runtime/work_search.cc",
]
LIBRARY_ROWS = {"DR1", "DR2", "DR3", "DR4", "RT10", "RT11", "RT21", "RT22"}
# What orders memory without a row, by the function it stands in.
NO_ROW = {"make_default": "the guard of a static variable"}
# x86-64: clang makes one instruction of this load and of the store that follows it, RT1 or RT2.
MERGED = {"RT5 count.load_own"}
# Light fences that are relied on only beside heavy ones (core/base/known_fence.h), in every use.
BESIDE_HEAVY = {"DB7 pop.fence"}
NOTHING = "(no instruction)"


@dataclasses.dataclass
class Use:
    """The events of one use of a row in one function; the cold ones stand where the compiler puts unlikely code."""
    source: str
    function: str
    row: Row
    hot: list[Event]
    cold: list[Event]

    @property
    def text(self) -> str:
        hot, cold = ("; ".join(e.text for e in mappings.own(self.row, events)) for events in (self.hot, self.cold))
        return " ".join([*([hot] if hot else []), *([f"[cold: {cold}]"] if cold else [])])


@dataclasses.dataclass
class Listing:
    target: Target
    uses: list[Use]
    errors: list[str]

    def lines(self) -> list[str]:
        """Sorted, one line for each function and row."""
        shown = [use for use in self.uses if use.source in STRUCTURES]
        known = {use.row.id for use in shown}
        by_key: dict[tuple, list[str]] = {}
        for use in self.uses:
            if use in shown or use.row.id not in known:
                function = use.function if use in shown else "(library)"
                texts = by_key.setdefault((use.row.id, function, use.row.kind, use.row.order), [])
                if use.text not in texts:
                    texts.append(use.text)
        seen = {key[0] for key in by_key}
        for row, order in demanded_rows(self.target).items():
            if row not in seen:
                by_key[row, "", "", order] = [NOTHING]
        ordered = sorted(by_key.items(), key=lambda item: (natural(item[0][0]), item[0]))
        return ["\t".join([*key, " | ".join(sorted(texts))]) for key, texts in ordered]

    def text(self) -> str:
        columns = "row\tfunction\taccess\torder\tinstructions"
        return "\n".join([f"# {version(self.target)}", columns, *self.lines(), ""])


def natural(text: str) -> list:
    """Sorts DF9b before DF10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]


def version(target: Target) -> str:
    """How the compiler calls itself: a golden file holds for one version."""
    done = subprocess.run([target.compiler, "--version"], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()[0].strip()


def sources_of(target: Target) -> list[str]:
    return STRUCTURES if target.is_clang else STRUCTURES + LIBRARY


def compile_source(target: Target, source: str, output: str, *extra: str) -> None:
    subprocess.run([*target.command, *extra, "-I.", "-c", source, "-o", output], check=True)


def disassemble_text(target: Target, path: str) -> str:
    """The instructions of an object and nothing else, by function."""
    lines = (f"{section}\t{text}" for section, _, _, text in disassemble(target.objdump, path))
    return "\n".join(re.sub(r" *(#[^<]*)?<[^>]*>| *# .*", "", line) for line in lines)  # debug information adds labels


def short(function: str) -> str:
    """chase_lev_deque<work_item, deque_seq_cst_orders>::push of a demangled name."""
    name = re.sub(r"\bwyn::(?:detail::)?|\(anonymous namespace\)::", "", function)
    name = re.sub(r"site<fixed_string<.*?\}\}[^>]*> ?", "site", name)
    name = re.sub(r"^void |\((?!.*\().*\)(?: const)?$", "", name)
    name = re.sub(r"\benv_std, |, env_std(?=[,>])|<env_std>", "", name)
    return re.sub(r"\s+", " ", name).strip()


def ordering(event: Event) -> bool:
    """Whether the instruction is there for the sake of order or atomicity: then it belongs to a row."""
    return event.rcsc or event.what in ("rmw", "load_reserved", "store_conditional", "fence")


def uses_of(target: Target, source: str, path: str) -> tuple[list[Use], list[str]]:
    """The uses of rows in the object of `source`, and what belongs to no row although it orders something."""
    found: dict[tuple, Use] = {}
    strays = []
    for instruction in instructions(target.objdump, target.prefix, path):
        event = target.event(instruction.text)
        function = short(instruction.function)
        if event is None:
            continue
        if instruction.row is None:
            if ordering(event) and function not in NO_ROW:
                strays.append(f"{source}: {function}: {event.text}: orders memory and belongs to no row")
            continue
        # The test of a light fence and its other branch may have come by different ways.
        place = () if instruction.row.kind == "fence" else instruction.place
        key = (instruction.function, instruction.row, place)
        use = found.setdefault(key, Use(source, function, instruction.row, [], []))
        (use.cold if instruction.cold else use.hot).append(event)
    return list(found.values()), strays


def table_rows(root: str = ".") -> dict[str, str]:
    """id -> order, of every row of every table of core/."""
    pattern = re.compile(r'site<"([^"]+)",\s*order::(\w+)')
    rows = {}
    for path in sorted(glob.glob(os.path.join(root, "core/*/*_orders.h"))):
        with open(path, encoding="utf-8") as file:
            rows |= dict(pattern.findall(file.read()))
    return rows


def demanded_rows(target: Target) -> dict[str, str]:
    """The rows that must be found."""
    left_out = LIBRARY_ROWS if target.is_clang else set()
    return {row: order for row, order in table_rows().items() if row.split()[0] not in left_out}


def may_vanish(target: Target, row: str, order: str) -> bool:
    """Whether a row needs no instruction: it says so, or the machine keeps that order by itself."""
    x86 = target.machine == "x86-64"
    by_itself = x86 and order in ("acquire", "release", "acq_rel")
    return ("fence" in row and (order == "none" or by_itself)) or (x86 and row in MERGED) or row in BESIDE_HEAVY


def listing(target: Target, sources: list[str] | None = None, extra: tuple[str, ...] = ()) -> Listing:
    """Compiles, attributes and judges. Run from the root of the repository."""
    uses, errors = [], []
    with tempfile.TemporaryDirectory() as folder:
        for source in sources or sources_of(target):
            path = os.path.join(folder, "object.o")
            compile_source(target, source, path, *target.debug_flags, *extra)
            more, strays = uses_of(target, source, path)
            uses += more
            errors += strays
    for use in uses:
        for error in mappings.errors(target.machine, use.row, use.hot + use.cold):
            errors.append(f"{use.row.id} ({use.row.kind} {use.row.order}) in {use.function}: {error}: {use.text}")
    seen = {use.row.id for use in uses}
    for row, order in demanded_rows(target).items() if sources is None else ():
        if row not in seen and not may_vanish(target, row, order):
            errors.append(f"{row} ({order}): not found; instantiate its structure in proofs/codegen/shipped.cc")
    return Listing(target, uses, errors)


def main(name: str) -> int:
    if name not in TARGETS:
        print(f"no such target: {name}; there are: {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    result = listing(TARGETS[name])
    print(result.text(), end="")
    for error in result.errors:
        print(error, file=sys.stderr)
    return 1 if result.errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)

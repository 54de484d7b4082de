"""python3 -m proofs.codegen.page_test: docs/codegen.md is what the golden files say.

Also that the text of an instruction says of which kind it is as well as the instruction did, and that the page of small
golden files, written by hand, counts, joins and finds what it should.
"""

from __future__ import annotations

import difflib
import sys

from proofs.codegen.golden_file import kind, parse, read_all
from proofs.codegen.machines import EVENTS, TARGETS, Event
from proofs.codegen.mappings_test import ENOUGH, TOO_WEAK
from proofs.codegen.page import COMMAND, page

PAGE = "docs/codegen.md"

# Of a table that the library has not.
HEAD = "row\tfunction\taccess\torder\tinstructions"
POP, PUSH = "stack<int, zz_orders>::pop", "stack<int, zz_orders>::push"
SMALL = {
    "x86-64": [f"ZZ1 a.store\t{PUSH}\tstore\trelaxed\tmov [m], r; mov [m], r",
               "ZZ2 a.fence\t\t\trelease\t(no instruction)",
               f"ZZ3 b.fence\t{POP}\tfence\tlight\tcmp [membarrier_registered], i; lock or [stack]",
               f"ZZ4 b.fetch_add\t{POP}\tfetch_add\trelease\t[cold: lock xadd [m], r]"],
    "aarch64": [f"ZZ1 a.store\t{PUSH}\tstore\trelaxed\tstr r, [m]; str r, [m]",
                f"ZZ2 a.fence\t{PUSH}\tfence\trelease\tdmb ish",
                f"ZZ3 b.fence\t{POP}\tfence\tlight\tldrb r, [m]; dmb ish",
                f"ZZ4 b.fetch_add\t{POP}\tfetch_add\trelease\tldxr r, [m]; stlxr r, r, [m]"],
    "riscv64": [f"ZZ1 a.store\t{PUSH}\tstore\trelaxed\tamoswap.d [m]; amoswap.d [m]",
                f"ZZ2 a.fence\t{PUSH}\tfence\trelease\tfence rw,w",
                f"ZZ3 b.fence\t{POP}\tfence\tlight\tlbu [m]; fence rw,rw",
                f"ZZ4 b.fetch_add\t{POP}\tfetch_add\trelease\tfence rw,w; amoadd.d [m]"],
}
CLANG = {"x86-64": ["ZZ4 b.fetch_add\tstack<int, zz_orders>::pop\tfetch_add\trelease\tmfence; mov r, [m]"]}
WANTED = [
    "| ZZ: `zz_orders` | 4 | 1R 1L / 1F | 1F 1R 1L | 1F 1R 1L | 2F 2R 1L |",
    "| `stack<zz_orders>` | pop | 1L + cold 1R / 1F | 1R 1L | 1R 1L | 1F 1R 1L |",
    "| `stack<zz_orders>` | push | – / · | 1F | 1F | 1F 2R |",
    "| ZZ1 a.store | store | relaxed | `mov` / · | `str` | `str` | `amoswap.d` |",
    "| ZZ2 a.fence | fence | release | – / · | `dmb ish` | `dmb ish` | `fence rw,w` |",
    "| ZZ3 b.fence | fence | light | `lock or [stack]` / · | `dmb ish` | `dmb ish` | `fence rw,rw` |",
    "| ZZ4 b.fetch_add | fetch_add | release | `lock xadd` / `mfence; mov` | `ldxr; stlxr` | `ldxr; stlxr` "
    "| `fence rw,w; amoadd.d` |",
    "- **riscv64-gcc: stores become read-modify-writes**, in 1 of the 1 rows with a relaxed or",
    "- **x86-64-clang: a fetch_add without a read-modify-write**, ZZ4 b.fetch_add (`mfence; mov`).",
]


def kind_of_event(machine: str, event: Event) -> str:
    """What `kind` has to read off the event's text."""
    if event.what in ("load", "store", "address"):
        by_itself = machine == "aarch64" and (event.acquire or event.release)
        return "ordered" if by_itself else "plain"
    return {"load_reserved": "reserved", "store_conditional": "rmw", "unknown": ""}.get(event.what, event.what)


def kind_errors():
    for machine, _, _, text in ENOUGH + TOO_WEAK:
        for instruction in text.split("; "):
            event = EVENTS[machine](instruction) if instruction else None
            wanted = kind_of_event(machine, event) if event else ""
            if wanted and kind(machine, event.text) != wanted:
                yield f"{machine}: {event.text} is called {kind(machine, event.text)}, and is {wanted}"


def small_errors():
    golden = {}
    for name in TARGETS:
        machine, _, compiler = name.rpartition("-")
        lines = SMALL[machine.removesuffix("-lse")]
        if compiler == "clang":
            lines = CLANG.get(machine, lines)
        golden[name] = parse("\n".join([f"# {compiler} 1", HEAD, *lines]))
    text = page(golden)
    yield from (f"the page of a small table has no line {line}" for line in WANTED if line not in text)


def page_errors():
    with open(PAGE, encoding="utf-8") as file:
        kept = file.read().splitlines()
    lines = list(difflib.unified_diff(kept, page(read_all()).splitlines(), PAGE, "found", n=0, lineterm=""))
    yield from [*lines, f"If that is meant: {COMMAND}"] if lines else []


def main() -> int:
    errors = [*kind_errors(), *small_errors(), *page_errors()]
    for error in errors:
        print(error)
    print(f"{len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())

"""python3 -m proofs.codegen.weak_seam_test TARGET: object code that is too weak is refused, from the source to the end.

weak_seam.cc weakens every row. Refused are those of which the machine does not make up for it by itself; gcc before 14
on RISC-V also loses the fence of a release compare-exchange, and half of a seq_cst one, which core/base/env_std.h
mends and weak_seam.cc does not.
"""

from __future__ import annotations

import re
import sys

from proofs.codegen.listing import listing, version
from proofs.codegen.machines import TARGETS

SOURCE = "proofs/codegen/weak_seam.cc"
ALL = {f"W{n}" for n in range(1, 10)}
COMPARE_EXCHANGES = {"W8", "W9"}


def expected(name: str) -> set[str]:
    target = TARGETS[name]
    if target.machine == "x86-64":
        return {"W4"}
    gcc = re.search(r"\) (\d+)\.", version(target))
    if target.machine == "riscv" and not target.is_clang and gcc and int(gcc[1]) < 14:
        return ALL
    return ALL - COMPARE_EXCHANGES


def main(name: str) -> int:
    found = listing(TARGETS[name], [SOURCE])
    rows = {use.row.id.split()[0] for use in found.uses}
    refused = {error.split()[0] for error in found.errors}
    wrong = []
    if rows != ALL:
        wrong.append(f"not found in the object: {sorted(ALL - rows)}")
    if refused != expected(name):
        wrong.append(f"refused {sorted(refused)}, expected {sorted(expected(name))}")
    print("\n".join([*found.errors, *wrong, f"{name}: {len(rows)} rows, {len(refused)} refused"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

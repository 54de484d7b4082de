"""python3 -m proofs.codegen.codegen_test TARGET: the shipped code of one target is as its golden file says, and enough.

Three questions: is each row's use enough on this machine (mappings.py, which knows no compiler); is it what the golden
file says, for the compiler of the golden file; does -g, by which rows are found, leave every instruction alone.
"""

from __future__ import annotations

import difflib
import os
import sys
import tempfile

from proofs.codegen import page
from proofs.codegen.listing import STRUCTURES, compile_source, disassemble_text, listing, version
from proofs.codegen.machines import TARGETS, Target


def golden_findings(target: Target, text: str) -> list[str]:
    """Differences from the golden file; none when that is of another compiler, which is said."""
    path = f"proofs/codegen/golden/{target.name}.tsv"
    with open(path, encoding="utf-8") as file:
        golden = file.read()
    written_by = golden.splitlines()[0].removeprefix("# ")
    if written_by != version(target):
        print(f"NOT COMPARED with {path}: that is of {written_by}, this is {version(target)}")
        return []
    different = list(difflib.unified_diff(golden.splitlines(), text.splitlines(), "golden", "found", n=0, lineterm=""))
    if different:
        different.append(f"If that is meant: python3 -m proofs.codegen.listing {target.name} > {path}")
        different.append(f"and then, for the page: {page.COMMAND}")
    return different


def debug_findings(target: Target) -> list[str]:
    """Differences between the code with and without debug information."""
    with tempfile.TemporaryDirectory() as folder:
        texts = []
        for flags in ([], target.debug_flags):
            path = os.path.join(folder, "object.o")
            compile_source(target, STRUCTURES[0], path, *flags)
            texts.append(disassemble_text(target, path))
    return [] if texts[0] == texts[1] else [f"{' '.join(target.debug_flags)} changes the code: {target.name}"]


def main(name: str) -> int:
    target = TARGETS[name]
    found = listing(target)
    findings = found.errors + golden_findings(target, found.text()) + debug_findings(target)
    for finding in findings:
        print(finding)
    print(f"{target.name}: {len(found.uses)} uses of rows, {len(findings)} findings")
    return 1 if findings or len(found.uses) < 200 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

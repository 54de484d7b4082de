"""Which row of which ordering table each instruction of an object file comes from.

The object is that of the shipped code, compiled with the flags of a release plus -g: debug information says of every
instruction by which calls it was inlined, and the innermost call of the seam carries the row in its type,

    wyn::env_std::atomic<long>::load<wyn::site<"DF10 steal.load_top", relaxed, relaxed>>

so nothing is added to the code to find out (that -g changes no instruction is tested, too). Read with objdump,
objcopy and addr2line of the machine's binutils.
"""

from __future__ import annotations

import dataclasses
import re
import subprocess
import tempfile

SECTION_BYTES = 1 << 20
ORDERS = ["none", "relaxed", "acquire", "release", "acq_rel", "seq_cst", "light", "heavy"]

# A call of the seam, demangled: what it does, the row's letters, its two orders.
SEAM = re.compile(
    r"(?:^|\s)wyn::env_std::"
    r"(?:atomic<.*?>::(?P<access>load|store|exchange|fetch_add|compare_exchange)|(?P<fence>fence))"
    r"<wyn::site<wyn::fixed_string<\d+ul>\{char \[\d+\]\{(?P<text>[^}]*)\}\}, "
    r"\(wyn::order\)(?P<success>\d+), \(wyn::order\)(?P<failure>\d+)> ?>")


@dataclasses.dataclass(frozen=True)
class Row:
    """One access or fence of a table: `kind` is the seam's function."""
    id: str
    kind: str
    success: str
    failure: str

    @property
    def order(self) -> str:
        return f"{self.success}/{self.failure}" if self.kind == "compare_exchange" else self.success


@dataclasses.dataclass(frozen=True)
class Instruction:
    function: str  # the function of the object it stands in, demangled
    cold: bool     # in the part that the compiler moved away as unlikely
    text: str      # as objdump writes it, symbols of relocations in place
    row: Row | None
    place: tuple   # the calls that lead to the row, with their lines: tells two uses of one row apart


def row_of(frame: str) -> Row | None:
    """The row that a demangled name of a function of the seam carries."""
    found = SEAM.search(frame)
    if not found:
        return None
    text = "".join(chr(int(c)) for c in re.findall(r"\(char\)(\d+)", found["text"]))
    orders = [ORDERS[int(found[o])] for o in ("success", "failure")]
    return Row(text, found["access"] or found["fence"], *orders)


def run(*command: str, text: str = "") -> str:
    return subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout


def disassemble(objdump: list[str], path: str):
    """Yields (section, symbol, address, instruction): the symbol of a relocation stands in angle brackets."""
    section = symbol = None
    pending = None
    for line in run(*objdump, "-d", "-r", "-w", "--no-show-raw-insn", path).splitlines():
        if line.startswith("Disassembly of section "):
            section = line[len("Disassembly of section "):].rstrip(":")
        elif head := re.fullmatch(r"[0-9a-f]+ <(.*)>:", line):
            # RISC-V assemblers keep local labels as symbols: they begin no function.
            if not head[1].startswith(".L"):
                symbol = head[1]
        elif body := re.fullmatch(r"\s*([0-9a-f]+):\t(.*)", line):
            relocated = re.split(r"\t+(?=[0-9a-f]+: R_)", body[2])
            if body[2].startswith("R_") and pending:  # a relocation on a line of its own
                pending[3] += f" <{body[2].split()[1]}>"
                continue
            if pending:
                yield tuple(pending)
            names = [r.split()[2] for r in relocated[1:] if len(r.split()) > 2]
            pending = [section, symbol, int(body[1], 16),
                       " ".join([" ".join(relocated[0].split()), *(f"<{n}>" for n in names)])]
    if pending:
        yield tuple(pending)


def inlining(binutils: str, path: str, places: list[tuple[str, int]]) -> dict[tuple[str, int], list]:
    """(section, address) -> [(function, file:line), ...], the innermost first.

    Each section of an object begins at 0. In a copy they lie apart, so that one process can be asked for all.
    """
    begins = {section: i * SECTION_BYTES for i, section in enumerate(dict.fromkeys(s for s, _ in places), 1)}
    if any(address >= SECTION_BYTES for _, address in places):
        raise ValueError(f"{path}: a section of more than {SECTION_BYTES} bytes")
    with tempfile.NamedTemporaryFile("w", suffix=".o") as apart, tempfile.NamedTemporaryFile("w") as moves:
        moves.writelines(f"--change-section-vma={section}={begin:#x}\n" for section, begin in begins.items())
        moves.flush()
        run(binutils + "objcopy", "@" + moves.name, path, apart.name)
        output = run(binutils + "addr2line", "-a", "-i", "-f", "-e", apart.name,
                     text="".join(f"{begins[section] + address:#x}\n" for section, address in places))
    chains: dict[int, list] = {}
    lines = iter(output.splitlines())
    current = None
    for line in lines:
        if line.startswith("0x"):
            current = chains.setdefault(int(line, 16), [])
        else:
            current.append((line, next(lines)))
    return {(section, address): chains[begins[section] + address] for section, address in places}


class Demangler:
    def __init__(self, names):
        names = sorted(set(names))
        plain = run("c++filt", text="\n".join(names)).splitlines()
        self.names = dict(zip(names, plain, strict=True))

    def __getitem__(self, name: str) -> str:
        return self.names[name]


def instructions(objdump: list[str], binutils: str, path: str) -> list[Instruction]:
    """All instructions of the object, in the order of the file."""
    listing = list(disassemble(objdump, path))
    frames = inlining(binutils, path, [(section, address) for section, _, address, _ in listing])
    plain = Demangler([entry[1] for entry in listing] + [f for chain in frames.values() for f, _ in chain])
    rows = {name: row_of(plain[name]) for chain in frames.values() for name, _ in chain}
    result = []
    for section, symbol, address, text in listing:
        chain = frames[section, address]
        depth = next((i for i, (name, _) in enumerate(chain) if rows[name]), None)
        cold = symbol.endswith(".cold") or ".text.unlikely" in section
        name = re.sub(r" \[clone [^]]*\]", "", plain[symbol])
        row = None if depth is None else rows[chain[depth][0]]
        place = () if depth is None else tuple(chain[depth + 1:])
        result.append(Instruction(name, cold, text, row, place))
    return result

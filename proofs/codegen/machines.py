"""The machines and compilers whose code is checked, and what their instructions mean for the order of memory.

An instruction that touches memory or orders such accesses becomes an Event; the others, and what only touches the
stack, do not matter here. Event.text is the instruction without registers, addresses and offsets: what the golden files
keep, since the rest changes with every edit nearby.
"""

from __future__ import annotations

import dataclasses
import re

RELEASE_FLAGS = ["-std=c++20", "-O2", "-DNDEBUG"]


@dataclasses.dataclass(frozen=True)
class Event:
    """`what`: load, store, rmw, load_reserved, store_conditional, fence, call.

    `before` and `after` say which earlier and later accesses it orders: letters of "rw". A fence orders the accesses in
    `before` ahead of those in `after`. An access with `acquire` comes before all that follow it, one with `release`
    after all that precede it; `rcsc` says that a release is not passed by a later acquire. `symbol` is the variable or
    the function that a relocation names.
    """
    text: str
    what: str
    before: str = ""
    after: str = ""
    acquire: bool = False
    release: bool = False
    rcsc: bool = False
    symbol: str = ""


@dataclasses.dataclass(frozen=True)
class Target:
    """One machine as one compiler sees it."""
    name: str
    machine: str         # x86-64, aarch64, riscv
    compiler: str
    flags: tuple[str, ...]
    prefix: str          # of the machine's binutils
    triple: str = ""     # of the clang targets

    @property
    def is_clang(self) -> bool:
        return self.compiler.startswith("clang")

    @property
    def debug_flags(self) -> list[str]:
        """binutils 2.40 misreads some of the ranges that clang writes in DWARF 5."""
        return ["-gdwarf-4" if self.is_clang else "-gdwarf-5"]

    @property
    def command(self) -> list[str]:
        target = [f"--target={self.triple}"] if self.is_clang else []
        return [self.compiler, *target, *RELEASE_FLAGS, *self.flags]

    @property
    def objdump(self) -> list[str]:
        return [self.prefix + "objdump", *(["-M", "intel"] if self.machine == "x86-64" else [])]

    def event(self, instruction: str) -> Event | None:
        return EVENTS[self.machine](instruction)


def _targets() -> dict[str, Target]:
    machines = [
        ("x86-64", "x86-64", (), "x86_64-linux-gnu"),
        # Without the LSE instructions of Armv8.1 and without the functions that choose at run time.
        ("aarch64", "aarch64", ("-march=armv8-a", "-mno-outline-atomics"), "aarch64-linux-gnu"),
        ("aarch64-lse", "aarch64", ("-march=armv8.1-a",), "aarch64-linux-gnu"),
        # Without relaxation the assembler itself resolves the line tables; no instruction differs.
        ("riscv64", "riscv", ("-march=rv64gc", "-mno-relax"), "riscv64-linux-gnu"),
    ]
    result = {}
    for name, machine, flags, triple in machines:
        cross = triple + "-"
        gcc = "g++-12" if machine == "x86-64" else cross + "g++-12"
        result[name + "-gcc"] = Target(name + "-gcc", machine, gcc, flags, cross)
        result[name + "-clang"] = Target(name + "-clang", machine, "clang++-14", flags, cross, triple)
    return result


def _symbol(text: str) -> str:
    found = re.search(r"<(\w*membarrier\w*)", text)
    return re.search(r"membarrier_[a-z]+(?:_[a-z]+)*", found[1])[0].rstrip("_") if found else ""


def _x86(text: str) -> Event | None:
    """Intel syntax. A locked instruction, and an xchg with memory, orders everything on both sides."""
    symbol = _symbol(text)
    words = re.sub(r"\s*[#<].*", "", text).strip()
    locked = words.startswith("lock ")
    op, _, rest = words.removeprefix("lock ").partition(" ")
    if op == "mfence":
        return Event("mfence", "fence", "rw", "rw", acquire=True, release=True)
    if op in ("call", "jmp") and symbol:
        return Event(f"call {symbol}", "call", symbol=symbol)
    if op.startswith(("nop", "lea", "call", "j", "push", "pop", "ret", "cs", "data16")) or "[" not in rest:
        return None
    if locked and "[rsp" in rest:
        return Event(f"lock {op} [stack]", "fence", "rw", "rw", acquire=True, release=True)
    if "[rsp" in rest:
        return None
    place = f"[{symbol}]" if symbol else "[m]"
    operands = [place if "[" in o else "i" if re.fullmatch(r"-?(0x)?[0-9a-f]+", o.strip()) else "r"
                for o in re.split(r",(?![^\[]*\])", rest)]
    shape = f"{op} {', '.join(operands)}"
    if locked or op == "xchg":
        return Event(("lock " if locked else "") + shape, "rmw", acquire=True, release=True, rcsc=True)
    if operands[0] != place or op in ("cmp", "test"):
        return Event(shape, "load", acquire=True, symbol=symbol)
    # Also one that first reads the same place: a load and a store of two rows, in one instruction.
    return Event(shape, "store", release=True)


def _aarch64(text: str) -> Event | None:
    symbol = _symbol(text)
    words = re.sub(r"\s*(//|<).*", "", text).strip()
    op, _, rest = words.partition(" ")
    if op in ("dmb", "dsb"):
        domain = rest.strip()
        before, after = {"ishld": ("r", "rw"), "ld": ("r", "rw"), "ishst": ("w", "w"), "st": ("w", "w"),
                         "ish": ("rw", "rw"), "sy": ("rw", "rw")}.get(domain, ("", ""))
        return Event(f"{op} {domain}", "fence", before, after)
    if op in ("bl", "b") and symbol:
        return Event(f"call {symbol}", "call", symbol=symbol)
    if op in ("bl", "b") and (outlined := re.search(r"<__aarch64_(\w+)", text)):
        return Event(f"call __aarch64_{outlined[1]}", "unknown")
    if "[" not in rest or "[sp" in rest or op in ("prfm",):
        return None
    place = f"[{symbol}]" if symbol else "[m]"
    registers = ["z" if r.strip() in ("xzr", "wzr") else "r" for r in rest[:rest.index("[")].split(",") if r.strip()]
    shape = f"{op} {', '.join([*registers, place])}"
    if found := re.fullmatch(r"(?:ld(a)?xr|st(l)?xr)[bh]?", op):
        what = "load_reserved" if op.startswith("ld") else "store_conditional"
        return Event(shape, what, acquire=bool(found[1]), release=bool(found[2]), rcsc=True)
    if found := re.fullmatch(r"(cas|swp|ld(?:add|clr|set|eor|smax|smin|umax|umin))(a?)(l?)[bh]?", op):
        # An acquire without a register for the old value is none (Arm ARM, LDADD and SWP; not CAS).
        kept = found[1] == "cas" or registers[1] == "r"
        return Event(shape, "rmw", acquire=bool(found[2]) and kept, release=bool(found[3]), rcsc=True)
    if found := re.fullmatch(r"st(add|clr|set|eor|smax|smin|umax|umin)(l?)[bh]?", op):
        return Event(shape, "rmw", release=bool(found[2]), rcsc=True)
    if found := re.fullmatch(r"ldap?r[bh]?|ldar[bh]?", op):
        return Event(shape, "load", acquire=True, rcsc=op.startswith("ldar"), symbol=symbol)
    if re.fullmatch(r"stlr[bh]?", op):
        return Event(shape, "store", release=True, rcsc=True)
    if re.fullmatch(r"ldu?rs?[bhw]?", op):
        return Event(shape, "load", symbol=symbol)
    if re.fullmatch(r"stu?r[bh]?", op):
        return Event(shape, "store")
    return Event(shape, "unknown")  # a pair, a vector: nothing that an atomic access may become


def _riscv(text: str) -> Event | None:
    symbol = _symbol(text)
    words = re.sub(r"\s*[#<].*", "", text).strip()
    op, _, rest = words.partition(" ")
    if op == "fence.tso":
        return Event(op, "fence", "r", "rw")  # and w before w, which no compiler here relies on
    if op == "fence":
        before, _, after = (rest.strip() or "iorw,iorw").partition(",")
        if after == "unknown":
            return None  # the hint that a loop spins
        sets = ["".join(c for c in s if c in "rw") for s in (before, after)]
        return Event(f"fence {sets[0]},{sets[1]}", "fence", *sets)
    if op in ("auipc", "jalr", "jal", "j", "tail", "call") and symbol == "membarrier_or_abort":
        return Event(f"call {symbol}", "call", symbol=symbol)
    if op == "auipc" and symbol:
        return Event(f"address of {symbol}", "address", symbol=symbol)
    if "(" not in rest or "(sp)" in rest:
        return None
    if found := re.fullmatch(r"(lr|sc|amo\w+)\.[wd](?:\.(aqrl|aq|rl))?", op):
        bits = found[2] or ""
        what = {"lr": "load_reserved", "sc": "store_conditional"}.get(found[1], "rmw")
        # The manual promises nothing of an lr with rl alone or of an sc with aq alone.
        acquire = "aq" in bits and (what != "store_conditional" or bits == "aqrl")
        release = "rl" in bits and (what != "load_reserved" or bits == "aqrl")
        return Event(op + " [m]", what, acquire=acquire, release=release, rcsc=True)
    if re.fullmatch(r"l[bhwd]u?", op):
        return Event(op + " [m]", "load", symbol=symbol)
    if re.fullmatch(r"s[bhwd]", op):
        return Event(op + " [m]", "store")
    if op in ("jalr", "jr", "ret", "lla", "la"):
        return None
    return Event(op + " [m]", "unknown")


EVENTS = {"x86-64": _x86, "aarch64": _aarch64, "riscv": _riscv}
TARGETS = _targets()

"""Which instructions are enough for an access or a fence of C++20, on each machine. Says so without any compiler.

Sources: for x86-64 and the shape of the rules, Batty, Owens, Sarkar, Sewell, Weber, "Mathematizing C++ Concurrency",
POPL'11, section 5; for AArch64, Pulte et al., "Simplifying ARM Concurrency", POPL'18 (a release that is followed by an
acquire in program order stays ahead of it) and the Arm ARM, B2.3; for RISC-V, the manual, table A.6, and the psABI's
"Atomics ABI": a seq_cst load has a full fence in front. All refuse what is weaker; what is stronger passes here, and
shows in the golden files.

An order of C++ asks:
  acquire   the access, or the fence after it, comes before every later access
  release   the access, or the fence before it, comes after every earlier access
  seq_cst   both, and no seq_cst access may be passed by a later seq_cst load
"""

from __future__ import annotations

from proofs.codegen.attribute import Row
from proofs.codegen.machines import Event

# What an access of the seam may become. A plain load or store of something else may stand among the instructions of a
# row: the compiler moves a neighbour's there, or what fetches an address.
ALLOWED = {
    "load": {"load"},
    "store": {"store", "rmw"},
    "exchange": {"rmw", "load_reserved", "store_conditional"},
    "fetch_add": {"rmw", "load_reserved", "store_conditional"},
    "compare_exchange": {"rmw", "load_reserved", "store_conditional"},
    "fence": set(),
}
NEIGHBOURS = {"load", "store", "address", "call"}
# Rows that add 0. LLVM makes that a full fence and a load on x86-64, which is enough there: what comes before the fence
# is in memory before the load, and so before any later access of any thread to the word.
ADD_NOTHING = {"EC8 settle.fetch_add"}


def orders(fence: Event, before: str, after: str) -> bool:
    """Whether the fence keeps the accesses in `before` ahead of those in `after`."""
    return fence.what == "fence" and set(before) <= set(fence.before) and set(after) <= set(fence.after)


class Access:
    """One use of an access: its reading and its writing event, with the fences around them."""

    def __init__(self, read: Event | None, write: Event | None, fences_before, fences_after):
        self.read, self.write = read, write
        self.fences_before, self.fences_after = fences_before, fences_after

    def fenced_before(self, after: str) -> bool:
        return any(orders(f, "rw", after) for f in self.fences_before)

    def acquires(self) -> bool:
        return self.read.acquire or any(orders(f, "r", "rw") for f in self.fences_after)

    def releases(self) -> bool:
        return self.write.release or self.fenced_before("w")

    def read_after_seq_cst(self, machine: str) -> bool:
        """No earlier seq_cst access is passed by the read of this one.

        AArch64: RCsc instructions do not pass each other. RISC-V: a full fence, or bits that make the read a release
        too. x86-64: only a store can be passed, and a seq_cst store is followed by a fence, or is one."""
        if machine == "x86-64":
            return True
        if machine == "aarch64":
            return (self.read.acquire and self.read.rcsc) or self.fenced_before("r")
        # An AMO is one operation: what comes before its write comes before its read.
        whole = self.read is self.write and self.fenced_before("w")
        return whole or (self.read.release and self.read.acquire) or self.fenced_before("r")

    def write_before_seq_cst(self, machine: str) -> bool:
        """No later seq_cst load passes the write of this one: x86-64 asks that here, the others of the load."""
        if machine == "aarch64":
            return (self.write.release and self.write.rcsc) or any(orders(f, "w", "r") for f in self.fences_after)
        if machine == "riscv":
            return True
        return self.write.what == "rmw" or any(orders(f, "rw", "rw") for f in self.fences_after)


def accesses(events: list[Event]) -> list[Access]:
    """The uses of an access that a row's instructions are, one after the other."""
    groups = []  # (read, write, index of the first event, index of the last)
    reserved = None
    for i, event in enumerate(events):
        if event.what == "load_reserved":
            reserved = i
        elif event.what == "store_conditional":
            groups.append((events[reserved] if reserved is not None else event, event,
                           i if reserved is None else reserved, i))
            reserved = None
        elif event.what in ("load", "store", "rmw"):
            groups.append((event if event.what != "store" else None, event if event.what != "load" else None, i, i))
    result = []
    for n, (read, write, first, last) in enumerate(groups):
        start = groups[n - 1][3] + 1 if n else 0
        end = groups[n + 1][2] if n + 1 < len(groups) else len(events)
        result.append(Access(read, write, events[start:first], events[last + 1:end]))
    return result


def own(row: Row, events: list[Event]) -> list[Event]:
    """Without what a neighbour may have left among them."""
    added_nothing = row.id in ADD_NOTHING and not any(e.what in ALLOWED[row.kind] for e in events)
    if row.kind == "fence" or added_nothing:
        return events
    return [e for e in events if e.what in ALLOWED[row.kind] or e.what not in NEIGHBOURS]


def access_errors(machine: str, row: Row, events: list[Event]):
    """What is missing from the instructions of one use of an access."""
    if machine == "x86-64" and row.id in ADD_NOTHING and orders(events[0], "rw", "rw"):
        if [e.what for e in events[1:]] != ["load"]:
            yield "it is not one load after a full fence"
        return
    found = accesses(own(row, events))
    if not found:
        yield "there is no such access"
        return
    wrong = [list(missing(machine, row, access)) for access in found]
    # A neighbour's plain access is none of the row's: then one of them has to do. An rmw is nobody else's.
    alone = row.kind in ("load", "store") and min(wrong, key=len) == []
    yield from [] if alone else dict.fromkeys(sum(wrong, []))


def missing(machine: str, row: Row, access: Access):
    """What one access does not give that the row asks for."""
    failure = row.failure if row.kind == "compare_exchange" else row.success
    reads, writes = row.kind != "store", row.kind != "load"
    if reads and writes and not (access.read and access.write):
        yield "it does not read and write in one step"
        return
    both = [row.success, failure]
    if reads and any(o in ("acquire", "acq_rel", "seq_cst") for o in both) and not access.acquires():
        yield "it does not acquire"
    if writes and row.success in ("release", "acq_rel", "seq_cst") and not access.releases():
        yield "it does not release"
    if reads and "seq_cst" in both and not access.read_after_seq_cst(machine):
        yield "it may pass an earlier seq_cst access"
    if writes and row.success == "seq_cst" and not access.write_before_seq_cst(machine):
        yield "a later seq_cst load may pass it"


def fence_errors(machine: str, row: Row, events: list[Event]):
    """What is missing from the instructions of one use of a fence."""
    full = [e for e in events if orders(e, "rw", "rw")]
    calls = any(e.symbol == "membarrier_or_abort" for e in events)
    if row.success == "none" and any(e.what == "fence" for e in events):
        yield "the table says that there is no fence"
    if row.success == "seq_cst" and not full:
        yield "it is no full fence"
    if row.success == "light" and not full:
        yield "it does not fall back to a full fence"
    if row.success == "heavy" and not (calls and len(full) >= 2):
        yield "it is not a system call between two full fences"
    if machine == "x86-64":
        return  # keeps all but a store before a load
    needs = {"acquire": [("r", "rw")], "release": [("rw", "w")], "acq_rel": [("r", "rw"), ("rw", "w")]}
    for before, after in needs.get(row.success, []):
        if not any(orders(e, before, after) for e in events):
            yield f"it does not order {before} before {after}"


def errors(machine: str, row: Row, events: list[Event]) -> list[str]:
    """What is wrong with `events` as the instructions of one use of `row`; empty if they are enough."""
    allowed = ALLOWED[row.kind] | NEIGHBOURS | {"fence"}
    odd = [f"{e.text} is no instruction for a {row.kind}" for e in events if e.what not in allowed]
    check = fence_errors if row.kind == "fence" else access_errors
    return odd + list(check(machine, row, events))

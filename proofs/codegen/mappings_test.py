"""python3 -m proofs.codegen.mappings_test: mappings.py accepts the known mappings and refuses each that is too weak.

The listings are written by hand, as objdump writes them. Every accepted one is then broken: without one instruction
that orders something, or with a weaker one in its place, it must be refused.
"""

from __future__ import annotations

import sys

from proofs.codegen.attribute import Row
from proofs.codegen.machines import EVENTS
from proofs.codegen.mappings import errors

RELAXED, ACQUIRE, RELEASE, ACQ_REL, SEQ_CST = "relaxed", "acquire", "release", "acq_rel", "seq_cst"
LOAD, STORE, EXCHANGE, ADD, CAS, FENCE = "load", "store", "exchange", "fetch_add", "compare_exchange", "fence"
FLAG = "<_ZN3wyn6detail21membarrier_registeredE>"
CALL = "<_ZN3wyn6detail19membarrier_or_abortEv>"

# (machine, kind, order, instructions): each is enough.
ENOUGH = [
    ("x86-64", LOAD, SEQ_CST, "mov rax,QWORD PTR [rdi]"),
    ("x86-64", LOAD, ACQUIRE, "cmp QWORD PTR [rdi],0x0"),
    ("x86-64", STORE, RELEASE, "mov QWORD PTR [rdi],rax"),
    ("x86-64", STORE, RELAXED, "add QWORD PTR [rdi],0x1"),
    ("x86-64", STORE, SEQ_CST, "xchg QWORD PTR [rdi],rax"),
    ("x86-64", STORE, SEQ_CST, "mov QWORD PTR [rdi],rax; mfence"),
    ("x86-64", EXCHANGE, RELAXED, "xchg QWORD PTR [rdi],rax"),
    ("x86-64", ADD, SEQ_CST, "lock xadd QWORD PTR [rdi],rax"),
    ("x86-64", ADD, RELAXED, "mov rax,QWORD PTR [rbx+0xb8]; lock add QWORD PTR [rax+0x8],rbp"),
    ("x86-64", CAS, SEQ_CST, "lock cmpxchg QWORD PTR [rdi],rdx"),
    ("x86-64", FENCE, ACQ_REL, ""),
    ("x86-64", FENCE, SEQ_CST, "lock or DWORD PTR [rsp-0x8],0x0"),
    ("x86-64", FENCE, "light", f"cmp BYTE PTR [rip+0x0],0x0 {FLAG}; lock or DWORD PTR [rsp-0x8],0x0"),
    ("x86-64", FENCE, "heavy", f"lock or DWORD PTR [rsp-0x8],0x0; call 1c {CALL}; lock or DWORD PTR [rsp-0x8],0x0"),
    ("aarch64", LOAD, RELAXED, "ldr x0, [x1]"),
    ("aarch64", LOAD, ACQUIRE, "ldar x0, [x1]"),
    ("aarch64", LOAD, ACQUIRE, "ldapr x0, [x1]"),
    ("aarch64", LOAD, ACQUIRE, "ldr x0, [x1]; dmb ishld"),
    ("aarch64", LOAD, SEQ_CST, "ldar x0, [x1]"),
    ("aarch64", STORE, RELEASE, "stlr x0, [x1]"),
    ("aarch64", STORE, RELEASE, "dmb ish; str x0, [x1]"),
    ("aarch64", STORE, SEQ_CST, "stlr x0, [x1]"),
    ("aarch64", EXCHANGE, ACQUIRE, "swpa xzr, x1, [x0]"),
    ("aarch64", EXCHANGE, ACQ_REL, "ldaxr w1, [x0]; stlxr w3, w2, [x0]"),
    ("aarch64", ADD, ACQUIRE, "ldadda x0, x0, [x19]"),
    ("aarch64", ADD, RELEASE, "ldaddl x2, xzr, [x0]"),
    ("aarch64", ADD, RELAXED, "stadd x2, [x0]"),
    ("aarch64", CAS, RELEASE, "ldxr x6, [x0]; stlxr w7, x5, [x0]"),
    ("aarch64", CAS, RELEASE, "casl x2, x6, [x0]"),
    ("aarch64", CAS, SEQ_CST, "casal x2, x6, [x0]"),
    ("aarch64", CAS, SEQ_CST, "ldaxr x6, [x0]; stlxr w7, x5, [x0]"),
    ("aarch64", FENCE, ACQUIRE, "dmb ishld"),
    ("aarch64", FENCE, RELEASE, "dmb ish"),
    ("aarch64", FENCE, SEQ_CST, "dmb ish"),
    ("aarch64", FENCE, "light", "ldrb w1, [x1]; dmb ish"),
    ("riscv", LOAD, RELAXED, "ld a0,0(a1)"),
    ("riscv", LOAD, ACQUIRE, "ld a0,0(a1); fence r,rw"),
    ("riscv", LOAD, SEQ_CST, "fence rw,rw; ld a0,0(a1); fence r,rw"),
    ("riscv", STORE, RELEASE, "fence rw,w; sd a0,0(a1)"),
    ("riscv", STORE, RELEASE, "fence iorw,ow; amoswap.d zero,a0,(a5)"),
    ("riscv", STORE, RELEASE, "amoswap.d.rl zero,a0,(a5)"),
    ("riscv", STORE, SEQ_CST, "fence rw,w; sd a0,0(a1)"),
    ("riscv", EXCHANGE, ACQUIRE, "amoswap.d.aq a5,a5,(a0)"),
    ("riscv", ADD, RELEASE, "fence iorw,ow; amoadd.d a5,a4,(a0)"),
    ("riscv", ADD, ACQ_REL, "amoadd.d.aqrl a5,a4,(a0)"),
    ("riscv", CAS, RELEASE, "lr.d a4,(a0); sc.d.rl a3,a2,(a0)"),
    ("riscv", CAS, RELEASE, "fence iorw,ow; lr.d.aq a4,(a0); sc.d.aq a3,a2,(a0)"),
    ("riscv", CAS, SEQ_CST, "lr.d.aqrl a4,(a0); sc.d.rl a3,a2,(a0)"),
    ("riscv", FENCE, SEQ_CST, "fence rw,rw"),
    ("riscv", FENCE, ACQ_REL, "fence"),
]

# The same, and not enough: what a wrong compiler, or a wrong hand, would write.
TOO_WEAK = [
    ("x86-64", STORE, SEQ_CST, "mov QWORD PTR [rdi],rax"),
    ("x86-64", ADD, RELAXED, "add QWORD PTR [rdi],0x1"),
    ("x86-64", CAS, RELAXED, "cmpxchg QWORD PTR [rdi],rdx"),
    ("x86-64", ADD, RELEASE, "mfence; mov rax,QWORD PTR [rdi]"),  # enough only where 0 is added
    ("x86-64", FENCE, SEQ_CST, ""),
    ("x86-64", FENCE, "none", "lock or DWORD PTR [rsp-0x8],0x0"),
    ("x86-64", FENCE, "light", f"cmp BYTE PTR [rip+0x0],0x0 {FLAG}"),
    ("x86-64", FENCE, "heavy", f"lock or DWORD PTR [rsp-0x8],0x0; call 1c {CALL}"),
    ("aarch64", LOAD, ACQUIRE, "ldr x0, [x1]"),
    ("aarch64", LOAD, ACQUIRE, "dmb ishld; ldr x0, [x1]"),
    ("aarch64", LOAD, SEQ_CST, "ldapr x0, [x1]"),
    ("aarch64", LOAD, SEQ_CST, "ldr x0, [x1]; dmb ishld"),
    ("aarch64", STORE, RELEASE, "dmb ishst; str x0, [x1]"),
    ("aarch64", STORE, RELEASE, "str x0, [x1]; dmb ish"),
    ("aarch64", STORE, SEQ_CST, "dmb ish; str x0, [x1]"),
    ("aarch64", EXCHANGE, ACQUIRE, "swpa x2, xzr, [x0]"),
    ("aarch64", ADD, ACQUIRE, "ldadda x0, xzr, [x19]"),
    ("aarch64", ADD, RELAXED, "ldr x1, [x0]; str x1, [x0]"),
    ("aarch64", CAS, RELEASE, "casa x2, x6, [x0]"),
    ("aarch64", CAS, RELAXED, "bl 0 <__aarch64_cas8_relax>"),
    ("aarch64", FENCE, RELEASE, "dmb ishst"),
    ("aarch64", FENCE, SEQ_CST, "dmb ishld"),
    ("riscv", LOAD, SEQ_CST, "ld a0,0(a1); fence r,rw"),
    ("riscv", LOAD, SEQ_CST, "fence r,rw; ld a0,0(a1); fence r,rw"),
    ("riscv", STORE, RELEASE, "fence w,w; sd a0,0(a1)"),
    ("riscv", ADD, RELEASE, "amoadd.d.aq a5,a4,(a0)"),
    # gcc before 14, a release compare-exchange whose failure is relaxed: no fence at all (GCC bug 104831).
    ("riscv", CAS, RELEASE, "lr.d a4,(a0); sc.d a3,a2,(a0)"),
    ("riscv", CAS, RELEASE, "lr.d.rl a4,(a0); sc.d a3,a2,(a0)"),
    # gcc before 14, seq_cst: the fence holds back the sc, and the lr may come before an earlier compare-exchange.
    ("riscv", CAS, SEQ_CST, "fence iorw,ow; lr.d.aq a4,(a0); sc.d.aq a3,a2,(a0)"),
    ("riscv", FENCE, SEQ_CST, "fence r,rw"),
    ("riscv", FENCE, SEQ_CST, "fence.tso"),
]

# A word of an instruction -> weaker ones. None is a known mapping of what its case asks for.
WEAKER = {
    "ldar": ["ldr"], "ldapr": ["ldr"], "stlr": ["str"], "ldaxr": ["ldxr"], "stlxr": ["stxr"],
    "swpa": ["swp", "swpl"], "ldadda": ["ldadd", "ldaddl"], "ldaddl": ["ldadd", "ldadda"],
    "casl": ["cas", "casa"], "casal": ["casa", "casl", "cas"],
    "ish": ["ishst"], "ishld": ["ishst"],
    "amoswap.d.rl": ["amoswap.d"], "amoswap.d.aq": ["amoswap.d"], "sc.d.rl": ["sc.d"],
    "amoadd.d.aqrl": ["amoadd.d", "amoadd.d.aq", "amoadd.d.rl"], "lr.d.aqrl": ["lr.d", "lr.d.aq"],
    "rw,rw": ["w,w", "r,r", "rw,w", "r,rw"], "rw,w": ["w,w", "r,w"], "r,rw": ["r,r"], "iorw,ow": ["w,w"],
}


def verdict(machine: str, kind: str, order: str, text: str) -> list[str]:
    failure = {ACQ_REL: ACQUIRE, RELEASE: RELAXED}.get(order, order)
    row = Row("M1 case", kind, order, failure if kind == CAS else order)
    listing = [EVENTS[machine](i) for i in text.split("; ") if i]
    return errors(machine, row, [e for e in listing if e is not None])


def broken(text: str):
    """Each way to leave out a fence or to weaken one word."""
    instructions = text.split("; ")
    for i, instruction in enumerate(instructions):
        if instruction.startswith(("fence", "dmb", "mfence", "lock")):
            yield "; ".join(instructions[:i] + instructions[i + 1:])
        words = instruction.split()
        for j, word in enumerate(words):
            for weaker in WEAKER.get(word, []):
                worse = " ".join(words[:j] + [weaker] + words[j + 1:])
                yield "; ".join([*instructions[:i], worse, *instructions[i + 1:]])


def main() -> int:
    wrong, breaks = [], 0
    for machine, kind, order, text in ENOUGH:
        if found := verdict(machine, kind, order, text):
            wrong.append(f"refused: {machine} {kind} {order}: {text}: {found}")
        for worse in broken(text) if order != RELAXED else ():
            breaks += 1
            if not verdict(machine, kind, order, worse):
                wrong.append(f"accepted: {machine} {kind} {order}: {worse}, made from {text}")
    for machine, kind, order, text in TOO_WEAK:
        if not verdict(machine, kind, order, text):
            wrong.append(f"accepted: {machine} {kind} {order}: {text}")
    for line in wrong:
        print(line)
    print(f"{len(ENOUGH)} enough, {len(TOO_WEAK)} too weak, {breaks} made too weak; {len(wrong)} misjudged")
    return 1 if wrong or breaks < 40 else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""fast_path_test.py DISASSEMBLY: what wyn_spawn_fast executes when it queues a task, read off objdump's output.

The way is followed from the first instruction to the first return. Branches on it lead to colder code and
are not taken, which is how the compiler lays the function out. On the way there is no call: no jump through
the dynamic linker's table, no __tls_get_addr, no guard of a static object; no locked instruction and no fence;
and no register of the caller is saved, as every other way ends in a call. If the compiler turns the layout round,
this test fails and wants a look.
"""

import re
import sys

# More than this is not the fast way any more; gcc 12 makes 45.
INSTRUCTIONS_MAX = 50
# Fewer means that the disassembly was misread.
INSTRUCTIONS_MIN = 15
FORBIDDEN = re.compile(r"^(call|jmp|push|sub .*%rsp|lock|mfence|lfence|sfence|xchg .*\(|syscall)")


def read_ways(path):
    """The instructions of each wyn_spawn_fast in the file up to its first return."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    ways = []
    way = None
    for line in lines:
        if line == "<wyn_spawn_fast>:":
            way = []
        elif way is not None and re.match(r"\s+R_X86_64_", line):
            way[-1] += "  " + line.strip()
        elif way is not None and line.strip():
            way.append(" ".join(line.split()))
            if way[-1].startswith("ret"):
                ways.append(way)
                way = None
    return ways


def errors_of(way):
    """What is wrong with one way."""
    errors = [f"on the fast way: {i}" for i in way if FORBIDDEN.match(i)]
    if not INSTRUCTIONS_MIN <= len(way) <= INSTRUCTIONS_MAX:
        errors.append(f"{len(way)} instructions, not {INSTRUCTIONS_MIN} to {INSTRUCTIONS_MAX}")
    if not any("GOTTPOFF" in i for i in way):
        errors.append("no initial-exec access to the thread's binding (GOTTPOFF)")
    if any("TLSGD" in i or "TLSLD" in i or "TLSDESC" in i for i in way):
        errors.append("a thread-local access that asks the dynamic linker")
    return errors


def main(path):
    ways = read_ways(path)
    errors = [] if ways else ["wyn_spawn_fast is not in the disassembly"]
    for way in ways:
        print(f"{len(way)} instructions:", *way, sep="\n  ")
        errors += errors_of(way)
    for error in errors:
        print("FAILED:", error, file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

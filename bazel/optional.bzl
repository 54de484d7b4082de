"""Repositories for things that may be absent: reported as SKIPPED or absent, never as passed."""

# The commit of github.com/dvyukov/relacy that the models were written against.
RELACY_COMMIT = "9f25438"

def _relacy_impl(ctx):
    home = ctx.os.environ.get("RELACY_HOME", "")
    present = bool(home) and ctx.path(home + "/relacy/relacy.hpp").exists
    if home and not present:
        fail("RELACY_HOME=%s has no relacy/relacy.hpp: point it at a checkout of Relacy" % home)
    if present:
        ctx.symlink(ctx.path(home).get_child("relacy"), "relacy")
        hdrs = 'hdrs = glob(["relacy/**"]), includes = ["."], '
    else:
        hdrs = ""
    ctx.file(
        "BUILD.bazel",
        'cc_library(name = "relacy", %svisibility = ["//visibility:public"])\n' % hdrs,
    )
    ctx.file("defs.bzl", "ONLY_IF_PRESENT = %s\n" % ([] if present else ["@wyn//bazel:absent"]))

optional_relacy = repository_rule(
    implementation = _relacy_impl,
    doc = "Binds the Relacy sources in $RELACY_HOME; without them the Relacy targets are SKIPPED.",
    environ = ["RELACY_HOME"],
    local = True,
)

def _cargo(ctx):
    # A rustup proxy needs its owner's HOME, which no build action has: take the tool behind it.
    rustc = ctx.which("rustc")
    if rustc != None:
        sysroot = ctx.execute([rustc, "--print", "sysroot"])
        if sysroot.return_code == 0:
            behind = ctx.path(sysroot.stdout.strip() + "/bin/cargo")
            if behind.exists:
                return str(behind)
    cargo = ctx.which("cargo")
    return "" if cargo == None else str(cargo)

def _has_openmp(ctx):
    # Whether this compiler links a program with -fopenmp: clang does only if libomp is there.
    compiler = ctx.which(ctx.os.environ.get("CXX", "c++"))
    if compiler == None:
        return False
    ctx.file("openmp.cc", "#include <omp.h>\nint main() { return omp_get_max_threads() < 1; }\n")
    return ctx.execute([compiler, "-fopenmp", "openmp.cc", "-o", "openmp"]).return_code == 0

def _peers_impl(ctx):
    go = ctx.which("go")
    ctx.file("BUILD.bazel", "")
    ctx.file("defs.bzl", "\n".join([
        'GO = "%s"' % ("" if go == None else go),
        'CARGO = "%s"' % _cargo(ctx),
        "HAVE_BOOST_FIBER = %s" % ctx.path("/usr/include/boost/fiber/all.hpp").exists,
        "HAVE_TBB = %s" % ctx.path("/usr/include/tbb/task_group.h").exists,
        "HAVE_OPENMP = %s" % _has_openmp(ctx),
        "",
    ]))

optional_peers = repository_rule(
    implementation = _peers_impl,
    doc = """What the benchmarks can be compared with on this machine: GO and CARGO are paths, empty
if absent; the crates that cargo needs are looked for when it is run.""",
    environ = [
        "CXX",
        "PATH",
    ],
    local = True,
)

# What a target of proofs/codegen/machines.py needs to compile, and what running it takes as well.
_CROSS = {
    "aarch64": "aarch64-linux-gnu",
    "riscv64": "riscv64-linux-gnu",
    "x86-64": "x86_64-linux-gnu",
}

def _all_present(ctx, tools):
    return all([ctx.which(tool) != None for tool in tools])

def _machines_impl(ctx):
    compile = {}
    run = {}
    absent = ["@wyn//bazel:absent"]
    for machine, triple in _CROSS.items():
        gcc = ("" if machine == "x86-64" else triple + "-") + "g++-12"
        binutils = [triple + tool for tool in ["-objdump", "-objcopy", "-addr2line"]]
        have_gcc = _all_present(ctx, [gcc] + binutils)
        # clang brings no library for another machine: it takes that of the cross compiler.
        have_clang = have_gcc and _all_present(ctx, ["clang++-14"])
        variants = [machine] + (["aarch64-lse"] if machine == "aarch64" else [])
        for name in variants:
            compile[name + "-gcc"] = [] if have_gcc else absent
            compile[name + "-clang"] = [] if have_clang else absent
        if machine != "x86-64":
            googletest = ctx.path("/usr/src/googletest/googletest/src/gtest-all.cc").exists
            have_all = have_gcc and googletest and _all_present(ctx, ["qemu-" + machine])
            run[machine] = [] if have_all else absent
    ctx.file("BUILD.bazel", "")
    ctx.file("defs.bzl", "ONLY_IF_COMPILED = %s\nONLY_IF_RUN = %s\n" % (compile, run))

optional_machines = repository_rule(
    implementation = _machines_impl,
    doc = """The compilers and emulators for other machines that are here. ONLY_IF_COMPILED maps a
target of proofs/codegen/machines.py, ONLY_IF_RUN a machine, to a value of target_compatible_with.""",
    environ = ["PATH"],
    local = True,
)

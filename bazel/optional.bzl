"""Repositories for things that may be absent. Absent means SKIPPED or named as absent, never passed."""

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
    ctx.file("BUILD.bazel", 'cc_library(name = "relacy", %svisibility = ["//visibility:public"])\n' % hdrs)
    ctx.file("defs.bzl", "ONLY_IF_PRESENT = %s\n" % ([] if present else ["@wyn//bazel:absent"]))

optional_relacy = repository_rule(
    implementation = _relacy_impl,
    doc = "Binds the Relacy sources in $RELACY_HOME; without them the Relacy targets are SKIPPED.",
    environ = ["RELACY_HOME"],
    local = True,
)

def _peers_impl(ctx):
    found = {
        "GO": ctx.which("go") != None,
        "RAYON": ctx.which("cargo") != None and ctx.path("/usr/share/cargo/registry/rayon-core-1.10.1").exists,
        "TBB": ctx.path("/usr/include/tbb/task_group.h").exists,
    }
    ctx.file("BUILD.bazel", "")
    ctx.file("defs.bzl", "".join(["HAVE_%s = %s\n" % (k, v) for k, v in found.items()]))

optional_peers = repository_rule(
    implementation = _peers_impl,
    doc = "Which runtimes the benchmarks can be compared with on this machine.",
    environ = ["PATH"],
    local = True,
)

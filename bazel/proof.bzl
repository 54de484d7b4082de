"""A proof as tests: both solvers on its conditions, and its concrete runs."""

load("@rules_shell//shell:sh_test.bzl", "sh_test")

# sh_test and not py_test: the tests need Debian's python3 and no toolchain of Bazel's.
def wyn_proof_tests(module, systems, shards = 1):
    """prove_SOLVER_test, or prove_SYSTEM_SOLVER_test where there are several systems; runs_test.

    Args:
      module: the Python module in this package that has the systems.
      systems: their names in it.
      shards: into how many parts a solver's test is split, which Bazel runs side by side.
    """
    package = native.package_name().replace("/", ".")
    for system in systems:
        for solver in ["cvc5", "z3"]:
            sh_test(
                name = "prove_%s%s_test" % (system + "_" if len(systems) > 1 else "", solver),
                size = "medium",
                timeout = "long",  # the solvers' own limits end it
                shard_count = shards,
                srcs = [Label("//proofs/smt:prove_test.sh")],
                args = ["%s.%s:%s" % (package, module, system), solver],
                data = [":sources"],
                tags = ["proof"],
            )
    sh_test(
        name = "runs_test",
        size = "medium",
        srcs = [Label("//proofs/smt:runs_test.sh")],
        args = ["%s.runs_test" % package],
        data = [":sources"],
        tags = ["proof"],
    )

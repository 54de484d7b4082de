"""Unit tests compiled for another machine and run by its emulator."""

load("//bazel:sources.bzl", "SourcesInfo", "sources_aspect")

# As a user of that machine compiles: no option chooses among its instructions.
_FLAGS = ["-std=c++20", "-O1", "-pthread", "-static"]
_GOOGLETEST = "/usr/src/googletest"

def _compiler(machine):
    return machine + "-linux-gnu-g++-12"

def _googletest_impl(ctx):
    # Debian's googletest has sources for whoever compiles for something else than this machine.
    includes = " ".join([
        "-I%s/%s%s" % (_GOOGLETEST, part, inner)
        for part in ["googletest", "googlemock"]
        for inner in ["", "/include"]
    ])
    commands = ["set -e", "mkdir objects"]
    for source in ["googletest/src/gtest-all", "googletest/src/gtest_main", "googlemock/src/gmock-all"]:
        commands.append("{compiler} -std=c++20 -O1 {includes} -c {root}/{source}.cc -o objects/{name}.o".format(
            compiler = _compiler(ctx.attr.machine),
            includes = includes,
            root = _GOOGLETEST,
            source = source,
            name = source.split("/")[-1],
        ))
    commands.append("%s-linux-gnu-ar rcsD %s objects/*.o" % (ctx.attr.machine, ctx.outputs.out.path))
    ctx.actions.run_shell(
        command = "\n".join(commands),
        outputs = [ctx.outputs.out],
        mnemonic = "CrossGoogleTest",
        use_default_shell_env = True,
    )

googletest_for_machine = rule(
    implementation = _googletest_impl,
    doc = "GoogleTest and GoogleMock, with a main(), as an archive for `machine`.",
    attrs = {
        "machine": attr.string(mandatory = True),
        "out": attr.output(mandatory = True),
    },
)

def _machine_test_impl(ctx):
    sources = ctx.attr.test[SourcesInfo]
    program = ctx.actions.declare_file(ctx.label.name + ".elf")
    arguments = ctx.actions.args()
    arguments.add_all(_FLAGS + ["-I.", "-I" + ctx.bin_dir.path])
    for part in ["googletest", "googlemock"]:
        arguments.add("-isystem%s/%s/include" % (_GOOGLETEST, part))
    arguments.add_all(sources.srcs)
    arguments.add(ctx.file.googletest)
    arguments.add("-o", program)
    ctx.actions.run_shell(
        command = _compiler(ctx.attr.machine) + ' "$@"',
        arguments = [arguments],
        inputs = depset([ctx.file.googletest], transitive = [sources.srcs, sources.hdrs]),
        outputs = [program],
        mnemonic = "CrossCompile",
        use_default_shell_env = True,
    )
    runner = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        runner,
        '#!/bin/sh\nexec qemu-%s "$TEST_SRCDIR/%s/%s" "$@"\n' % (
            ctx.attr.machine,
            ctx.workspace_name,
            program.short_path,
        ),
        is_executable = True,
    )
    return [
        DefaultInfo(executable = runner, runfiles = ctx.runfiles([program])),
        testing.TestEnvironment(ctx.attr.env),
    ]

machine_test = rule(
    implementation = _machine_test_impl,
    test = True,
    doc = "The sources of `test`, a cc_test with GoogleTest, compiled for `machine` and run by qemu-user.",
    attrs = {
        "env": attr.string_dict(),
        "googletest": attr.label(allow_single_file = [".a"], mandatory = True),
        "machine": attr.string(mandatory = True),
        "test": attr.label(aspects = [sources_aspect], mandatory = True),
    },
)

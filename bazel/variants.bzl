"""Tests that also run under the sanitizers, or optimised, all inside a plain `bazel test //...`."""

load("@rules_cc//cc:cc_test.bzl", "cc_test")

_FLAGS = {
    "tsan": ["-fsanitize=thread", "-g", "-O1", "-fno-omit-frame-pointer"],
    "asan": ["-fsanitize=address", "-g", "-O1", "-fno-omit-frame-pointer"],
    "ubsan": ["-fsanitize=undefined", "-fno-sanitize-recover=all", "-g", "-O1"],
    # As users compile: Debian's Bazel asks for frame pointers and stack protectors.
    "opt": ["-O3", "-DNDEBUG", "-fomit-frame-pointer", "-fno-stack-protector"],
}

# Empty suppressions are spelled out: none is inherited from the caller's environment. An allocation
# that cannot be met is null, as everywhere else: what the code does then is tested, too.
_ENVIRONMENT = {
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1:allocator_may_return_null=1:suppressions=",
    "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1:suppressions=",
    "UBSAN_OPTIONS": "print_stacktrace=1:suppressions=",
}

def _variant_impl(settings, attr):
    flags = _FLAGS[attr.variant]
    link = [f for f in flags if f.startswith("-fsanitize")]
    return {
        "//command_line_option:copt": settings["//command_line_option:copt"] + flags,
        "//command_line_option:linkopt": settings["//command_line_option:linkopt"] + link,
    }

_variant = transition(
    implementation = _variant_impl,
    inputs = ["//command_line_option:copt", "//command_line_option:linkopt"],
    outputs = ["//command_line_option:copt", "//command_line_option:linkopt"],
)

def _variant_test_impl(ctx):
    test = ctx.attr.test[0]
    executable = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.symlink(
        output = executable,
        target_file = test[DefaultInfo].files_to_run.executable,
        is_executable = True,
    )
    return [
        DefaultInfo(executable = executable, runfiles = test[DefaultInfo].default_runfiles),
        testing.TestEnvironment(dict(ctx.attr.env, **_ENVIRONMENT)),
    ]

_variant_test = rule(
    implementation = _variant_test_impl,
    test = True,
    doc = "Runs `test`, built with the flags of a variant on top of those in force.",
    attrs = {
        "test": attr.label(cfg = _variant, mandatory = True),
        "variant": attr.string(mandatory = True, values = _FLAGS.keys()),
        "env": attr.string_dict(doc = "The test's own environment; the sanitizers' options win."),
        "data": attr.label_list(
            allow_files = True,
            doc = "Files that `args` may name by $(location).",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
)

def wyn_cc_test(
        name,
        variants = [],
        size = "small",
        tags = [],
        shard_count = None,
        variant_size = None,
        args = [],
        env = {},
        data = [],
        **kwargs):
    """A cc_test `name` and, for each v in `variants` (tsan, asan, ubsan, opt), a test `name.v`.

    Args:
      name: the plain test.
      variants: the sanitizers it also runs under; opt: optimised, without assertions.
      size: Bazel's size of the plain test.
      tags: tags of all of them; a variant also carries its own name as a tag.
      shard_count: shards of each of them.
      variant_size: size of the variants, which run several times slower; default: `size`.
      args: command line of all of them.
      env: environment of all of them.
      data: files that all of them find at run time.
      **kwargs: passed to cc_test.
    """
    cc_test(
        name = name,
        size = size,
        args = args,
        data = data,
        env = env,
        shard_count = shard_count,
        tags = tags,
        **kwargs
    )
    for v in variants:
        _variant_test(
            name = name + "." + v,
            size = variant_size or size,
            args = args,
            data = data,
            env = env,
            shard_count = shard_count,
            tags = tags + [v],
            test = ":" + name,
            variant = v,
        )

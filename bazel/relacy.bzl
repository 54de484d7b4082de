"""Models under Relacy, the second engine. Without RELACY_HOME these tests are SKIPPED."""

load("@relacy//:defs.bzl", "ONLY_IF_PRESENT")
load("@rules_cc//cc:cc_test.bzl", "cc_test")

def _relacy_main_impl(ctx):
    lines = ['#include "models/relacy/runner.h"']
    lines += ['#include "%s"' % h for h in ctx.attr.headers]
    lines += [
        "",
        "int main() {",
        "  using namespace wyn;",
        "  const relacy::effort effort{%d, %d, %d};" % (
            ctx.attr.executions,
            ctx.attr.context_bound,
            ctx.attr.step_limit,
        ),
        "  bool ok = true;",
    ]
    for programs, must_fail in [(ctx.attr.programs, "false"), (ctx.attr.must_fail, "true")]:
        for label, type in programs.items():
            lines.append('  ok &= relacy::run<%s>("%s", %s, effort);' % (type, label, must_fail))
    lines += ["  return ok ? 0 : 1;", "}", ""]
    ctx.actions.write(ctx.outputs.out, "\n".join(lines))

_relacy_main = rule(
    implementation = _relacy_main_impl,
    attrs = {
        "headers": attr.string_list(mandatory = True),
        "programs": attr.string_dict(),
        "must_fail": attr.string_dict(),
        "executions": attr.int(),
        "context_bound": attr.int(),
        "step_limit": attr.int(),
        "out": attr.output(mandatory = True),
    },
)

def relacy_model_test(
        name,
        headers,
        deps,
        programs = {},
        must_fail = {},
        executions = 20000,
        context_bound = 1,
        step_limit = 2000,
        size = "small",
        tags = []):
    """A test that runs models under Relacy.

    Args:
      name: the test.
      headers: what the types below need, as they are named in #include.
      deps: the libraries of these headers.
      programs: label -> model type over wyn::env_relacy; Relacy must find no failure.
      must_fail: label -> model type; Relacy must find a failure.
      executions: of the random search, for each program.
      context_bound: preemptions of the systematic search; negative: no systematic search.
      step_limit: a longer execution counts as a livelock.
      size: Bazel's size.
      tags: further tags.
    """
    _relacy_main(
        name = name + "_main",
        headers = headers,
        programs = programs,
        must_fail = must_fail,
        executions = executions,
        context_bound = context_bound,
        step_limit = step_limit,
        out = name + "_main.cc",
        tags = ["manual"],
    )
    cc_test(
        name = name,
        size = size,
        srcs = [":" + name + "_main.cc"],
        copts = ["-O1"],
        tags = tags + ["relacy"],
        target_compatible_with = ONLY_IF_PRESENT,
        deps = deps + [Label("//models/relacy:runner")],
    )

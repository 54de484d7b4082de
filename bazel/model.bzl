"""Models as tests: one model type, its golden number of executions, optionally in shares."""

load("@rules_cc//cc:cc_binary.bzl", "cc_binary")
load("@rules_cc//cc:cc_test.bzl", "cc_test")
load("@rules_shell//shell:sh_test.bzl", "sh_test")
load("//bazel:relacy.bzl", "relacy_model_test")

def _source_impl(ctx):
    ctx.actions.write(ctx.outputs.out, "\n".join(
        ['#include "%s"' % h for h in ctx.attr.headers] + ctx.attr.lines + [""],
    ))

_source = rule(
    implementation = _source_impl,
    attrs = {
        "headers": attr.string_list(mandatory = True),
        "lines": attr.string_list(mandatory = True),
        "out": attr.output(mandatory = True),
    },
)

def _share_impl(ctx):
    ctx.actions.run(
        executable = ctx.executable.explorer,
        arguments = [ctx.attr.share, ctx.outputs.out.path],
        outputs = [ctx.outputs.out],
        mnemonic = "ExploreShare",
    )

# Not a genrule: its tools are built with the flags of tools, which need not be C++20.
_share = rule(
    implementation = _share_impl,
    attrs = {
        "explorer": attr.label(executable = True, cfg = "target", mandatory = True),
        "share": attr.string(mandatory = True),
        "out": attr.output(mandatory = True),
    },
)

def wyn_model_test(
        name,
        headers,
        type,
        executions,
        deps,
        no_machine_run = 0,
        shards = 1,
        relacy_type = None,
        size = "small",
        tags = []):
    """A test that explores a model in full and compares the number of executions.

    With `shards` the exploration is done by as many build actions, which run side by side and are
    cached; the test adds up what they found.

    Args:
      name: the test.
      headers: what `type` needs, as it is named in #include.
      type: the model type; "using namespace wyn" holds, and env_checker is known.
      executions: the golden number of complete executions.
      deps: the libraries of the headers.
      no_machine_run: the golden number of those that no machine of views runs (verdict.h).
      shards: shares of the exploration.
      relacy_type: the model type over env_relacy, for a test `name`_relacy under the real Relacy.
      size: Bazel's size.
      tags: further tags.
    """

    # Labels of this file, not strings: in another project "//models" is that project's.
    includes = ["models/env/env_checker.h"] + headers
    if shards == 1:
        _source(
            name = name + "_source",
            headers = ["models/checker/gtest.h"] + includes,
            lines = [
                "using namespace wyn;",
                "MODEL_TEST(Model, %s, (%s), executions(%d).no_machine_run(%d));" % (
                    name,
                    type,
                    executions,
                    no_machine_run,
                ),
            ],
            out = name + "_main.cc",
            tags = ["manual"],
        )
        cc_test(
            name = name,
            size = size,
            srcs = [name + "_main.cc"],
            copts = ["-O1"],
            tags = tags,
            deps = deps + [
                Label("//models/checker:gtest"),
                Label("//models/checker:gtest_main"),
                Label("//models/env:env_checker"),
            ],
        )
    else:
        _source(
            name = name + "_source",
            headers = ["models/checker/explore/share_main.h"] + includes,
            lines = [
                "using namespace wyn;",
                "int main(int argc, char** argv) { return model::share_main<%s>(argc, argv); }" % type,
            ],
            out = name + "_main.cc",
            tags = ["manual"],
        )
        cc_binary(
            name = name + "_share",
            testonly = True,
            srcs = [name + "_main.cc"],
            copts = ["-O1"],
            tags = ["manual"],
            deps = deps + [
                Label("//models/checker/explore:share_main"),
                Label("//models/env:env_checker"),
            ],
        )
        for i in range(shards):
            _share(
                name = "%s_share_%d" % (name, i),
                testonly = True,
                explorer = ":%s_share" % name,
                share = "%d/%d" % (i, shards),
                out = "%s_share_%d.json" % (name, i),
                tags = ["manual"],
            )
        shares = [":%s_share_%d.json" % (name, i) for i in range(shards)]
        sh_test(
            name = name,
            size = size,
            srcs = [Label("//models/checker/explore:add_shares.sh")],
            args = [str(executions), str(no_machine_run)] + ["$(rootpath %s)" % s for s in shares],
            data = shares,
            tags = tags,
        )
    if relacy_type:
        relacy_model_test(
            name = name + "_relacy",
            headers = headers,
            programs = {"shipped": relacy_type},
            deps = deps,
            tags = tags,
        )

"""The sources behind C++ targets, for tests that compile them once more with another compiler."""

SourcesInfo = provider(
    doc = "What a C++ target and all that it depends on are compiled from.",
    fields = {
        "srcs": "depset of .cc files",
        "hdrs": "depset of headers, which includes the ones among srcs",
    },
)

def _aspect_impl(_target, ctx):
    # Not the files of the system's libraries: those come with the other compiler, or do not.
    own = []
    for attribute in ["srcs", "hdrs"]:
        for label in getattr(ctx.rule.attr, attribute, []):
            own += label.files.to_list()
    deps = [d[SourcesInfo] for d in getattr(ctx.rule.attr, "deps", []) if SourcesInfo in d]
    return [SourcesInfo(
        srcs = depset(
            [f for f in own if f.extension == "cc"],
            transitive = [d.srcs for d in deps],
        ),
        hdrs = depset(
            [f for f in own if f.extension == "h"],
            transitive = [d.hdrs for d in deps],
        ),
    )]

sources_aspect = aspect(
    implementation = _aspect_impl,
    attr_aspects = ["deps"],
    doc = "Collects SourcesInfo along deps.",
)

def _sources_impl(ctx):
    infos = [d[SourcesInfo] for d in ctx.attr.deps]
    files = depset(transitive = [i.srcs for i in infos] + [i.hdrs for i in infos])
    return [DefaultInfo(files = files, runfiles = ctx.runfiles(transitive_files = files))]

wyn_sources = rule(
    implementation = _sources_impl,
    doc = "A filegroup of all sources and headers of `deps` and of what they depend on.",
    attrs = {"deps": attr.label_list(mandatory = True, aspects = [sources_aspect])},
)

"""Fuzz targets: a regression test in every build, a libFuzzer binary under `--config=fuzz`."""

load("//bazel:variants.bzl", "wyn_cc_test")

def wyn_fuzz_test(
        name,
        srcs,
        corpus,
        deps = [],
        variants = ["asan", "ubsan"],
        size = "small",
        tags = [],
        **kwargs):
    """One target around an `LLVMFuzzerTestOneInput`.

    In an ordinary build `name` is a test: it replays every file of the corpus through the function,
    with the ordinary compiler, and fails when the corpus is empty. With `--config=fuzz` (clang) the
    same `name` is the fuzzer:

        bazel run --config=fuzz //fuzz:name -- -max_total_time=60 "$PWD/fuzz/corpus/name"

    which adds what it finds to the corpus of the source tree.

    Args:
      name: the target.
      srcs: sources; one of them defines LLVMFuzzerTestOneInput, none defines main.
      corpus: the input files (a label list, usually a glob).
      deps: libraries.
      variants: sanitizers the replay also runs under, as name.asan and so on.
      size: Bazel's size of the replay.
      tags: further tags.
      **kwargs: passed to the test.
    """
    if not corpus:
        fail("the corpus of %s is empty, and a replay of nothing cannot fail" % name)
    wyn_cc_test(
        name = name,
        size = size,
        srcs = srcs,
        args = select({
            "//bazel:fuzzing": [],
            "//conditions:default": ["$(locations %s)" % file for file in corpus],
        }),
        data = corpus,
        linkopts = select({
            "//bazel:fuzzing": ["-fsanitize=fuzzer"],
            "//conditions:default": [],
        }),
        tags = tags + ["fuzz"],
        variants = variants,
        deps = deps + select({
            "//bazel:fuzzing": [],
            "//conditions:default": ["//bazel:fuzz_replay_main"],
        }),
        **kwargs
    )

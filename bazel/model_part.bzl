"""The targets that each part of models/ has: its models, its tests, and what the matrix knows of it."""

load("@rules_cc//cc:cc_library.bzl", "cc_library")
load("//bazel:variants.bzl", "wyn_cc_test")

def wyn_model_part(
        name,
        all_models,
        tables,
        matrix_test,
        models,
        code,
        tests,
        orders,
        helpers = [],
        based_on = [],
        proofs = [],
        test_copts = [],
        matrix_size = "medium"):
    """Declares the models of one part of the code.

    The sources are named after the targets. The names are arguments so that they can be found in the
    BUILD file.

    Args:
      name: a library of the models' headers.
      all_models: a library; its header lists the models for the explorer.
      tables: a library; what the necessity matrix and the order book know of the part.
      matrix_test: a test of the comments in the ordering tables.
      models: one header each, without ".h".
      code: the libraries that the models are about.
      tests: the model tests, each with its size; TEST.cc is the source.
      orders: the headers of the ordering tables, which the matrix reads as text.
      helpers: further headers.
      based_on: packages of models that these build on.
      proofs: proofs that the matrix names as evidence, which it looks for.
      test_copts: how the model tests are compiled; the matrix is always optimised.
      matrix_size: Bazel's size of the matrix test.
    """
    cc_library(
        name = name,
        hdrs = helpers + [m + ".h" for m in models],
        deps = code + [package + ":models" for package in based_on],
    )
    cc_library(
        name = all_models,
        hdrs = [all_models + ".h"],
        deps = [
            ":" + name,
            "//models/checker",
            "//models/env:env_checker",
            "//models/matrix",
        ] + [package + ":all_models" for package in based_on],
    )
    cc_library(
        name = tables,
        srcs = [tables + ".cc"],
        hdrs = [tables + ".h"],
        copts = ["-O2"],
        data = orders + proofs,
        deps = [
            ":" + all_models,
            "//models/matrix:checked_table",
        ],
    )
    for test, size in tests.items():
        wyn_cc_test(
            name = test,
            size = size,
            srcs = [test + ".cc"],
            copts = test_copts,
            deps = [
                ":" + all_models,
                "//models/checker:gtest",
                "//models/checker:gtest_main",
            ],
        )
    wyn_cc_test(
        name = matrix_test,
        size = matrix_size,
        srcs = [matrix_test + ".cc"],
        deps = [
            ":" + tables,
            "//models/orders:expect_truth",
            "@system//:gtest_main",
        ],
    )

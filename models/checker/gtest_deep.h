// Models as GoogleTest tests that take minutes: they run with `bazel test --config=deep`, which
// sets WYN_DEEP, and are skipped else.
#pragma once

#include <cstdlib>

#include "models/checker/gtest.h"

namespace wyn::model {

/// Whether long tests are to run.
inline bool is_deep() { return std::getenv("WYN_DEEP") != nullptr; }

}  // namespace wyn::model

/// MODEL_TEST (gtest.h), if long tests are to run.
#define MODEL_TEST_IF_DEEP(Suite, Name, Type, Executions, ...)                         \
  TEST(Suite, Name) {                                                                  \
    if (!::wyn::model::is_deep()) GTEST_SKIP() << "it is long: with --config=deep";    \
    WYN_MODEL_TEST_BODY(Suite, Name, Type, Executions, __VA_ARGS__);                   \
  }                                                                                    \
  static_assert(true)

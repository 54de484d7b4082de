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
    using namespace ::wyn::model; /* NOLINT */                                         \
    using program_type = typename ::wyn::model::detail::model_type<void Type>::type;   \
    const auto model_options = ::wyn::model::detail::options_of(__VA_ARGS__);          \
    ::wyn::model::detail::expect_pass(                                                 \
        ::wyn::model::detail::check_and_switches<program_type>(                        \
            #Suite "." #Name, model_options),                                          \
        Executions);                                                                   \
  }                                                                                    \
  static_assert(true)

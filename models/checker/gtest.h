// Models as GoogleTest tests:
//
//     MODEL_TEST(DequeModel, TwoItems, (two_items<env_checker, deque_fence_orders>),
//     executions(348)); MODEL_TEST_FAILS(DequeModel, NoFence, (two_items<env_checker, no_fence>),
//     failure::assertion);
//
// A model under a bound on preemptions states what lies within: executions_within(12), and
// {.max_preemptions = 1} as its options.
//
// The model type stands in parentheses. An optional last argument is a wyn::model::options, for
// example {.overrides = {{"DF7", order::acq_rel}}, .check_leaks = true}. The number of executions
// is a golden value: too few and too many both fail. So is the number of those that no machine of
// views runs: 0, unless executions(8).no_machine_run(1) says so. A report of what failed is printed
// and, under Bazel, written to the test's undeclared outputs as Suite.Name.txt, .json, .dot, .svg
// and .html (docs/checker/reports.md); of a pass, the .txt and .json.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "models/checker/checker.h"
#include "models/checker/settings/settings.h"
#include "models/checker/report/formats.h"
#include "models/checker/tools/switches.h"

namespace wyn::model {

namespace detail {

/// Golden numbers: how many complete executions a model has.
template <class Self>
struct golden_counts {
  explicit golden_counts(std::uint64_t n) : expected(n) {}
  /// How many of them no machine of views runs (verdict::no_machine_run): none, unless said.
  Self no_machine_run(std::uint64_t n) const {
    Self golden(expected);
    golden.without_run = n;
    return golden;
  }
  std::uint64_t expected;
  std::uint64_t without_run = 0;
};

}  // namespace detail

/// The golden number of complete executions.
struct executions : detail::golden_counts<executions> {
  using golden_counts::golden_counts;
};

/// The golden number of those within options::max_preemptions, where others lie beyond.
struct executions_within : detail::golden_counts<executions_within> {
  using golden_counts::golden_counts;
};

/// In place of the number: the first failure that is found is to be of this kind.
struct expect_fail {
  explicit expect_fail(failure f) : kind(f) {}
  failure kind;
};

namespace detail {

template <class T>
struct model_type;
template <class T>
struct model_type<void(T)> {
  using type = T;
};

// Lets a braced list of designated members stand for the options; the environment and the flags of
// the process come on top.
inline options options_of(options o = {}) { return with_process_settings(std::move(o)); }

inline std::string report_with_replay(const verdict& v) {
  const std::string line = "WYN_MODEL_REPLAY=" + v.replay;
  if (v.replay.empty() || v.report.find(line) != std::string::npos) return v.report;
  return v.report + "replay  " + line + "\n";
}

inline void record(const verdict& v) {
  ::testing::Test::RecordProperty("verdict", to_string(v.kind));
  ::testing::Test::RecordProperty("executions", std::to_string(v.executions));
  ::testing::Test::RecordProperty("blocked", std::to_string(v.blocked));
  ::testing::Test::RecordProperty("runs", std::to_string(v.runs));
  ::testing::Test::RecordProperty("no_machine_run", std::to_string(v.no_machine_run));
  ::testing::Test::RecordProperty("memory_model", to_string(v.semantics));
  ::testing::Test::RecordProperty("failure", to_string(v.failure));
  ::testing::Test::RecordProperty("message", v.message);
}

// Best effort: a test that cannot write its report has printed it already.
inline void save_report(const verdict& v) {
  const char* folder = std::getenv("TEST_UNDECLARED_OUTPUTS_DIR");
  const ::testing::TestInfo* test = ::testing::UnitTest::GetInstance()->current_test_info();
  if (folder == nullptr || test == nullptr) return;
  std::string name = std::string(test->test_suite_name()) + "." + test->name();
  for (char& c : name) c = c == '/' ? '_' : c;
  const std::string missing = save_reports(v, std::string(folder) + "/" + name);
  if (!missing.empty()) std::fprintf(stderr, "%s cannot be written\n", missing.c_str());
}

inline void expect_all_named(const verdict& v) {
  for (const std::string& site : v.unused_overrides) {
    ADD_FAILURE() << "the override of \"" << site << "\" names no site that the model reaches";
  }
}

template <class Self>
void expect_executions(const verdict& v, bool explored, const golden_counts<Self>& golden) {
  record(v);
  save_report(v);
  expect_all_named(v);
  if (!explored) {
    ADD_FAILURE() << report_with_replay(v);
    return;
  }
  EXPECT_EQ(v.executions, golden.expected)
      << "the number of complete executions is a golden value: expected " << golden.expected
      << ", actual " << v.executions << " (" << v.blocked << " blocked)";
  EXPECT_EQ(v.no_machine_run, golden.without_run)
      << "how many executions no machine of views runs is a golden value: expected "
      << golden.without_run << ", actual " << v.no_machine_run << "; no fault of the program, but "
      << "proofs about such machines do not speak of them. State it: executions(" << v.executions
      << ").no_machine_run(" << v.no_machine_run << ")";
}

inline void expect_pass(const verdict& v, executions golden) {
  expect_executions(v, v.kind == verdict_kind::pass, golden);
}

inline void expect_pass(const verdict& v, executions_within golden) {
  expect_executions(v, v.kind == verdict_kind::bounded && v.explored, golden);
}

inline void expect_failure(const verdict& v, failure wanted);

/// A model that is there to fail.
inline void expect_pass(const verdict& v, expect_fail wanted) {
  expect_failure(v, wanted.kind);
}

inline void expect_failure(const verdict& v, failure wanted) {
  record(v);
  save_report(v);
  expect_all_named(v);
  if (v.kind == verdict_kind::fail && v.failure == wanted) return;
  ADD_FAILURE() << "expected a failure of kind \"" << to_string(wanted) << "\", but got\n"
                << report_with_replay(v);
}

// The check, and what the options ask for besides.
template <class Program>
verdict check_and_switches(const char* name, const options& o) {
  return run_switched_tools(program_of<Program>(), name, o, check<Program>(o), std::cout);
}

}  // namespace detail
}  // namespace wyn::model

// Not for other files but gtest_deep.h: the body of a test.
#define WYN_MODEL_TEST_BODY(Suite, Name, Type, Expected, ...)                          \
  {                                                                                    \
    using namespace ::wyn::model; /* NOLINT */                                         \
    using program_type = typename ::wyn::model::detail::model_type<void Type>::type;   \
    const auto model_options = ::wyn::model::detail::options_of(__VA_ARGS__);          \
    ::wyn::model::detail::expect_pass(                                                 \
        ::wyn::model::detail::check_and_switches<program_type>(                        \
            #Suite "." #Name, model_options),                                          \
        Expected);                                                                     \
  }                                                                                    \
  static_assert(true)

/// Passes iff every execution of the model was explored, none fails, and there are as many as said.
#define MODEL_TEST(Suite, Name, Type, Executions, ...)                                 \
  TEST(Suite, Name) WYN_MODEL_TEST_BODY(Suite, Name, Type, Executions, __VA_ARGS__)

/// Passes iff the first failure found is of the kind said.
#define MODEL_TEST_FAILS(Suite, Name, Type, Failure, ...)                              \
  TEST(Suite, Name)                                                                    \
  WYN_MODEL_TEST_BODY(Suite, Name, Type, expect_fail(Failure), __VA_ARGS__)

// Runs models under Relacy: the main() of a relacy_model_test (bazel/relacy.bzl).
//
// Relacy replaces operator new for the whole program and switches stacks under it, so there is no
// GoogleTest here: the exit status is the verdict.
#pragma once

#include "models/env/env_relacy.h"

#include <cstdlib>
#include <iostream>

namespace wyn::relacy {

/// A model in the clothes of a Relacy test suite. It may do without before() and after().
template <class Model>
struct suite : rl::test_suite<suite<Model>, Model::threads> {
  void before() {
    if constexpr (requires { model.before(); }) model.before();
  }
  void thread(unsigned id) { model.thread(static_cast<int>(id)); }
  void after() {
    if constexpr (requires { model.after(); }) model.after();
  }

  Model model;
};

struct effort {
  rl::iteration_t executions;  ///< of the random search
  int context_bound;           ///< of the systematic search; negative: none
  unsigned step_limit;         ///< a longer execution is reported as a livelock
};

/// Searches `Model`; true when the search ended as it should. A model that must fail may fail in
/// either search.
template <class Model>
bool run(const char* name, bool must_fail, const effort& e) {
  rl::test_params params;
  params.progress_output_period = 1000000;  // seconds: no progress lines
  params.execution_depth_limit = e.step_limit;
  params.search_type = rl::sched_random;
  params.iteration_count = e.executions;
  bool passed = rl::simulate<suite<Model>>(params);
  if (passed && e.context_bound >= 0) {
    params.search_type = rl::sched_bound;
    params.context_bound = static_cast<unsigned>(e.context_bound);
    passed = rl::simulate<suite<Model>>(params);
  }
  const bool as_expected = passed != must_fail;
  std::cout << name << ": "
            << (passed ? "no failure found" : rl::test_result_str(params.test_result))
            << (must_fail ? ", must fail" : "") << (as_expected ? "" : ": NOT AS EXPECTED") << "\n";
  return as_expected;
}

}  // namespace wyn::relacy

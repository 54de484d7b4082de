// The larger models of the work signal: every execution is a run of the machine of the event
// count's proof, awake and asleep, with every conjunct of the invariant in every state. There are
// twelve millions, so with --config=deep alone. Of two_producers, which nobody has explored in
// full, a part. The order of a trace extends po and rf, which is all that the machine asks for.
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>

#include "core/park/work_signal_orders.h"
#include "models/checker/tools/trace.h"
#include "models/env/env_checker.h"
#include "models/park/entered_together.h"
#include "models/park/nap_in_the_way.h"
#include "models/park/two_producers.h"
#include "models/park/two_workers.h"
#include "models/park/unused_wake.h"
#include "proofs/link/long_replay.h"
#include "proofs/link/park_replay.h"

namespace wyn::link {
namespace {

using orders = work_signal_asymmetric_orders;

struct awake_and_asleep {
  std::string run(const model::execution_trace& t) {
    const std::string problem = awake.run(t);
    return problem.empty() ? asleep.run(t) : problem;
  }
  std::uint64_t states() { return awake.machine().states() + asleep.machine().states(); }

  park_replay awake{work_signal_steps(), false, false};
  park_replay asleep{work_signal_steps(), false, true};
};

template <class Model>
void expect_runs(std::uint64_t executions) {
  expect_all_are_runs<awake_and_asleep>(model::check<Model>, executions,
                                        model::trace_order::causal_lowest_first, true,
                                        [] { return std::make_unique<awake_and_asleep>(); });
}

TEST(ParkLongLink, EnteredTogether) {
  expect_runs<park_models::entered_together<env_checker, orders>>(2808045);
}

TEST(ParkLongLink, NapInTheWay) {
  expect_runs<park_models::nap_in_the_way<env_checker, orders>>(2439597);
}

TEST(ParkLongLink, UnusedWake) {
  expect_runs<park_models::unused_wake<env_checker, orders>>(103523);
}

TEST(ParkLongLink, TwoWorkers) {
  expect_runs<park_models::two_workers<env_checker, orders>>(6537340);
}

TEST(ParkLongLink, SomeOfTwoProducers) {
  expect_runs<park_models::two_producers<env_checker, orders>>(0);
}

}  // namespace
}  // namespace wyn::link

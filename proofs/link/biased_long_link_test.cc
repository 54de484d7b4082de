// Every execution of asked_again, the biased deque's longest model, is a run of the machine of its
// proof, with every conjunct of the invariant in every state: six million, so with --config=deep
// alone.
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>

#include "models/checker/tools/trace.h"
#include "proofs/link/biased_models.h"
#include "proofs/link/biased_replay.h"
#include "proofs/link/long_replay.h"

namespace wyn::link {
namespace {

struct one_replay {
  explicit one_replay(const linked_model& m) : replay(biased_link::steps(), m.capacity, m.words) {}
  std::string run(const model::execution_trace& t) { return replay.run(t); }
  std::uint64_t states() { return replay.machine().states(); }

  biased_replay replay;
};

class BiasedLongLink : public ::testing::TestWithParam<model::trace_order> {};

TEST_P(BiasedLongLink, EveryExecutionIsARunOfTheMachine) {
  const linked_model m = biased_link::long_model();
  expect_all_are_runs<one_replay>(m.check, m.executions, GetParam(), false,
                                  [&] { return std::make_unique<one_replay>(m); });
}

INSTANTIATE_TEST_SUITE_P(InTwoOrders, BiasedLongLink,
                         ::testing::ValuesIn(biased_link::trace_orders()));

}  // namespace
}  // namespace wyn::link

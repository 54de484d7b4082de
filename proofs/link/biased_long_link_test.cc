// Every execution of the biased deque's long models is a run of the machine of its proof, with
// every conjunct of the invariant in every state: ten million, of which six are those of
// asked_again; so with --config=deep alone.
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

class BiasedLongLink : public ::testing::TestWithParam<model::trace_order> {
 protected:
  static void expect_runs_of(const char* name) {
    const linked_model m = biased_link::long_models().at(name);
    expect_all_are_runs<one_replay>(m.check, m.executions, GetParam(), false,
                                    [&] { return std::make_unique<one_replay>(m); });
  }
};

TEST_P(BiasedLongLink, AskedAgain) { expect_runs_of("asked_again"); }
TEST_P(BiasedLongLink, LastItemTwice) { expect_runs_of("last_item_twice"); }
TEST_P(BiasedLongLink, PopThenGrowth) { expect_runs_of("pop_then_growth"); }
TEST_P(BiasedLongLink, ThreeItems) { expect_runs_of("three_items"); }
TEST_P(BiasedLongLink, WrapAroundPop) { expect_runs_of("wrap_around_pop"); }

INSTANTIATE_TEST_SUITE_P(InTwoOrders, BiasedLongLink,
                         ::testing::ValuesIn(biased_link::trace_orders()));

}  // namespace
}  // namespace wyn::link

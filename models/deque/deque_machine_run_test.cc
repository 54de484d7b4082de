// No execution of the deque's models is beyond the machines of proofs/deque: po, rf and psc never
// form a cycle. For the fence table proofs/deque/machine_runs.md shows that of all clients.
#include <gtest/gtest.h>

#include <cstdint>

#include "models/deque/all_models.h"

namespace wyn::deque_models {
namespace {

template <class Orders>
void expect_a_run_for_every_execution() {
  std::uint64_t executions = 0;
  for (const auto& [name, run] : all_models<Orders>()) {
    const model::verdict v = run({});
    EXPECT_EQ(v.kind, model::verdict_kind::pass) << name << ": " << v.report;
    EXPECT_EQ(v.no_machine_run, 0u) << name;
    executions += v.executions;
  }
  EXPECT_GT(executions, 20000u);
}

TEST(DequeMachineRun, WithFences) { expect_a_run_for_every_execution<deque_fence_orders>(); }
TEST(DequeMachineRun, WithSeqCstAccesses) {
  expect_a_run_for_every_execution<deque_seq_cst_orders>();
}

}  // namespace
}  // namespace wyn::deque_models

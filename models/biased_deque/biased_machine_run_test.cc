// No execution of the biased deque's models is beyond the machine of proofs/deque/biased: po, rf
// and psc never form a cycle.
#include <gtest/gtest.h>

#include "models/biased_deque/all_models.h"
#include "models/biased_deque/oldest_finds_none.h"

namespace wyn::biased_models {
namespace {

TEST(BiasedMachineRun, EveryExecutionHasOne) {
  for (const auto& [name, run] : all_models()) {
    const model::verdict v = run({});
    EXPECT_EQ(v.kind, model::verdict_kind::pass) << name << ": " << v.report;
    EXPECT_EQ(v.no_machine_run, 0u) << name;
  }
}

// It is the release in DB23 that sees to it.
TEST(BiasedMachineRun, WithARelaxedCountSomeHaveNone) {
  model::options o;
  o.overrides = {{"DB23", order::relaxed, {}}};
  const model::verdict v = model::check<shipped<deque_models::two_thieves>>(o);
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
  EXPECT_GT(v.no_machine_run, 0u);
}

// take_oldest reads top relaxed and, where it finds nothing, does not look again. The proof
// (proofs/deque/biased/machine_runs.md) leaves such a read out: with it these have no run.
using finds_none = oldest_finds_none<env_checker, biased_orders, deque_with_half_a_steal>;

TEST(BiasedMachineRun, WhereTheOwnerFindsNoOldestItemSomeHaveNone) {
  const model::verdict v = model::check<finds_none>();
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
  EXPECT_EQ(v.executions, 182926u);
  EXPECT_EQ(v.no_machine_run, 440u);
}

TEST(BiasedMachineRun, WereThatReadAnAcquireAllWouldHaveOne) {
  model::options o;
  o.overrides = {{"DB15b", order::acquire, {}}};
  const model::verdict v = model::check<finds_none>(o);
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
  EXPECT_GT(v.executions, 100000u);
  EXPECT_EQ(v.no_machine_run, 0u);
}

}  // namespace
}  // namespace wyn::biased_models

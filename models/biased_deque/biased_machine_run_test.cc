// No execution of the biased deque's models is beyond the machine of proofs/deque/biased: po, rf
// and psc never form a cycle.
#include <gtest/gtest.h>

#include "models/biased_deque/all_models.h"

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

}  // namespace
}  // namespace wyn::biased_models

// No execution of the biased deque's models is beyond the machine of proofs/deque/biased: po, rf
// and psc never form a cycle.
#include <gtest/gtest.h>

#include <cstdint>

#include "models/biased_deque/all_models.h"
#include "models/biased_deque/askers_left.h"
#include "models/biased_deque/golden.h"
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

// The proof (proofs/deque/biased/machine_runs.md) leaves out two kinds of reads, and has to: there
// are executions that with such a read have no run.
template <template <class, class, class> class Model>
using in_parts = Model<env_checker, biased_orders, deque_in_parts>;

template <class Model>
void expect_without_run(const model::options& o, std::uint64_t executions, std::uint64_t without) {
  const model::verdict v = model::check<Model>(o);
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
  EXPECT_EQ(v.executions, executions);
  EXPECT_EQ(v.no_machine_run, without);
}

// take_oldest reads top relaxed and, where it finds nothing, does not look again.
TEST(BiasedMachineRun, WhereTheOwnerFindsNoOldestItemSomeHaveNone) {
  expect_without_run<in_parts<oldest_finds_none>>({}, golden("oldest_finds_none"), 440);
}

TEST(BiasedMachineRun, WereThatReadAnAcquireAllWouldHaveOne) {
  model::options o;
  o.overrides = {{"DB15b", order::acquire, {}}};
  expect_without_run<in_parts<oldest_finds_none>>(o, golden("oldest_finds_none") - 440, 0);
}

// What a thief has read of top when it leaves ask() it has read relaxed.
TEST(BiasedMachineRun, WhereTheOwnerFindsThatThievesAreAskingSomeHaveNone) {
  expect_without_run<in_parts<askers_left>>({}, golden("askers_left"), 5);
}

TEST(BiasedMachineRun, HadTheThiefAcquiredWhatItReadAllWouldHaveOne) {
  model::options o;
  o.overrides = {{"DB25", order::acquire, {}}};
  expect_without_run<in_parts<askers_left>>(o, golden("askers_left") - 5, 0);
}

}  // namespace
}  // namespace wyn::biased_models

// Executions of the models of Wyn's structures in which po, rf and psc form a cycle: no machine of
// views performs them, so a proof about such a machine says nothing on them (graph/machine_run.h).
// The deque has a test of its own, models/deque/deque_machine_run_test.cc.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>

#include "core/injector/producer_ring_orders.h"
#include "core/park/work_signal_orders.h"
#include "core/task_pool/task_heap_orders.h"
#include "models/checker/checker.h"
#include "models/coro/all_models.h"
#include "models/fence/all_models.h"
#include "models/injector/all_models.h"
#include "models/matrix/matrix.h"
#include "models/park/all_models.h"
#include "models/runtime/all_models.h"
#include "models/runtime/mini_models.h"
#include "models/runtime/model_orders.h"
#include "models/task_pool/all_models.h"

namespace wyn {
namespace {

using counts = std::map<std::string, std::uint64_t>;

// By model; those without such executions are left out.
counts without_run(const std::map<std::string, models::model_run>& all) {
  counts found;
  for (const auto& [name, run] : all) {
    const model::verdict v = run({});
    EXPECT_EQ(v.kind, model::verdict_kind::pass) << name << ": " << v.report;
    if (v.no_machine_run > 0) found[name] = v.no_machine_run;
  }
  return found;
}

TEST(WynMachineRun, TaskPool) {
  EXPECT_EQ(without_run(task_pool_models::all_models<task_heap_default_orders>()), counts{});
}

TEST(WynMachineRun, ProducerRing) {
  EXPECT_EQ(without_run(injector_models::all_models<producer_ring_orders>()), counts{});
}

TEST(WynMachineRun, JoinCounter) {
  EXPECT_EQ(without_run(coro_models::all_models<coro_default_orders>()), counts{});
}

TEST(WynMachineRun, CombinedHeavyFences) {
  EXPECT_EQ(without_run(fence_models::all_models<heavy_fence_orders>()), counts{});
}

TEST(WynMachineRun, RuntimeWords) {
  EXPECT_EQ(without_run(runtime_models::all_models<runtime_models::model_orders>()), counts{});
}

TEST(WynMachineRun, RuntimesInSmall) {
  using namespace runtime_models;
  EXPECT_EQ(without_run(mini_models<shipped_parts>()), counts{});
  EXPECT_EQ(without_run(mini_models<biased<>>()), counts{});
}

TEST(WynMachineRun, WorkSignalWithAsymmetricFences) {
  EXPECT_EQ(without_run(park_models::all_models<work_signal_asymmetric_orders>()), counts{});
}

TEST(WynMachineRun, WorkSignalWithSymmetricFences) {
  EXPECT_EQ(without_run(park_models::all_models<work_signal_symmetric_orders>()), counts{});
}

}  // namespace
}  // namespace wyn

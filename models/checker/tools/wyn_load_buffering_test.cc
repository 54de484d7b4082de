// The lint over the models of Wyn's own structures. A pair in these lists stands in the code with
// its reason; a new one is a question to whoever made it.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "core/deque/deque_orders.h"
#include "core/injector/producer_ring_orders.h"
#include "core/park/work_signal_orders.h"
#include "core/task_pool/task_heap_orders.h"
#include "models/checker/checker.h"
#include "models/deque/all_models.h"
#include "models/injector/all_models.h"
#include "models/matrix/matrix.h"
#include "models/park/all_models.h"
#include "models/task_pool/all_models.h"

namespace wyn {
namespace {

using pairs = std::set<std::string>;

pairs pairs_of(const std::map<std::string, models::model_run>& all) {
  pairs found;
  for (const auto& [name, run] : all) {
    model::options o;
    o.lint_load_buffering = true;
    const model::verdict v = run(o);
    EXPECT_EQ(v.kind, model::verdict_kind::pass) << name << ": " << v.report;
    found.insert(v.load_buffering.begin(), v.load_buffering.end());
  }
  return found;
}

TEST(WynLoadBuffering, DequeWithFences) {
  EXPECT_EQ(pairs_of(deque_models::all_models<deque_fence_orders>()),
            pairs{});
}

TEST(WynLoadBuffering, DequeWithSeqCstAccesses) {
  EXPECT_EQ(pairs_of(deque_models::all_models<deque_seq_cst_orders>()),
            pairs{});
}

// A row that the table keeps for hardware alone opens a pair when it is relaxed.
pairs pairs_without(const std::string& row) {
  std::map<std::string, models::model_run> all;
  for (const auto& [name, run] : deque_models::all_models<deque_fence_orders>()) {
    all.emplace(name, [row, run = run](model::options o) {
      o.overrides = {{row, order::relaxed, {}}};
      return run(o);
    });
  }
  return pairs_of(all);
}

TEST(WynLoadBuffering, DequeWithoutTheOrdersThatItKeepsForHardware) {
  EXPECT_EQ(pairs_without("DF2").count("DF2 push.load_top -> DF3 push.store_slot"), 1u);
  EXPECT_EQ(pairs_without("DF8").count("DF8 pop.load_top -> DF3 push.store_slot"), 1u);
  EXPECT_EQ(pairs_without("DF9").count("DF9 pop.cas_top -> DF3 push.store_slot"), 1u);
  EXPECT_EQ(pairs_without("DF14").count("DF13b steal.load_slot -> DF14 steal.cas_top"), 1u);
}

// The producer claims from its own ring. What it reads of the head there permits nothing: a slot is
// overwritten on the strength of PR2 alone, which acquires.
TEST(WynLoadBuffering, ProducerRing) {
  EXPECT_EQ(pairs_of(injector_models::all_models<producer_ring_orders>()),
            (pairs{"PR5 claim.load_head -> PR3 push.store_slot",
                   "PR9 claim.cas_head -> PR3 push.store_slot"}));
}

// TP3 writes null, which publishes nothing.
TEST(WynLoadBuffering, TaskPool) {
  EXPECT_EQ(pairs_of(task_pool_models::all_models<task_heap_default_orders>()),
            (pairs{"TP1 return.load_head -> TP3 collect.exchange_head",
                   "TP2 return.cas_head -> TP3 collect.exchange_head",
                   "TP7 guard.fetch_add_live -> TP3 collect.exchange_head"}));
}

// W2 and W3 are the models' own queue of work, which is relaxed on purpose, and wait_upper is the
// kernel's look at the word. The others are counters, whose read-modify-writes decide by coherence
// and publish no data: early or late, each adds up.
const pairs of_park = {"EC6 notify.load_waiters -> SG3 claim.cas",
                       "EC6 notify.load_waiters -> SG5 unclaim.cas",
                       "EC7 notify.fetch_add -> SG3 claim.cas",
                       "EC7 notify.fetch_add -> SG5 unclaim.cas",
                       "EC8 settle.fetch_add -> SG3 claim.cas",
                       "EC8 settle.fetch_add -> SG5 unclaim.cas",
                       "SG10 leave.fetch_add -> EC1 prepare.fetch_add",
                       "SG6 wake.load -> EC1 prepare.fetch_add",
                       "SG7 wake.cas -> EC1 prepare.fetch_add",
                       "W2 look -> EC1 prepare.fetch_add",
                       "W2 look -> EC3 commit.fetch_add",
                       "W2 look -> EC4 cancel.fetch_add",
                       "W2 look -> SG10 leave.fetch_add",
                       "W2 look -> SG7 wake.cas",
                       "W2 look -> W3 take",
                       "W3 take -> EC1 prepare.fetch_add",
                       "W3 take -> SG10 leave.fetch_add",
                       "W3 take -> W3 take",
                       "wait_upper -> SG10 leave.fetch_add",
                       "wait_upper -> SG7 wake.cas",
                       "wait_upper -> W3 take"};

TEST(WynLoadBuffering, WorkSignalWithAsymmetricFences) {
  EXPECT_EQ(pairs_of(park_models::all_models<work_signal_asymmetric_orders>()), of_park);
}

TEST(WynLoadBuffering, WorkSignalWithSymmetricFences) {
  EXPECT_EQ(pairs_of(park_models::all_models<work_signal_symmetric_orders>()), of_park);
}

}  // namespace
}  // namespace wyn

// The lint over the models of Wyn's own structures, with the orders that they have; the necessity
// matrix runs it with weaker ones (models/matrix/matrix.h). An empty list means that there is no
// load buffering, by the theorem of proofs/load_buffering.md. A pair in a list has its reason
// beside it, or a word that it has none; a new one is a question to whoever made it.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>
#include <string>

#include "core/deque/deque_orders.h"
#include "core/injector/producer_ring_orders.h"
#include "core/park/work_signal_orders.h"
#include "core/runtime/runtime_orders.h"
#include "core/task_pool/task_heap_orders.h"
#include "models/biased_deque/all_models.h"
#include "models/checker/checker.h"
#include "models/coro/all_models.h"
#include "models/deque/all_models.h"
#include "models/injector/all_models.h"
#include "models/matrix/matrix.h"
#include "models/park/all_models.h"
#include "models/runtime/all_models.h"
#include "models/runtime/mini_spawn.h"
#include "models/runtime/mini_steal.h"
#include "models/runtime/model_orders.h"
#include "models/task_pool/all_models.h"

namespace wyn {
namespace {

using pairs = std::set<std::string>;
using model_set = std::map<std::string, models::model_run>;

pairs pairs_of(const model_set& all) {
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
  EXPECT_EQ(pairs_of(deque_models::all_models<deque_fence_orders>()), pairs{});
}

TEST(WynLoadBuffering, DequeWithSeqCstAccesses) {
  EXPECT_EQ(pairs_of(deque_models::all_models<deque_seq_cst_orders>()), pairs{});
}

TEST(WynLoadBuffering, BiasedDeque) {
  EXPECT_EQ(pairs_of(biased_models::all_models()), pairs{});
}

TEST(WynLoadBuffering, JoinCounter) {
  EXPECT_EQ(pairs_of(coro_models::all_models<coro_default_orders>()), pairs{});
}

// Nobody has argued these one by one: what the runtime's words do with load buffering is open. The
// list is here so that a new pair is seen.
TEST(WynLoadBuffering, RuntimeWords) {
  EXPECT_EQ(pairs_of(runtime_models::all_models<runtime_models::model_orders>()),
            (pairs{"EC6 notify.load_waiters -> RT1 count.store_spawned",
                   "EC6 notify.load_waiters -> RT12 idle_wanted.store",
                   "EC7 notify.fetch_add -> RT1 count.store_spawned",
                   "EC7 notify.fetch_add -> RT12 idle_wanted.store",
                   "GC1 add.fetch_add -> EC1 prepare.fetch_add",
                   "GC4 await.load -> EC1 prepare.fetch_add",
                   "GC5 await.cas -> EC1 prepare.fetch_add",
                   "RT13 idle_wanted.load -> EC1 prepare.fetch_add",
                   "RT13 idle_wanted.load -> EC3 commit.fetch_add",
                   "RT13 idle_wanted.load -> EC4 cancel.fetch_add",
                   "RT13 idle_wanted.load -> RT1 count.store_spawned",
                   "RT14 idle_wanted.exchange -> EC1 prepare.fetch_add",
                   "RT14 idle_wanted.exchange -> EC4 cancel.fetch_add",
                   "RT14 idle_wanted.exchange -> RT1 count.store_spawned",
                   "RT4 idle.load_spawned -> EC1 prepare.fetch_add",
                   "RT4 idle.load_spawned -> EC3 commit.fetch_add",
                   "RT4 idle.load_spawned -> EC4 cancel.fetch_add",
                   "RT4 idle.load_spawned -> RT12 idle_wanted.store",
                   "RT4 idle.load_spawned -> RT14 idle_wanted.exchange",
                   "wait_upper -> GC1 add.fetch_add",
                   "wait_upper -> RT12 idle_wanted.store"}));
}

// Spawning and stealing in a runtime in small: deque, ring, sleep and counts together have open
// pairs, from one structure to another. Those of the deque alone stay ordered whatever its client
// does (proofs/load_buffering.md).
TEST(WynLoadBuffering, TheDequeInsideAMiniRuntime) {
  using namespace runtime_models;
  const pairs found =
      pairs_of({{"mini_spawn", model::check<mini_spawn<env_checker, model_orders>>},
                {"mini_steal", model::check<mini_steal<env_checker, model_orders>>}});
  EXPECT_GT(found.size(), 0u);
  for (const std::string& pair : found) {
    const bool of_the_deque = pair.rfind("DF", 0) == 0 && pair.find("-> DF") != std::string::npos;
    EXPECT_FALSE(of_the_deque) << pair;
    std::printf("%s\n", pair.c_str());
  }
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

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
#include "models/deque/oldest.h"
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

// Pairs with the reason why the hardware orders each of them.
using reasons = std::map<std::string, std::string>;

pairs with_a_reason(const reasons& all) {
  pairs known;
  for (const auto& [pair, reason] : all) {
    EXPECT_NE(reason, "") << pair;
    known.insert(pair);
  }
  return known;
}

TEST(WynLoadBuffering, DequeWithFences) {
  EXPECT_EQ(pairs_of(deque_models::all_models<deque_fence_orders>()), pairs{});
}

TEST(WynLoadBuffering, DequeWithSeqCstAccesses) {
  EXPECT_EQ(pairs_of(deque_models::all_models<deque_seq_cst_orders>()), pairs{});
}

// An owner that has taken its oldest item as a thief does pushes on the strength of that
// compare-exchange, which is no acquire: the branch on its outcome orders the two.
TEST(WynLoadBuffering, DequeWhoseOwnerTakesTheOldest) {
  using deque_models::oldest;
  const std::string won = "chase_lev_deque::take_oldest tries again, or returns the item";
  EXPECT_EQ(pairs_of({{"oldest", model::check<oldest<env_checker, deque_fence_orders>>}}),
            with_a_reason({{"DF14 steal.cas_top -> DF3 push.store_slot", won}}));
  EXPECT_EQ(pairs_of({{"oldest", model::check<oldest<env_checker, deque_seq_cst_orders>>}}),
            with_a_reason({{"DS14 steal.cas_top -> DS3 push.store_slot", won}}));
}

// A read that decides a branch is ordered before all writes behind it: O4 of
// proofs/load_buffering.md, which says under which assumptions.
TEST(WynLoadBuffering, BiasedDeque) {
  const std::string oldest = "biased_deque::take_oldest gives up, or goes on to an acquire";
  EXPECT_EQ(pairs_of(biased_models::all_models()),
            with_a_reason({{"DB15b oldest.load_top -> DB3 push.store_slot", oldest},
                           {"DB15b oldest.load_top -> DB6 pop.store_bottom", oldest}}));
}

// Each read decides a branch, but for two whose write is behind a release of the same word: O7.
TEST(WynLoadBuffering, RuntimeWords) {
  const std::string waiters = "notify_*_without_fence calls the slow part, or does not";
  const std::string counted = "event_count::notify returns, or calls the kernel";
  const std::string missing = "task_group::add_member throws when too many are missing";
  const std::string await = "group_count::await returns, or tries to set its flag";
  const std::string wanted = "idle_watch and the waiter go on, or do not";
  const std::string told = "idle_watch::announce wakes, or does not";
  const std::string idle = "all_complete compares the sums, and the caller acts on it";
  const std::string kernel = "the kernel compares the word, and returns or sleeps";
  const std::string left = "RT28 is between them, a release of the word that RT26 writes";
  const reasons all = {{"DS13b steal.load_slot -> RT26 visit.store_enter", left},
                       {"PR8 claim.load_slot -> RT26 visit.store_enter", left},
                       {"EC6 notify.load_waiters -> RT1 count.store_spawned", waiters},
                       {"EC6 notify.load_waiters -> RT12 idle_wanted.store", waiters},
                       {"EC7 notify.fetch_add -> RT1 count.store_spawned", counted},
                       {"EC7 notify.fetch_add -> RT12 idle_wanted.store", counted},
                       {"GC1 add.fetch_add -> EC1 prepare.fetch_add", missing},
                       {"GC4 await.load -> EC1 prepare.fetch_add", await},
                       {"GC5 await.cas -> EC1 prepare.fetch_add", await},
                       {"RT13 idle_wanted.load -> EC1 prepare.fetch_add", wanted},
                       {"RT13 idle_wanted.load -> EC3 commit.fetch_add", wanted},
                       {"RT13 idle_wanted.load -> EC4 cancel.fetch_add", wanted},
                       {"RT13 idle_wanted.load -> RT1 count.store_spawned", wanted},
                       {"RT14 idle_wanted.exchange -> EC1 prepare.fetch_add", told},
                       {"RT14 idle_wanted.exchange -> EC4 cancel.fetch_add", told},
                       {"RT14 idle_wanted.exchange -> RT1 count.store_spawned", told},
                       {"RT4 idle.load_spawned -> EC1 prepare.fetch_add", idle},
                       {"RT4 idle.load_spawned -> EC3 commit.fetch_add", idle},
                       {"RT4 idle.load_spawned -> EC4 cancel.fetch_add", idle},
                       {"RT4 idle.load_spawned -> RT12 idle_wanted.store", idle},
                       {"RT4 idle.load_spawned -> RT14 idle_wanted.exchange", idle},
                       {"wait_upper -> GC1 add.fetch_add", kernel},
                       {"wait_upper -> RT12 idle_wanted.store", kernel}};
  EXPECT_EQ(pairs_of(runtime_models::all_models<runtime_models::model_orders>()),
            with_a_reason(all));
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
// overwritten on the strength of PR2 alone, which acquires. And each read decides a branch, too.
TEST(WynLoadBuffering, ProducerRing) {
  EXPECT_EQ(pairs_of(injector_models::all_models<producer_ring_orders>()),
            with_a_reason({{"PR5 claim.load_head -> PR3 push.store_slot",
                            "producer_ring::claim compares it with the tail, and returns or not"},
                           {"PR9 claim.cas_head -> PR3 push.store_slot",
                            "producer_ring::claim returns the items, or none"}}));
}

// TP3 writes null, which publishes nothing. And each read decides a branch, too.
TEST(WynLoadBuffering, TaskPool) {
  EXPECT_EQ(
      pairs_of(task_pool_models::all_models<task_heap_default_orders>()),
      with_a_reason({{"TP1 return.load_head -> TP3 collect.exchange_head",
                      "task_heap::free_remote: TP2 compares it, and the loop goes on or ends"},
                     {"TP2 return.cas_head -> TP3 collect.exchange_head",
                      "task_heap::free_remote: the loop goes on or ends"},
                     {"TP7 guard.fetch_add_live -> TP3 collect.exchange_head",
                      "slab_guard::set_live ends the process, or does not"}}));
}

// W2 and W3 are the models' own queue of work, which is relaxed on purpose, and wait_upper is the
// kernel's look at the word. The others are counters, whose read-modify-writes decide by coherence
// and publish no data: early or late, each adds up. SG1 decides whether the thread sleeps, by a
// branch: EC3 follows behind the kernel's call, EC4 where it does not sleep.
const pairs of_park = {"EC6 notify.load_waiters -> SG3 claim.cas",
                       "EC6 notify.load_waiters -> SG5 unclaim.cas",
                       "EC7 notify.fetch_add -> SG3 claim.cas",
                       "EC7 notify.fetch_add -> SG5 unclaim.cas",
                       "EC8 settle.fetch_add -> SG3 claim.cas",
                       "EC8 settle.fetch_add -> SG5 unclaim.cas",
                       "SG1 look.load -> EC1 prepare.fetch_add",
                       "SG1 look.load -> EC3 commit.fetch_add",
                       "SG1 look.load -> EC4 cancel.fetch_add",
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

// The lint over the models of Wyn's own structures, with the orders that they have; the necessity
// matrix runs it with weaker ones (models/matrix/matrix.h). An empty list means that there is no
// load buffering, by the theorem of proofs/load_buffering.md, and so does a list of pairs that
// something else orders: each has its reason beside it. A new one is a question to whoever made it.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

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

/// A read that decides something, and the writes on the lists that come after it.
struct deciding_read {
  std::string read;
  std::string reason;
  std::vector<std::string> writes;
};
reasons of_reads(const std::vector<deciding_read>& reads) {
  reasons all;
  for (const deciding_read& r : reads) {
    for (const std::string& write : r.writes) all[r.read + " -> " + write] = r.reason;
  }
  return all;
}
// Of the event count and the work signal.
const std::string waiters = "work_signal::work_added returns, or looks at the gate";
const std::string counted = "event_count::notify returns, or calls the kernel";
const std::string settled = "wake_one and found_work return, or claim a wake-up";
const std::string gate_outcome = "search_gate returns or tries again";
const std::string unclaims = "release_unused_wake returns, or tries its compare-exchange";
const std::string seen = "the sleeper calls the kernel if nothing is visible, or does not";
const std::string kernel = "the kernel compares the word, and returns or sleeps";

void expect_pairs(const model_set& of, const reasons& known) {
  const pairs found = pairs_of(of);
  for (const std::string& pair : found) {
    EXPECT_TRUE(known.contains(pair)) << "without a reason: " << pair;
  }
  for (const auto& [pair, reason] : known) {
    EXPECT_TRUE(found.contains(pair)) << "there no longer: " << pair;
    EXPECT_NE(reason, "") << pair;
  }
}

TEST(WynLoadBuffering, DequeWithFences) {
  expect_pairs(deque_models::all_models<deque_fence_orders>(), {});
}

TEST(WynLoadBuffering, DequeWithSeqCstAccesses) {
  expect_pairs(deque_models::all_models<deque_seq_cst_orders>(), {});
}

// An owner that has taken its oldest item as a thief does pushes on the strength of that
// compare-exchange, which is no acquire: the branch on its outcome orders the two.
TEST(WynLoadBuffering, DequeWhoseOwnerTakesTheOldest) {
  using deque_models::oldest;
  const std::string won = "chase_lev_deque::take_oldest tries again, or returns the item";
  expect_pairs({{"oldest", model::check<oldest<env_checker, deque_fence_orders>>}},
               {{"DF14 steal.cas_top -> DF3 push.store_slot", won}});
  expect_pairs({{"oldest", model::check<oldest<env_checker, deque_seq_cst_orders>>}},
               {{"DS14 steal.cas_top -> DS3 push.store_slot", won}});
}

// A read that decides a branch is ordered before all writes behind it: O4 of
// proofs/load_buffering.md, which says under which assumptions.
TEST(WynLoadBuffering, BiasedDeque) {
  const std::string oldest = "biased_deque::take_oldest gives up, or goes on to an acquire";
  expect_pairs(biased_models::all_models(),
               {{"DB15b oldest.load_top -> DB3 push.store_slot", oldest},
                {"DB15b oldest.load_top -> DB6 pop.store_bottom", oldest}});
}

// Each read decides a branch, but for two whose write is behind a release of the same word: O7.
TEST(WynLoadBuffering, RuntimeWords) {
  const std::string left = "RT28 is between them, a release of the word that RT26 writes";
  const std::string raised = "raised_marks::scope raises its mark, or does not";
  const reasons all = of_reads({
      {"DS13b steal.load_slot", left, {"RT26 visit.store_enter"}},
      {"PR8 claim.load_slot", left, {"RT26 visit.store_enter"}},
      {"EC6 notify.load_waiters",
       "notify_*_without_fence calls the slow part, or does not",
       {"RT1 count.store_spawned", "RT12 idle_wanted.store", "RT21 trim.fetch_add_request"}},
      {"EC7 notify.fetch_add",
       "event_count::notify returns, or calls the kernel",
       {"RT1 count.store_spawned", "RT12 idle_wanted.store", "RT21 trim.fetch_add_request"}},
      {"GC4 await.load",
       "group_count::await returns, or tries to set its flag",
       {"GC9 cancel.store_clear"}},
      {"GC5 await.cas", "group_count::await returns, or tries again", {"GC9 cancel.store_clear"}},
      {"RT13 idle_wanted.load",
       "idle_watch and the waiter go on, or do not",
       {"RT1 count.store_spawned"}},
      {"RT14 idle_wanted.exchange",
       "idle_watch::announce wakes, or does not",
       {"RT1 count.store_spawned"}},
      {"RT4 idle.load_spawned",
       "all_complete compares the sums, and the caller acts on it",
       {"RT12 idle_wanted.store", "RT14 idle_wanted.exchange"}},
      {"DS17 size.load_top", raised, {"DS3 push.store_slot", "TM3 mark.cas_lower"}},
      {"DB34 size.load_top", raised, {"DB3 push.store_slot"}},
      {"wait_upper",
       "the kernel compares the word, and returns or sleeps",
       {"GC1 add.fetch_add", "GC9 cancel.store_clear", "RT12 idle_wanted.store"}},
  });
  expect_pairs(runtime_models::all_models<runtime_models::model_orders>(), all);
}

// Deque, ring, sleep and counts together, spawning, stealing and waiting. `deque` is the letters of
// its rows.
reasons of_mini_runtimes(const std::string& deque) {
  const std::string push = deque + "3 push.store_slot";
  const std::string ring = "PR3 push.store_slot";
  const std::string claim = "SG3 claim.cas", unclaim = "SG5 unclaim.cas";
  const std::string take = "SG7 wake.cas", bring = "SG15 wake.fetch_add";
  const std::string claims = "search_gate::try_claim_wake returns, or tries its compare-exchange";
  return of_reads({
      {"EC6 notify.load_waiters", waiters, {claim, unclaim, bring, push, ring}},
      {"EC7 notify.fetch_add", counted, {claim, unclaim, bring, push, ring}},
      {"EC8 settle.fetch_add", settled, {claim, unclaim, push, ring}},
      {"PR13 size.load_tail", seen, {take, bring, "SG12 ask.cas"}},
      {"RT13 idle_wanted.load", "idle_watch and the waiter go on, or do not", {bring}},
      {"RT14 idle_wanted.exchange", "idle_watch::announce wakes, or does not", {bring}},
      {"SG1 look.load", "work_signal wakes, or returns", {push, ring}},
      {"SG2 claim.load", claims, {push, ring}},
      {"SG3 claim.cas", gate_outcome, {push, ring}},
      {"SG4 unclaim.load", unclaims, {push, ring}},
      {"SG5 unclaim.cas", gate_outcome, {push, ring}},
      {"wait_upper", kernel, {take, bring}},
  });
}

TEST(WynLoadBuffering, MiniRuntimes) {
  const std::string bring = "SG15 wake.fetch_add";
  reasons all = of_mini_runtimes("DF");
  all.merge(of_reads({
      {"DF14 steal.cas_top",
       "who searches returns the item, or goes on",
       {"RT12 idle_wanted.store"}},
      {"DF16 size.load_bottom", seen, {"SG7 wake.cas", bring, "SG12 ask.cas"}},
      {"DF17 size.load_top", seen, {bring}},
  }));
  expect_pairs(runtime_models::mini_models<runtime_models::shipped_parts>(), all);
}

TEST(WynLoadBuffering, MiniRuntimesOverTheBiasedDeque) {
  const std::string steal = "biased_deque::steal returns, or asks";
  const std::string ask = "biased_deque::ask makes the deque shared, or does not";
  const std::string want = "RT12 idle_wanted.store", bring = "SG15 wake.fetch_add";
  reasons all = of_mini_runtimes("DB");
  all.merge(of_reads({
      {"DB17 peek.load_bottom", steal, {want}},
      {"DB22 steal.cas_top", "who searches returns the item, or goes on", {want}},
      {"DB25 ask.load_top", ask, {want}},
      {"DB26 ask.cas_top", ask, {want}},
      {"DB33 size.load_bottom", seen, {want, "SG7 wake.cas", bring, "SG12 ask.cas"}},
      {"DB34 size.load_top", seen, {want, bring}},
      {"PR13 size.load_tail", seen, {"SG14 request.cas"}},
      {"wait_upper", kernel, {"SG14 request.cas"}},
  }));
  expect_pairs(runtime_models::mini_models<runtime_models::biased<>>(), all);
}

TEST(WynLoadBuffering, MiniRuntimeWithMain) {
  const std::string claim = "SG3 claim.cas", want = "RT12 idle_wanted.store";
  const std::string take = "SG7 wake.cas", bring = "SG15 wake.fetch_add";
  const std::string wakes = "search_gate::try_claim_wake returns, or tries (again)";
  expect_pairs(runtime_models::mini_with_main(),
               of_reads({
                   {"EC6 notify.load_waiters", waiters, {claim, take, bring, want}},
                   {"EC7 notify.fetch_add", counted, {take, bring, want}},
                   {"PR5 claim.load_head", "claim returns, or goes on", {want}},
                   {"PR9 claim.cas_head", "who searches returns the task, or goes on", {want}},
                   {"PR14 size.load_head",
                    "the sleeper blocks if nothing is visible, or does not",
                    {take, bring}},
                   {"RT13 idle_wanted.load", "idle_watch goes on, or does not", {take, bring}},
                   {"RT14 idle_wanted.exchange", "announce wakes, or does not", {take, bring}},
                   {"SG1 look.load", "work_signal wakes, or returns", {want}},
                   {"SG2 claim.load", wakes, {want}},
                   {"SG3 claim.cas", wakes, {want}},
                   {"wait_upper", kernel, {take, bring}},
               }));
}

TEST(WynLoadBuffering, JoinCounter) {
  expect_pairs(coro_models::all_models<coro_default_orders>(), {});
}

TEST(WynLoadBuffering, CombinedHeavyFences) {
  expect_pairs(fence_models::all_models<heavy_fence_orders>(), {});
}

// The producer claims from its own ring. What it reads of the head there permits nothing: a slot is
// overwritten on the strength of PR2 alone, which acquires. And each read decides a branch, too.
TEST(WynLoadBuffering, ProducerRing) {
  expect_pairs(injector_models::all_models<producer_ring_orders>(),
               {{"PR5 claim.load_head -> PR3 push.store_slot",
                 "producer_ring::claim compares it with the tail, and returns or not"},
                {"PR9 claim.cas_head -> PR3 push.store_slot",
                 "producer_ring::claim returns the items, or none"}});
}

// TP3 writes null, which publishes nothing. And each read decides a branch, too.
TEST(WynLoadBuffering, TaskPool) {
  expect_pairs(task_pool_models::all_models<task_heap_default_orders>(),
               {{"TP1 return.load_head -> TP3 collect.exchange_head",
                 "task_heap::free_remote: TP2 compares it, and the loop goes on or ends"},
                {"TP2 return.cas_head -> TP3 collect.exchange_head",
                 "task_heap::free_remote: the loop goes on or ends"},
                {"TP7 guard.fetch_add_live -> TP3 collect.exchange_head",
                 "slab_guard::set_live ends the process, or does not"},
                {"TP9 guard.load_mark -> TP8 guard.fetch_add_dead",
                 "slab_guard::check_address ends the process, or does not"}});
}

// W2 and W3 are the models' own queue of work, which is relaxed on purpose.
reasons of_park() {
  const std::string claim = "SG3 claim.cas", unclaim = "SG5 unclaim.cas";
  const std::string token = "SG7 wake.cas", bring = "SG15 wake.fetch_add";
  const std::string ask = "SG12 ask.cas", request = "SG14 request.cas", take = "W3 take";
  const std::string looks =
      "the waiter calls the kernel, or leaves without; found_work returns, or looks for sleepers";
  return of_reads({
      {"EC6 notify.load_waiters", waiters, {claim, unclaim}},
      {"EC7 notify.fetch_add", counted, {claim, unclaim}},
      {"EC8 settle.fetch_add", settled, {claim, unclaim}},
      {"SG6 wake.load", gate_outcome, {take}},
      {"SG7 wake.cas", gate_outcome, {take}},
      {"SG11 ask.load", "the waiter calls the kernel, or leaves without", {take}},
      {"SG12 ask.cas", gate_outcome, {take}},
      {"W2 look", looks, {claim, unclaim, token, bring, ask, request, take}},
      {"W3 take", "the worker is done, or tries the next item", {request, take}},
      {"wait_upper", kernel, {token, bring, request, take}},
      {"wait_upper_for", kernel, {token, bring, request}},
  });
}

TEST(WynLoadBuffering, WorkSignalWithAsymmetricFences) {
  expect_pairs(park_models::all_models<work_signal_asymmetric_orders>(), of_park());
}

TEST(WynLoadBuffering, WorkSignalWithSymmetricFences) {
  expect_pairs(park_models::all_models<work_signal_symmetric_orders>(), of_park());
}

}  // namespace
}  // namespace wyn

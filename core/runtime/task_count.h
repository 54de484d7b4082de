// How a runtime knows that it is idle, without a counter that all threads share.
//
// Each thread counts the tasks it spawned and the tasks it completed. "spawned" is raised before
// the task is published, "completed" after it has run.
//
// A waiter sums all completed counts first, and all spawned counts after that. Let D be the set of
// tasks that the first sum counted, and P the set that the second counted. Each task in D was
// counted as spawned before it was published, which happened before its completion, which the
// waiter acquired: D is part of P. So equal sums mean D = P: every task known to be spawned is
// complete, and so are its children, whose spawning came before its completion. The other way round
// is wrong: a task that ends and spawns a successor between the two sums makes them equal while
// work is left.
//
// Both counts only grow, so a task that was counted and then refused is counted as completed.
//
// A thread may count completed tasks late, several at once, as long as it has a task in hand that
// it has not counted: no waiter can find the sums equal before that one is over.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// The two counts of one thread. note_*: the owning thread only; the others: any thread. Wait-free.
template <class Env = env_default, class Orders = runtime_default_orders>
class task_count {
 public:
  constexpr task_count() noexcept {
    name_object<Env>(spawned_, "spawned");
    name_object<Env>(completed_, "completed");
  }

  void note_spawned() noexcept {
    spawned_.store(spawned_.load(Orders::count_load_own) + 1, Orders::count_spawned);
  }
  void note_completed(std::uint64_t tasks = 1) noexcept {
    completed_.store(completed_.load(Orders::count_load_own) + tasks, Orders::count_completed);
  }

  std::uint64_t completed() const noexcept { return completed_.load(Orders::idle_load_completed); }
  /// To be read after the completed() of every thread.
  std::uint64_t spawned() const noexcept { return spawned_.load(Orders::idle_load_spawned); }

 private:
  typename Env::template atomic<std::uint64_t> spawned_{0};
  typename Env::template atomic<std::uint64_t> completed_{0};
};

/// Whether all tasks that were spawned are complete, and those they spawned: see the head of this
/// file. `list` has size() and at(i)->count(). True: what those tasks did is visible. Any thread;
/// wait-free, O(number of participants).
template <class List>
bool all_complete(const List& list) noexcept {
  const std::uint32_t n = list.size();
  std::uint64_t completed = 0;
  for (std::uint32_t i = 0; i < n; ++i) completed += list.at(i)->count().completed();
  // A thread that has come since is seen here if one of the completed tasks depends on it.
  const std::uint32_t m = list.size();
  std::uint64_t spawned = 0;
  for (std::uint32_t i = 0; i < m; ++i) spawned += list.at(i)->count().spawned();
  return completed == spawned;
}

}  // namespace wyn

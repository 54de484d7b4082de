// What the members of a group leave behind for whoever waits for it: a request to stop, and their
// errors.
#pragma once

#include <cstdint>
#include <utility>

#include "core/base/env_default.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// A request to stop. Any thread; wait-free. What was done before request() is visible to whoever
/// finds requested(), as with std::stop_token.
template <class Env = env_default, class Orders = group_default_orders>
class stop_flag {
 public:
  void request() noexcept { requested_.store(true, Orders::cancel_store); }
  bool requested() const noexcept { return requested_.load(Orders::cancel_load); }
  /// No member is missing: the group begins anew.
  void clear() noexcept { requested_.store(false, Orders::cancel_clear); }

 private:
  typename Env::template atomic<bool> requested_{false};
};

/// A list that any number of members add to, and that one thread takes at a time. What was added is
/// visible to whoever takes it, also when its member has not ended: a thread from outside may have
/// added that one after the wait. `Node` has a member `next`. add() is lock-free, take() wait-free.
template <class Node, class Env = env_default, class Orders = group_default_orders>
class left_behind {
 public:
  void add(Node* n) noexcept {
    Node* first = first_.load(Orders::error_load);
    do {
      n->next = first;
    } while (!first_.compare_exchange(first, n, Orders::error_push));
  }
  /// All that were added, the last one first; the list is empty then.
  Node* take() noexcept {
    return empty() ? nullptr : first_.exchange(nullptr, Orders::error_take);
  }
  bool empty() const noexcept { return first_.load(Orders::error_load) == nullptr; }

 private:
  typename Env::template atomic<Node*> first_{nullptr};
};

/// Whether somebody has added members to a group whose maker sleeps inside a task: from a thread
/// that runs no task, so that the members lie in a queue that nobody may look at. The maker runs
/// any task from then on. The event count in which it sleeps orders both sides: raise() comes
/// before notify_all(), raised() after prepare_wait(). Wait-free.
template <class Env = env_default, class Orders = group_default_orders>
class outside_flag {
 public:
  void raise() noexcept { raised_.store(true, Orders::outside_store); }
  bool raised() const noexcept { return raised_.load(Orders::outside_load); }

 private:
  typename Env::template atomic<bool> raised_{false};
};

}  // namespace wyn

// The mark of a thread that reads in other threads' queues, so that the owner of a queue that has
// grown learns when nobody can hold the outgrown buffer any more.
//
//     visitor:   enter();                       owner:   push, which publishes a larger buffer
//                steal, or claim a block;                published();
//                leave();                                free what was outgrown if no mark is up
//
// Between a visitor's mark and its load of the buffer stands a fence, and between the owner's store
// of the buffer and its look at the marks: either the visitor gets the larger buffer, or the owner
// sees the mark, and keeps the outgrown one until another time (Dekker's protocol). A mark that is
// down again was taken down after the visitor's last look into any buffer.
//
// A thread that joins the runtime meanwhile puts its mark into the list before its first visit:
// either the owner sees it there, or it visits after the owner's fence.
//
// Roles:     one thread raises and lowers a mark; the owners of queues look at all of them.
// Progress:  wait-free; published() is a system call, once for each growth of a large queue.
// Rejected:  a count of visitors in the queue (a read-modify-write, and a line that all thieves of
//            a victim share, for each steal); epochs (memory of several growths would wait for the
//            slowest thread; here there is nothing to wait for unless it is inside right then).
#pragma once

#include <cstddef>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// See the head of this file.
template <class Env = env_default, class Orders = runtime_default_orders>
class visit_mark {
 public:
  constexpr visit_mark() noexcept { name_object<Env>(raised_, "visit"); }

  /// The mark's thread, before it reads in a queue of another; a few instructions.
  [[gnu::always_inline]] void enter() noexcept {
    raised_.store(true, Orders::visit_enter);
    Env::fence(Orders::visit_fence);
  }
  /// The mark's thread, when it holds no buffer any more.
  [[gnu::always_inline]] void leave() noexcept { raised_.store(false, Orders::visit_leave); }

  /// What `take` answers, which reads in a queue of another: with the mark up meanwhile.
  template <class Take>
  [[gnu::always_inline]] auto during(const Take& take) noexcept {
    enter();
    const auto answer = take();
    leave();
    return answer;
  }

  /// An owner that has published a larger buffer, before it looks at any mark. A system call.
  static void published() noexcept { Env::fence(Orders::visit_published_fence); }
  /// Whether the mark's thread may hold a buffer that was outgrown before published(). Any thread.
  bool visiting() const noexcept { return raised_.load(Orders::visit_look); }

 private:
  typename Env::template atomic<bool> raised_{false};
};

/// A ring whose claims are visits: what claim_block (work_cycle.h) takes from. `pushed`: what the
/// thread knows of the ring (producer_ring.h).
template <class Ring, class Mark>
struct visited_ring {
  Ring& ring;
  Mark& mark;
  std::int64_t& pushed;

  template <class Item>
  auto claim(Item* out, std::size_t max) noexcept {
    return mark.during([&] { return ring.claim(out, max, pushed); });
  }
};
// clang 14 finds none by itself.
template <class Ring, class Mark>
visited_ring(Ring&, Mark&, std::int64_t&) -> visited_ring<Ring, Mark>;

/// Whether any mark in `list` is up, where published() has been called: what was outgrown before
/// it may be freed if not. `list` has size() and at(i)->mark().
template <class List>
bool anybody_visits(const List& list) noexcept {
  const auto n = list.size();
  for (decltype(list.size()) i = 0; i < n; ++i) {
    if (list.at(i)->mark().visiting()) return true;
  }
  return false;
}

}  // namespace wyn

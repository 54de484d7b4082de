// Whom a robbed thread may rob in turn.
//
// A thread that waits for a stolen task has nothing of its own left to do. It may run what the
// stolen task has forked meanwhile: that task cannot end without it. It may not run anything else,
// which might want a lock that the waiting task holds (rayon issue 592): neither what others have
// queued, nor what the stolen task has spawned and does not wait for. So a thief whose deque is
// empty leaves its name in the task's mark before it runs the task, and takes it away before
// anything of others gets into that deque; who waits steals forks from a thief whose mark stands.
//
// Paper:     D. B. Wagner and B. G. Calder, "Leapfrogging: A Portable Technique for Implementing
//            Efficient Futures", PPoPP'93.
// Roles:     thieves of the marked task (one, or several if the mark is a group's) raise and lower;
//            the thread that waits for the task reads.
// Invariant: while the mark has a thief's name, all that lies in that thief's deque was queued by
//            the marked task, or by what was called, stolen and queued from there.
// The look between: the waiting thread looks at the mark once more after it has read the item that
//            it is about to steal, and before the compare-exchange that makes the item its own. An
//            item that was queued after the mark was lowered brings the lowering with it (the
//            thief published it later), so the look finds the mark lowered; and as long as the
//            compare-exchange can succeed, the item is the one that was read.
// Progress:  wait-free.
// Rejected:  a look after the steal: what turns out to be foreign then must be given back, and
//            wherever it is put, its joiner may wait for it for ever (it has lost it, and those who
//            could take it wait as well).
#pragma once

#include <utility>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// See the head of this file. `Thief`: what has a deque.
template <class Thief, class Env = env_default, class Orders = theft_default_orders>
class thief_mark {
 public:
  thief_mark() noexcept { name_object<Env>(thief_, "thief"); }

  /// `self`, the caller, is about to run the task, and its deque is empty.
  void raise(Thief& self) noexcept { thief_.store(&self, Orders::mark_raise); }
  /// The caller is about to queue what is not the task's, or to end the task. No effect when the
  /// mark has another thief's name.
  void lower(Thief& self) noexcept {
    Thief* expected = &self;
    thief_.compare_exchange(expected, nullptr, Orders::mark_lower);
  }

  /// By whoever waits for the task: a thief to steal from; nullptr when there is none.
  Thief* thief() const noexcept { return thief_.load(Orders::mark_load); }
  /// Whether the name is still that of `t`. After the item to be stolen was read.
  bool names(const Thief& t) const noexcept { return thief_.load(Orders::mark_look) == &t; }

 private:
  typename Env::template atomic<Thief*> thief_{nullptr};
};

/// Steals what the task behind `mark`, which the caller waits for, has queued on a thief's deque,
/// if is_part(item): if the task cannot end without it. steal(thief, may_take) steals from that
/// deque, and asks may_take(item) before it takes the item that it has read. Its answer; false when
/// no thief has left its name.
template <class Mark, class IsPart, class Steal>
bool steal_back(const Mark& mark, const IsPart& is_part, const Steal& steal) noexcept {
  auto* const thief = mark.thief();
  if (thief == nullptr) return false;
  return steal(*thief, [&](const auto& item) { return is_part(item) && mark.names(*thief); });
}

/// The stolen tasks that a thread is running whose marks it has raised, innermost last: a thread
/// that is about to run tasks of others on top of them lowers all. Of one thread.
template <class Thief, class Mark = thief_mark<Thief>>
class raised_marks {
 public:
  /// One of them; lives as long as the task runs.
  class scope {
   public:
    /// Raises `mark` if the deque of `self`, the caller, is empty.
    scope(raised_marks& all, Mark& mark, Thief& self) noexcept
        : all_(all), mark_(mark), self_(self) {
      if (self.deque().size_estimate() != 0) return;
      mark.raise(self);
      raised_ = true;
      outer_ = std::exchange(all_.innermost_, this);
    }
    ~scope() {
      if (!raised_) return;
      all_.innermost_ = outer_;
      mark_.lower(self_);
    }
    scope(const scope&) = delete;
    scope& operator=(const scope&) = delete;

   private:
    friend raised_marks;
    raised_marks& all_;
    Mark& mark_;
    Thief& self_;
    scope* outer_ = nullptr;
    bool raised_ = false;
  };

  /// `self`, the caller, is about to run tasks of others.
  void lower_all(Thief& self) noexcept {
    for (scope* s = innermost_; s != nullptr; s = s->outer_) s->mark_.lower(self);
  }

 private:
  scope* innermost_ = nullptr;
};

}  // namespace wyn

// Walks over the pieces of a loop from left to right, with the rest queued by halves.
//
// It does what the recursion
//
//     pieces(from, to):  fork_join(pieces(from, middle), pieces(middle, to))
//
// does, with the same entries on the deque at every moment: while a piece runs, all that is right
// of it may be stolen, the larger parts first. But one call walks through the whole tree: the
// entries that are not joined yet stand in an array, not in the frames of as many calls, and a
// place of the array is prepared for its first entry only. And sixteen pieces that lie side by side
// are one sequence of code: else the processor would have to guess after each piece how many halves
// come next, and a long loop in a piece makes it forget what came before.
//
// What the pieces are depends on the loop alone, and not on who runs what.
//
// Rejected:  to halve only when the deque is empty (Tzannes et al., "Lazy Binary-Splitting",
//            PPoPP 2010): what is not queued yet cannot be stolen from a thread that is busy with a
//            long piece, and pieces that wait for each other never end; to queue all of the rest as
//            one entry after each piece: who is robbed of it has nothing left and sleeps.
#pragma once

#include <cxxabi.h>

#include <bit>
#include <cstddef>
#include <exception>
#include <new>
#include <utility>

#include "core/runtime/fork_join.h"
#include "core/runtime/pieces_of.h"

namespace wyn::detail {

/// A loop: body(from, to) for each piece.
template <class Body>
struct pieced_loop {
  scheduler& s;
  const pieces_of pieces;
  const Body& body;

  // A call of its own: what loop there is in it has all registers.
  [[gnu::noinline]] void run(std::size_t piece) const {
    body(pieces.begin(piece), pieces.end(piece));
  }
};

/// Lives on the stack of a thread that runs a task of the scheduler, or has been made to look like
/// it.
template <class Body>
class piece_walk {
 public:
  piece_walk(participant& self, const pieced_loop<Body>& loop) noexcept
      : self_(self), loop_(loop) {}
  piece_walk(const piece_walk&) = delete;
  piece_walk& operator=(const piece_walk&) = delete;
  /// The thread ends within a piece, or in what a piece has spawned.
  ~piece_walk() noexcept(false) {
    if (end_ != first()) [[unlikely]] join_quietly();
  }

  /// All pieces of [from, to); of what they throw, the leftmost leaves when all are done.
  void walk(std::size_t from, std::size_t to) {
    late_error error;
    try {
      run(from, to);
      return;
    } catch (const abi::__forced_unwind&) {
      throw;
    } catch (...) {
      error.keep_current();
    }
    const late_error::end destroyed{error};
    join_quietly();
    std::rethrow_exception(error.kept);
  }

 private:
  /// Pieces that are queued.
  struct part {
    const pieced_loop<Body>& loop;
    std::size_t from, to;
    void operator()() { piece_walk(*running_participant, loop).walk(from, to); }
  };
  struct entry {
    explicit entry(const pieced_loop<Body>& loop) noexcept
        : range{loop, 0, 0}, fork(range) {}
    part range;
    maybe_stolen<part> fork;
  };
  static constexpr std::size_t side_by_side = 16;
  /// Enough for 2^48 pieces; who has more of them forks once more.
  static constexpr std::size_t most_queued = 48;

  void run(std::size_t from, std::size_t to) {
    for (;;) {
      while (to - from > side_by_side) {
        const std::size_t middle = from + ((to - from + side_by_side - 1) / 2 & -side_by_side);
        if (!prepare(1) || !queue(end_, middle, to)) [[unlikely]] break;
        to = middle;
      }
      const bool whole = to - from == side_by_side && prepare(std::bit_width(side_by_side) - 1);
      if (whole ? !run_side_by_side<side_by_side>(end_, from) : !run_few(from, to)) return;
      if (end_ == first()) return;
      entry* const next = end_ - 1;
      if (!take_back(next)) return;
      from = next->range.from;
      to = next->range.to;
    }
  }

  // N pieces; the entries from `e` on are prepared for them. False when the rest of the walk was
  // stolen, and is done.
  template <std::size_t N>
  [[gnu::always_inline]] bool run_side_by_side(entry* e, std::size_t from) {
    if constexpr (N == 1) {
      loop_.run(from);
      return true;
    } else {
      if (!queue(e, from + N / 2, from + N)) [[unlikely]] return run_few(from, from + N);
      return run_side_by_side<N / 2>(e + 1, from) && take_back(e) &&
             run_side_by_side<N / 2>(e, from + N / 2);
    }
  }

  // The same for any number of pieces.
  [[gnu::noinline]] bool run_few(std::size_t from, std::size_t to) {
    if (to - from == 1) {
      loop_.run(from);
      return true;
    }
    const std::size_t middle = from + (to - from) / 2;
    entry* const e = end_;
    if (!prepare(1) || !queue(e, middle, to)) {
      // No room: fork_join runs both.
      part left{loop_, from, middle}, right{loop_, middle, to};
      fork_join(loop_.s, left, right);
      return true;
    }
    return run_few(from, middle) && take_back(e) && run_few(middle, to);
  }

  // Makes the next `n` entries ready for use. False when there are not as many.
  [[gnu::always_inline]] bool prepare(std::size_t n) noexcept {
    return end_ + n <= prepared_ || prepare_slowly(n);
  }
  [[gnu::noinline]] bool prepare_slowly(std::size_t n) noexcept {
    if (end_ + n > first() + most_queued) return false;
    while (prepared_ < end_ + n) ::new (static_cast<void*>(prepared_++)) entry(loop_);
    return true;
  }

  // False when there is no room. `e` is the end.
  [[gnu::always_inline]] bool queue(entry* e, std::size_t from, std::size_t to) noexcept {
    e->range.from = from;
    e->range.to = to;
    if (!e->fork.child.push(loop_.s, self_)) [[unlikely]] return false;
    end_ = e + 1;
    return true;
  }

  // `e`, the last entry, is the caller's. False when it was stolen, and all are done.
  [[gnu::always_inline]] bool take_back(entry* e) {
    if (!e->fork.child.take_back(self_)) [[unlikely]] return await_stolen();
    end_ = e;
    return true;
  }

  // The newest entry was stolen, and so were the older ones. Always false.
  [[gnu::noinline, gnu::cold]] bool await_stolen() {
    std::exception_ptr leftmost;
    while (end_ != first()) {
      auto& child = (--end_)->fork.child;
      const stolen_child_end<part> end{child};
      await_thief(child);
      if (child.error && !leftmost) leftmost = child.error;
    }
    if (leftmost) std::rethrow_exception(leftmost);
    return false;
  }

  // For a caller that has something else to throw.
  [[gnu::noinline, gnu::cold]] void join_quietly() {
    while (end_ != first()) {
      auto& child = (end_ - 1)->fork.child;
      const bool mine = child.take_back(self_);
      --end_;
      if (mine) {
        child.call_quietly();
      } else {
        const stolen_child_end<part> end{child};
        await_thief(child);
      }
    }
  }

  // The child of a fork() has no thieves: there is nothing to join there.
  void await_thief(forked_call& child) {
    try {
      child.await_thief(self_);
    } catch (const spawn_error&) {
      end_ = first();
      throw;
    }
  }

  entry* first() noexcept { return reinterpret_cast<entry*>(bytes_); }

  participant& self_;
  const pieced_loop<Body>& loop_;
  entry* end_ = first();       // of those that are not joined
  entry* prepared_ = first();  // of those that were constructed; nothing is left to be destroyed
  alignas(entry) unsigned char bytes_[most_queued * sizeof(entry)];
};

template <class Body>
[[gnu::noinline]] void walk_outside(const pieced_loop<Body>& loop) {
  participant& self = bind_or_throw(loop.s);
  inside_scope inside(loop.s, self);
  piece_walk<Body>(self, loop).walk(0, loop.pieces.count());
}

/// body(from, to) for pieces of [0, n); n is not 0.
template <class Body>
void for_pieces(scheduler& s, std::size_t n, std::size_t grain, const Body& body) {
  if (n <= grain) return body(0, n);
  const pieced_loop<Body> loop{s, {n, grain}, body};
  participant* const self = running_participant;
  if (running_scheduler != &s || self == nullptr) [[unlikely]] return walk_outside(loop);
  piece_walk<Body>(*self, loop).walk(0, loop.pieces.count());
}

}  // namespace wyn::detail

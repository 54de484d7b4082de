// What the models of outgrown buffers share: a queue that grows while others take from it, its
// owner, who frees what was outgrown when nobody visits, and visitors. As core/runtime/scheduler.cc
// and work_search.cc do it.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/deque/biased_deque.h"
#include "core/deque/chase_lev_deque.h"
#include "core/injector/producer_ring.h"
#include "core/runtime/visit_mark.h"

namespace wyn::runtime_models {

/// Which steps a model takes: the shipped ones, or broken ones that the model must see through.
struct shipped_visit {
  template <class Mark, class Take>
  static auto visit(Mark& mark, const Take& take) {
    return mark.during(take);
  }
  /// Pushes, and frees what was outgrown if nobody visits.
  template <class Mark, class List, class Queue>
  static void push(const List& list, Queue& queue, std::uint64_t item) {
    queue.push(item);
    Mark::published();
    if (!anybody_visits(list)) queue.free_outgrown();
  }
};

/// A deque whose first push has no room for a second item.
template <class Deque, class Env>
class small_deque_of {
 public:
  void push(std::uint64_t item) { Env::check(deque_.push(item), "there is room"); }
  void free_outgrown() { deque_.free_outgrown(); }
  /// One item, or 0.
  std::uint64_t take() {
    std::uint64_t item = 0;
    return deque_.steal(item) == steal_result::item ? item : 0;
  }

 private:
  Deque deque_{1};
};
template <class Env>
using small_deque =
    small_deque_of<chase_lev_deque<std::uint64_t, Env, deque_seq_cst_orders>, Env>;
template <class Env>
using small_biased_deque =
    small_deque_of<biased_deque<std::uint64_t, Env, biased_orders, 1>, Env>;

/// The same with a ring.
template <class Env>
class small_ring {
 public:
  void push(std::uint64_t item) { Env::check(ring_.push(item), "there is room"); }
  void free_outgrown() { ring_.free_outgrown(); }
  std::uint64_t take() {
    std::uint64_t item = 0;
    return ring_.claim(&item, 1).count == 1 ? item : 0;
  }

 private:
  producer_ring<std::uint64_t, Env> ring_{1};
};

/// Somebody whose mark is in a list.
template <class Env, class Orders>
class visitor {
 public:
  visit_mark<Env, Orders>& mark() { return mark_; }
  const visit_mark<Env, Orders>& mark() const { return mark_; }

 private:
  visit_mark<Env, Orders> mark_;
};

/// Items 1 to `Items`, taken at most once each. A taker notes in plain data of its own.
template <class Env, int Items, int Takers>
class taken_items {
 public:
  void note(int taker, std::uint64_t item) {
    if (item == 0) return;
    Env::check(item <= Items, "what is taken was pushed");
    ++times_[taker][item - 1];
  }
  void check_all_taken() const {
    for (int i = 0; i < Items; ++i) {
      int times = 0;
      for (int taker = 0; taker < Takers; ++taker) times += times_[taker][i];
      Env::check(times == 1, "each item is taken once");
    }
  }

 private:
  int times_[Takers][Items] = {};
};

}  // namespace wyn::runtime_models

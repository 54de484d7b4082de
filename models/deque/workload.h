// What the models of the deque share: numbered items with a payload, and the accounts of who took
// which. The accounts are plain memory: each thread keeps its own, and after() adds them up.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/deque/chase_lev_deque.h"

namespace wyn::deque_models {

/// Which deque a model runs: the shipped one, or a broken one that the model must see through.
struct shipped_deque {
  template <class Item, class Env, class Orders>
  using type = chase_lev_deque<Item, Env, Orders>;
};

/// An item of two words that shows whether both belong together.
struct two_words {
  std::uint64_t id;
  std::uint64_t complement;
};

inline void number(std::uint64_t& item, int id) { item = static_cast<std::uint64_t>(id); }
inline void number(two_words& item, int id) {
  const auto n = static_cast<std::uint64_t>(id);
  item = {n, ~n};
}

/// The item's number, or -1 when it was torn.
inline std::int64_t number_of(std::uint64_t item) { return static_cast<std::int64_t>(item); }
inline std::int64_t number_of(const two_words& item) {
  return item.complement == ~item.id ? static_cast<std::int64_t>(item.id) : -1;
}

/// A deque, up to `Items` items numbered from 1, each with a payload written before its push and
/// read after its take, and `Threads` accounts. Thread 0 is the owner.
template <class Env, class Orders, class Deque, int Items, int Threads, class Item = std::uint64_t>
class workload {
 public:
  explicit workload(std::int64_t initial_capacity)
      : workload(initial_capacity, std::int64_t{1} << 20) {}
  workload(std::int64_t initial_capacity, std::int64_t max_capacity)
      : deque_(initial_capacity, max_capacity) {
    for (int id = 1; id <= Items; ++id) name_object<Env>(payload_[id], "payload", id);
  }

  /// Pushes the next number. The answer of the deque.
  bool push() {
    const int id = ++last_pushed_;
    payload_[id].write(payload_of(id));
    Item item;
    number(item, id);
    accepted_[id] = deque_.push(item);
    return accepted_[id];
  }

  /// Takes at the owner's end and books it.
  bool pop() {
    Item item;
    number(item, untouched);
    if (!deque_.pop(item)) {
      Env::check(number_of(item) == untouched, "a pop without an answer leaves the item alone");
      return false;
    }
    take(0, item);
    return true;
  }

  /// The owner takes at the thieves' end and books it.
  bool take_oldest() {
    Item item;
    number(item, untouched);
    if (!deque_.take_oldest(item)) {
      Env::check(number_of(item) == untouched, "who takes nothing leaves the item alone");
      return false;
    }
    take(0, item);
    return true;
  }

  /// Takes at the thieves' end and books it to `thread`.
  steal_result steal(int thread) {
    Item item;
    number(item, untouched);
    const steal_result result = deque_.steal(item);
    if (result == steal_result::item) {
      take(thread, item);
    } else {
      Env::check(number_of(item) == untouched, "a steal without an answer leaves the item alone");
    }
    return result;
  }

  /// Takes up to `max` at the thieves' end, of a deque that can, and books them to `thread`.
  void steal_batch(int thread, int max) {
    Item batch[Items] = {};
    const int count = deque_.steal_batch(batch, max);
    for (int i = 0; i < count; ++i) take(thread, batch[i]);
  }

  /// What else a model wants of the deque.
  auto& deque() { return deque_; }

  /// After all threads: takes what is left; then every accepted item was taken once, no other was.
  void drain_and_check() {
    while (pop()) {
    }
    Env::check(deque_.size_estimate() == 0, "the drained deque is empty");
    for (int id = 1; id <= Items; ++id) {
      int times = 0;
      for (int thread = 0; thread < Threads; ++thread) times += taken_[thread][id];
      Env::check(times <= 1, "no item is taken twice");
      Env::check(times >= accepted_[id], "no accepted item is lost");
      Env::check(times <= accepted_[id], "no refused item is taken");
    }
  }

 private:
  static constexpr int untouched = Items + 1;

  static int payload_of(int id) { return 100 + id; }

  void take(int thread, const Item& item) {
    const std::int64_t id = number_of(item);
    Env::check(id != -1, "an item is not torn");
    Env::check(id >= 1 && id <= Items, "an item taken was pushed");
    Env::check(payload_[id].read() == payload_of(static_cast<int>(id)), "the payload came along");
    ++taken_[thread][id];
  }

  typename Deque::template type<Item, Env, Orders> deque_;
  typename Env::template plain<int> payload_[Items + 1];
  int last_pushed_ = 0;
  int accepted_[Items + 1] = {};
  int taken_[Threads][Items + 1] = {};
};

}  // namespace wyn::deque_models

// Clients that write down what they do to a deque: is it linearizable? Over any of the deques.
#pragma once

#include <cstdint>
#include <optional>

#include "models/checker/linearizability/history.h"
#include "models/checker/linearizability/specifications/work_stealing_deque.h"
#include "models/deque/workload.h"
#include "models/env/env_checker.h"

namespace wyn::deque_models {

/// A deque whose operations are written down. Items are numbered from 1.
template <class Orders, class Deque>
class recorded_deque {
 public:
  using spec = model::work_stealing_deque_of<std::uint64_t>;

  explicit recorded_deque(std::int64_t capacity) : deque_(capacity, 16) {}

  void push() {
    const std::uint64_t item = ++last_;
    auto op = past_.call(spec::push{item});
    op.returns(deque_.push(item));
  }
  void pop() {
    auto op = past_.call(spec::pop{});
    std::uint64_t item = 0;
    op.returns(deque_.pop(item) ? std::optional<std::uint64_t>(item) : std::nullopt);
  }
  void steal() {
    auto op = past_.call(spec::steal{});
    std::uint64_t item = 0;
    switch (deque_.steal(item)) {
      case steal_result::item: return op.returns(spec::stolen::item(item));
      case steal_result::empty: return op.returns(spec::stolen::empty());
      case steal_result::lost: return op.returns(spec::stolen::lost());
    }
  }
  /// The owner takes at the thieves' end: a steal that is never lost.
  void take_oldest() {
    auto op = past_.call(spec::steal{});
    std::uint64_t item = 0;
    op.returns(deque_.take_oldest(item) ? spec::stolen::item(item) : spec::stolen::empty());
  }

 private:
  typename Deque::template type<std::uint64_t, env_checker, Orders> deque_;
  std::uint64_t last_ = 0;
  model::history<spec> past_;
};

/// Two items, two steals by one thief; then what is left is popped.
template <class Orders, class Deque = shipped_deque>
struct two_steals {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.pop();
      work.pop();
    } else {
      work.steal();
      work.steal();
    }
  }
  void after() {
    work.pop();
    work.pop();
  }
  recorded_deque<Orders, Deque> work{2};
};

/// Two thieves, and a deque that grows while they steal.
template <class Orders, class Deque = shipped_deque>
struct two_thieves_and_growth {
  static constexpr int threads = 3;
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.pop();
    } else {
      work.steal();
    }
  }
  void after() {
    work.pop();
    work.pop();
  }
  recorded_deque<Orders, Deque> work{1};
};

/// The slots are used again while the thief looks at them.
template <class Orders, class Deque = shipped_deque>
struct slots_used_again {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.pop();
      work.push();
      work.pop();
    } else {
      work.steal();
      work.steal();
    }
  }
  void after() { work.pop(); }
  recorded_deque<Orders, Deque> work{1};
};

/// The owner takes at both ends.
template <class Orders, class Deque = shipped_deque>
struct owner_at_both_ends {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.take_oldest();
      work.push();
      work.pop();
    } else {
      work.steal();
      work.steal();
    }
  }
  void after() {
    work.pop();
    work.pop();
  }
  recorded_deque<Orders, Deque> work{2};
};

/// A thief that has seen the last push takes what is before it; the other finds that gone.
template <class Orders, class Deque = shipped_deque>
struct two_thieves_in_turn {
  static constexpr int threads = 3;
  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else if (id == 1) {
      work.steal();
      work.steal();
    } else {
      work.steal();
    }
  }
  void after() {
    work.pop();
    work.pop();
    work.pop();
  }
  recorded_deque<Orders, Deque> work{4};
};

}  // namespace wyn::deque_models

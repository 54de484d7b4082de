// Clients that write down what is spawned and what shutdown finds: is closing one step? The shipped
// gate, counts and rings, put together as scheduler::shutdown does it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "core/injector/producer_ring.h"
#include "models/checker/linearizability/history.h"
#include "models/checker/linearizability/specifications/hash.h"
#include "models/env/env_checker.h"
#include "models/runtime/counted_work.h"
#include "models/runtime/shutdown_race.h"

namespace wyn::runtime_models {

/// A queue for each of `Spawners` threads, until they are closed, all at once: that takes what is
/// in them, in its order, and from then on spawns are refused.
template <std::size_t Spawners>
class closing_spec {
 public:
  /// Items of one queue.
  struct items {
    std::size_t count = 0;
    std::array<std::uint64_t, 2> numbers = {};
    void add(std::uint64_t number) { numbers[count++] = number; }
    bool operator==(const items&) const = default;
    std::string text() const {
      std::string all = "[";
      for (std::size_t i = 0; i < count; ++i) all += std::to_string(numbers[i]) + " ";
      return all + "]";
    }
  };
  struct all_items {
    std::array<items, Spawners> of;
    bool operator==(const all_items&) const = default;
    std::string text() const {
      std::string all;
      for (const items& one : of) all += one.text();
      return all;
    }
  };
  struct spawn {
    using result = bool;
    std::size_t by;
    std::uint64_t number;
    std::string text() const { return "spawn(" + std::to_string(number) + ")"; }
  };
  struct shut_down {
    using result = all_items;
    std::string text() const { return "shut_down()"; }
  };
  using operations = std::variant<spawn, shut_down>;

  bool apply(const spawn& op) {
    if (!closed_) queued_.of[op.by].add(op.number);
    return !closed_;
  }
  all_items apply(const shut_down&) {
    closed_ = true;
    return queued_;
  }

  bool operator==(const closing_spec&) const = default;
  std::size_t hash() const {
    std::size_t sum = closed_ ? 1 : 0;
    for (const items& one : queued_.of) sum = sum * 31 + model::detail::hash_of_range(one.numbers);
    return sum;
  }

 private:
  bool closed_ = false;
  all_items queued_;
};

/// `Spawners` foreign threads, each with a ring, and the thread that shuts down.
template <class Orders, class Gate, int Spawners>
class recorded_shutdown {
  using spec = closing_spec<Spawners>;
  using env = env_checker;

 public:
  void spawn(int by, std::uint64_t number) {
    auto op = past_.call(typename spec::spawn{static_cast<std::size_t>(by), number});
    const bool open = Gate::count_spawned(gates_[by], all_.count(by));
    if (open) {
      env::check(rings_[by].push(number), "there is room");
    } else {
      all_.count(by).note_completed();
    }
    op.returns(open);
  }

  void shut_down() {
    auto op = past_.call(typename spec::shut_down{});
    typename spec::all_items found;
    for (auto& gate : gates_) Gate::close(gate);
    while (!all_complete(all_)) {
      bool any = false;
      for (int by = 0; by < Spawners; ++by) any = take_all(by, found.of[by]) || any;
      if (!any) env::pause();
    }
    op.returns(found);
  }

 private:
  bool take_all(int by, typename spec::items& found) {
    std::uint64_t block[2];
    const std::size_t n = rings_[by].claim(block, 2).count;
    for (std::size_t i = 0; i < n; ++i) {
      found.add(block[i]);
      all_.count(Spawners).note_completed();
    }
    return n != 0;
  }

  struct ring : producer_ring<std::uint64_t, env> {
    ring() : producer_ring<std::uint64_t, env>(2, 2) {}
  };

  counted_threads<env, Orders, Spawners + 1> all_;
  spawn_gate<env, Orders> gates_[Spawners];
  ring rings_[Spawners];
  model::history<spec> past_;
};

/// One thread spawns two tasks while the other shuts down.
template <class Orders, class Gate = shipped_gate>
struct two_spawns {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) {
      runtime.spawn(0, 1);
      runtime.spawn(0, 2);
    } else {
      runtime.shut_down();
    }
  }
  recorded_shutdown<Orders, Gate, 1> runtime;
};

/// Two threads spawn, one of them before shutdown, too.
template <class Orders, class Gate = shipped_gate>
struct two_spawners {
  static constexpr int threads = 3;
  void before() { runtime.spawn(0, 1); }
  void thread(int id) {
    if (id == 2) {
      runtime.shut_down();
    } else {
      runtime.spawn(id, static_cast<std::uint64_t>(id) + 2);
    }
  }
  recorded_shutdown<Orders, Gate, 2> runtime;
};

}  // namespace wyn::runtime_models

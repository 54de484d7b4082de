// Clients that write down what they do to a task pool: is it linearizable?
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "models/checker/linearizability/history.h"
#include "models/checker/linearizability/specifications/hash.h"
#include "models/env/env_checker.h"
#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

/// Heaps of `Slots` slots each. An allocation takes a slot that is in nobody's hand, and answers
/// "none" only when all of its heap are in somebody's. Slots have numbers, those of one heap after
/// those of another, `PlacesPerHeap` of each.
template <std::size_t Slots, std::size_t PlacesPerHeap>
class pool_spec {
 public:
  struct allocate {
    using result = std::optional<std::size_t>;
    int heap;
    std::string text() const { return "allocate(" + std::to_string(heap) + ")"; }
  };
  struct deallocate {
    using result = void;
    std::size_t slot;
    std::string text() const { return "deallocate(" + std::to_string(slot) + ")"; }
  };
  struct trim {
    using result = void;
    int heap;
    std::string text() const { return "trim(" + std::to_string(heap) + ")"; }
  };
  using operations = std::variant<allocate, deallocate, trim>;

  bool admit(const allocate& op, const std::optional<std::size_t>* observed,
             const model::overlap<pool_spec>&) {
    if (observed == nullptr) return true;
    return *observed ? in_use_.insert(**observed).second : in_use_of(op.heap) == Slots;
  }
  void apply(const deallocate& op) { in_use_.erase(op.slot); }
  void apply(const trim&) {}

  bool operator==(const pool_spec&) const = default;
  std::size_t hash() const { return model::detail::hash_of_range(in_use_); }

 private:
  std::size_t in_use_of(int heap) const {
    std::size_t count = 0;
    for (const std::size_t slot : in_use_) {
      count += slot / PlacesPerHeap == static_cast<std::size_t>(heap) ? 1 : 0;
    }
    return count;
  }

  std::set<std::size_t> in_use_;
};

/// A pool whose operations are written down.
template <class Orders, class Pool, int Heaps, int Slots,
          template <std::size_t, std::size_t> class Spec = pool_spec>
class recorded_pool {
  using pool = typename Pool::template type<env_checker, Orders, Heaps, Slots>;
  using spec = Spec<Slots, pool::places / Heaps>;

 public:
  void* allocate(int heap = 0) {
    auto op = past_.call(typename spec::allocate{heap});
    void* slot = pool_.allocate(heap);
    op.returns(slot == nullptr ? std::nullopt : std::optional(pool_.place_of(slot)));
    return slot;
  }
  /// `thread` < 0: one that owns no heap. Nothing to do without a slot.
  void deallocate(void* slot, int thread) {
    if (slot == nullptr) return;
    auto op = past_.call(typename spec::deallocate{pool_.place_of(slot)});
    pool_.deallocate(slot, thread);
    op.returns();
  }
  void trim(int heap) {
    auto op = past_.call(typename spec::trim{heap});
    pool_.trim(heap);
    op.returns();
  }
  /// After all threads: takes what there is, finds that this was all, and puts it back.
  void drain() {
    std::array<void*, Slots + 1> slots[Heaps];
    for (int heap = 0; heap < Heaps; ++heap) {
      for (void*& slot : slots[heap]) slot = allocate(heap);
    }
    for (int heap = 0; heap < Heaps; ++heap) {
      for (void* slot : slots[heap]) deallocate(slot, heap);
    }
  }

 private:
  pool pool_;
  model::history<spec> past_;
};

/// Two threads return a slot each; the owner allocates meanwhile.
template <class Orders, class Pool = shipped_pool>
struct two_returns {
  static constexpr int threads = 3;
  void before() {
    given[0] = work.allocate();
    given[1] = work.allocate();
  }
  void thread(int id) {
    if (id == 0) {
      taken[0] = work.allocate();
      taken[1] = work.allocate();
    } else {
      work.deallocate(given[id - 1], -1);
    }
  }
  void after() {
    for (void* slot : taken) work.deallocate(slot, 0);
    work.drain();
  }
  recorded_pool<Orders, Pool, 1, 2> work;
  void* given[2] = {};
  void* taken[2] = {};
};

/// The owner uses again what comes back, returns it as a stranger and as the owner, and trims.
template <class Orders, class Pool = shipped_pool>
struct returns_and_reuse {
  static constexpr int threads = 2;
  void before() {
    given[0] = work.allocate();
    given[1] = work.allocate();
  }
  void thread(int id) {
    if (id == 1) {
      work.deallocate(given[0], -1);
      work.deallocate(given[1], -1);
      return;
    }
    work.deallocate(work.allocate(), -1);
    work.deallocate(work.allocate(), 0);
    work.trim(0);
    taken = work.allocate();
  }
  void after() {
    work.deallocate(taken, 0);
    work.drain();
  }
  recorded_pool<Orders, Pool, 1, 2> work;
  void* given[2] = {};
  void* taken = nullptr;
};

/// The owner is told that a slot is back: then there is one.
template <class Orders, class Pool = shipped_pool>
struct told_of_return {
  static constexpr int threads = 2;
  void before() {
    given[0] = work.allocate();
    given[1] = work.allocate();
  }
  void thread(int id) {
    if (id == 1) {
      for (void* slot : given) {
        work.deallocate(slot, -1);
        returned.fetch_add(1, site<"T1 tell", order::release>{});
      }
      return;
    }
    for (int i = 0; i < 2; ++i) {
      static_cast<void>(returned.load(site<"T2 look", order::acquire>{}));
      taken[i] = work.allocate();
    }
  }
  void after() {
    for (void* slot : taken) work.deallocate(slot, 0);
    work.drain();
  }
  recorded_pool<Orders, Pool, 1, 2> work;
  env_checker::atomic<int> returned{0};
  void* given[2] = {};
  void* taken[2] = {};
};

/// Two owners, each of whom returns what is the other's, and uses its own again.
template <class Orders, class Pool = shipped_pool>
struct owners_in_exchange {
  static constexpr int threads = 2;
  void before() {
    for (int heap = 0; heap < threads; ++heap) given[heap] = work.allocate(heap);
  }
  void thread(int id) {
    work.deallocate(given[1 - id], id);
    void* first = work.allocate(id);
    taken[id] = work.allocate(id);
    work.deallocate(first, id);
  }
  void after() {
    for (int heap = 0; heap < threads; ++heap) work.deallocate(taken[heap], heap);
    work.drain();
  }
  recorded_pool<Orders, Pool, 2, 1> work;
  void* given[2] = {};
  void* taken[2] = {};
};

}  // namespace wyn::task_pool_models

// Heaps that share a cap are not one object: an allocation looks at its own list first and at the
// cap then. So it may say "none" although at each moment one of the two had a slot, when a slot
// comes back after the first look and another heap takes the last of the cap before the second.
// core/task_pool/task_heap.h promises no more; this test says how much less than one step that is.
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "models/checker/gtest.h"
#include "models/task_pool/recorded_pool.h"

namespace wyn::task_pool_models {
namespace {

using orders = task_heap_default_orders;
using heap = task_heap<env_checker, orders, small_layout<env_checker>>;
constexpr std::size_t slots_per_slab = heap::slots_per_slab();
constexpr std::size_t cap = slots_per_slab + 1;

/// Two heaps under one cap of a slab and a slot.
struct shared_cap_pool {
  template <class Env, class Orders, int Heaps, int Slots>
  class type {
   public:
    static constexpr std::size_t places = Heaps * slab_places<Env>;
    std::size_t place_of(void* slot) {
      const heap* owner = detail::slab<Env, small_layout<Env>, heap>::home_of(slot)->owner();
      return (owner == &heaps_[0] ? 0 : slab_places<Env>)+place_in_slab<Env>(slot);
    }
    void* allocate(int h) { return heaps_[h].allocate(); }
    void deallocate(void* slot, int h) { heap::deallocate(slot, &heaps_[h]); }

   private:
    slot_budget<Env> budget_{Slots};
    heap heaps_[2] = {heap(budget_), heap(budget_)};
  };
};

/// As if an allocation were one step: it says "none" only when all slots of its heap are in use and
/// the cap leaves it no more.
template <std::size_t Cap, std::size_t PlacesPerHeap>
class one_step_spec {
 public:
  using allocate = typename pool_spec<Cap, PlacesPerHeap>::allocate;
  using deallocate = typename pool_spec<Cap, PlacesPerHeap>::deallocate;
  using operations = std::variant<allocate, deallocate>;

  bool admit(const allocate& op, const std::optional<std::size_t>* observed,
             const model::overlap<one_step_spec>&) {
    if (observed == nullptr) return true;
    const auto h = static_cast<std::size_t>(op.heap);
    if (in_use_of(h) == capacity_[h]) {
      capacity_[h] += std::min(slots_per_slab, Cap - capacity_[0] - capacity_[1]);
    }
    if (!*observed) return in_use_of(h) == capacity_[h];
    return in_use_.insert(**observed).second && in_use_of(h) <= capacity_[h];
  }
  void apply(const deallocate& op) { in_use_.erase(op.slot); }

  bool operator==(const one_step_spec&) const = default;
  std::size_t hash() const {
    return model::detail::hash_of_range(in_use_) + capacity_[0] * 31 + capacity_[1];
  }

 private:
  std::size_t in_use_of(std::size_t h) const {
    std::size_t count = 0;
    for (const std::size_t slot : in_use_) count += slot / PlacesPerHeap == h ? 1 : 0;
    return count;
  }

  std::set<std::size_t> in_use_;
  std::array<std::size_t, 2> capacity_ = {};
};

/// Heap 0 has its slab in use. Thread 1 returns a slot of it; if `TakesTheRest`, it then takes the
/// last of the cap for its own heap.
template <bool TakesTheRest>
struct return_and_take {
  static constexpr int threads = 2;
  void before() {
    for (void*& slot : given) slot = work.allocate(0);
  }
  void thread(int id) {
    if (id == 0) {
      taken[0] = work.allocate(0);
      return;
    }
    work.deallocate(given[0], 1);
    if (TakesTheRest) taken[1] = work.allocate(1);
  }
  void after() {
    for (std::size_t i = 1; i < slots_per_slab; ++i) work.deallocate(given[i], 0);
    for (int h = 0; h < threads; ++h) work.deallocate(taken[h], h);
  }
  recorded_pool<orders, shared_cap_pool, 2, cap, one_step_spec> work;
  void* given[slots_per_slab] = {};
  void* taken[2] = {};
};

MODEL_TEST(SharedCapHistory, OneHeapAlone, (return_and_take<false>), executions(3));
MODEL_TEST_FAILS(SharedCapHistory, NoneIsNotOneStep, (return_and_take<true>),
                 failure::not_linearizable);

}  // namespace
}  // namespace wyn::task_pool_models

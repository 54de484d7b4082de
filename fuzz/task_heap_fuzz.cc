// Two task heaps on one budget against a model: which slots are live, whose they are, what is in
// them.
//
// One thread owns both heaps, so each answer is determined: a slot that another heap's owner frees
// goes the way over the return list. Each live slot is filled with a pattern of its own, which must
// still be there when it is freed.
//
// Input: a byte for the cap of the budget, then operations with their operands.
#include <cstdint>
#include <cstring>
#include <map>
#include <set>
#include <vector>

#include "core/task_pool/task_heap.h"
#include "fuzz/input.h"

namespace {

// Small, so that slabs fill up and empty within a short input.
template <bool Guarded>
struct small_layout {
  static constexpr std::size_t slot_bytes = 64;
  static constexpr std::size_t slab_bytes = 2048;
  static constexpr bool guarded = Guarded;
};

template <bool Guarded>
class comparison {
  using layout = small_layout<Guarded>;
  using heap = wyn::task_heap<wyn::env_default, wyn::task_heap_default_orders, layout>;
  struct live_slot {
    int owner;
    std::uint8_t pattern;
  };

 public:
  explicit comparison(std::uint64_t cap) : budget_(cap), heaps_{heap(budget_), heap(budget_)} {}

  void run(wyn::fuzz::input in) {
    while (!in.empty()) {
      const std::uint8_t op = in.byte();
      const int which = op & 1;
      switch ((op >> 1) % 8) {
        case 0:
        case 1:
        case 2: allocate(which); break;
        case 3: free_some(in.byte(), &heaps_[which]); break;
        case 4: free_some(in.byte(), nullptr); break;
        case 5: trim(which, in.byte()); break;
        case 6: reserve(which, in.byte()); break;
        default: allocate_many(which, in.byte()); break;
      }
      check_counts();
    }
    while (!live_.empty()) free_some(0, nullptr);
    for (int h : {0, 1}) {
      trim(h, 0);
      FUZZ_CHECK(heaps_[h].capacity() == 0);
      FUZZ_CHECK(heaps_[h].memory_bytes() == 0);
    }
    // The budget is whole again: one heap can have all of it, and no more.
    FUZZ_CHECK(heaps_[0].reserve(budget_.max_slots()));
    FUZZ_CHECK(!heaps_[0].reserve(budget_.max_slots() + 1));
  }

 private:
  void allocate(int h) {
    const bool has_free_slot = live_of(h) < heaps_[h].capacity();
    const bool may_grow = total_capacity() < budget_.max_slots();
    void* slot = heaps_[h].allocate();
    FUZZ_CHECK((slot != nullptr) == (has_free_slot || may_grow));
    if (slot == nullptr) return;
    FUZZ_CHECK(reinterpret_cast<std::uintptr_t>(slot) % 64 == 0);
    FUZZ_CHECK(!live_.contains(slot));
    const auto pattern = static_cast<std::uint8_t>(++patterns_);
    std::memset(slot, pattern, layout::slot_bytes);
    live_[slot] = {h, pattern};
    ++live_count_[h];
    order_.push_back(slot);
  }

  void allocate_many(int h, unsigned count) {
    for (unsigned i = 0; i < count % 64; ++i) allocate(h);
  }

  // `self`: the heap of the thread that is supposed to free it; nullptr: one without a heap.
  void free_some(unsigned index, heap* self) {
    if (order_.empty()) return;
    const auto at = order_.begin() + static_cast<std::ptrdiff_t>(index % order_.size());
    void* slot = *at;
    order_.erase(at);
    check_pattern(slot);
    --live_count_[live_.at(slot).owner];
    live_.erase(slot);
    heap::deallocate(slot, self);
  }

  void check_pattern(void* slot) const {
    const auto* bytes = static_cast<const std::uint8_t*>(slot);
    for (std::size_t i = 0; i < layout::slot_bytes; ++i) {
      FUZZ_CHECK(bytes[i] == live_.at(slot).pattern);
    }
  }

  void trim(int h, std::uint64_t keep) {
    const std::size_t bytes = heaps_[h].memory_bytes();
    const std::uint64_t capacity = heaps_[h].capacity();
    const std::size_t given_back = heaps_[h].trim(keep);
    FUZZ_CHECK(heaps_[h].memory_bytes() == bytes - given_back);
    FUZZ_CHECK(given_back % layout::slab_bytes == 0);
    if (given_back > 0) FUZZ_CHECK(heaps_[h].capacity() >= keep);
    FUZZ_CHECK(heaps_[h].capacity() <= capacity);
    if (keep == 0) FUZZ_CHECK(heaps_[h].memory_bytes() == slabs_in_use(h) * layout::slab_bytes);
    for (const auto& [slot, what] : live_) check_pattern(slot);
  }

  void reserve(int h, std::uint64_t slots) {
    const std::uint64_t others = heaps_[1 - h].capacity();
    const bool possible = slots + others <= budget_.max_slots();
    const bool there = heaps_[h].capacity() >= slots;
    FUZZ_CHECK(heaps_[h].reserve(slots) == (possible || there));
    FUZZ_CHECK(!possible || heaps_[h].capacity() >= slots);
  }

  void check_counts() {
    FUZZ_CHECK(heaps_[0].live_slots() == live_of(0));
    FUZZ_CHECK(heaps_[1].live_slots() == live_of(1));
    FUZZ_CHECK(total_capacity() <= budget_.max_slots());
  }

  std::uint64_t total_capacity() const { return heaps_[0].capacity() + heaps_[1].capacity(); }

  std::uint64_t live_of(int h) const { return live_count_[h]; }

  std::size_t slabs_in_use(int h) const {
    std::set<std::uintptr_t> slabs;
    for (const auto& [slot, what] : live_) {
      if (what.owner == h) {
        slabs.insert(reinterpret_cast<std::uintptr_t>(slot) / layout::slab_bytes);
      }
    }
    return slabs.size();
  }

  wyn::slot_budget<> budget_;
  heap heaps_[2];
  std::map<void*, live_slot> live_;
  std::uint64_t live_count_[2] = {};
  std::vector<void*> order_;  // the live slots, by age
  unsigned patterns_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 512) return 0;  // longer ones find nothing that shorter ones do not
  wyn::fuzz::input in(data, size);
  const std::uint64_t cap = in.byte();
  comparison<true>(cap).run(in);
  comparison<false>(cap).run(in);
  return 0;
}

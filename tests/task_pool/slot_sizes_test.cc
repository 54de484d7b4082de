// Heaps of slots of several sizes do the same, and slots lie as their size says.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <set>
#include <thread>
#include <vector>

#include "core/task_pool/task_heap.h"
#include "gtest/gtest.h"

namespace wyn {
namespace {

template <std::size_t Bytes>
struct layout_of {
  static constexpr std::size_t slot_bytes = Bytes;
  static constexpr std::size_t slab_bytes = 4096;
  static constexpr bool guarded = true;
};
template <std::size_t Bytes>
using heap_of = task_heap<env_default, task_heap_default_orders, layout_of<Bytes>>;

template <class Heap>
class SlotSizes : public ::testing::Test {
 protected:
  std::vector<void*> take(std::uint64_t count) {
    std::vector<void*> slots;
    for (std::uint64_t i = 0; i < count; ++i) slots.push_back(heap_.allocate());
    return slots;
  }
  void free_all(const std::vector<void*>& slots, Heap* self) {
    for (void* s : slots) Heap::deallocate(s, self);
  }

  slot_budget<> budget_;
  Heap heap_{budget_};
};

using sizes = ::testing::Types<heap_of<32>, heap_of<48>, heap_of<64>, heap_of<128>, heap_of<192>,
                               small_task_heap, task_heap<>>;
TYPED_TEST_SUITE(SlotSizes, sizes);

TYPED_TEST(SlotSizes, AreRoomForEachSlotAlone) {
  const std::vector<void*> slots = this->take(2 * TypeParam::slots_per_slab() + 1);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    std::memset(slots[i], static_cast<int>(i % 251), TypeParam::slot_bytes);
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto* bytes = static_cast<const unsigned char*>(slots[i]);
    for (std::size_t b = 0; b < TypeParam::slot_bytes; ++b) ASSERT_EQ(bytes[b], i % 251);
  }
  this->free_all(slots, &this->heap_);
}

TYPED_TEST(SlotSizes, AlignSlotsAsTheHeapSays) {
  EXPECT_GE(TypeParam::slot_alignment, alignof(std::max_align_t));
  const std::vector<void*> slots = this->take(TypeParam::slots_per_slab());
  for (void* s : slots) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(s) % TypeParam::slot_alignment, 0u);
  }
  this->free_all(slots, &this->heap_);
}

TYPED_TEST(SlotSizes, LeaveOnlyTheHeaderOfASlabUnused) {
  const std::vector<void*> slots = this->take(1);
  const std::size_t unused =
      this->heap_.memory_bytes() - TypeParam::slots_per_slab() * TypeParam::slot_bytes;
  EXPECT_LE(unused, 400 + TypeParam::slot_bytes);
  this->free_all(slots, &this->heap_);
}

TYPED_TEST(SlotSizes, MakeNoDifferenceToReturnsFromOtherThreads) {
  const std::vector<void*> slots = this->take(TypeParam::slots_per_slab());
  std::thread([&] { this->free_all(slots, nullptr); }).join();
  const std::vector<void*> again = this->take(TypeParam::slots_per_slab());
  EXPECT_EQ(std::set<void*>(slots.begin(), slots.end()),
            std::set<void*>(again.begin(), again.end()));
  this->free_all(again, &this->heap_);
  const std::size_t memory = this->heap_.memory_bytes();
  EXPECT_EQ(this->heap_.trim(), memory);
  EXPECT_EQ(this->heap_.memory_bytes(), 0u);
}

template <class Heap>
using GuardedSlotSizes = SlotSizes<Heap>;
using guarded_sizes = ::testing::Types<heap_of<32>, heap_of<48>, heap_of<192>>;
TYPED_TEST_SUITE(GuardedSlotSizes, guarded_sizes);

TYPED_TEST(GuardedSlotSizes, LetTheGuardTellSlotsFromPointersIntoThem) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const std::vector<void*> slots = this->take(TypeParam::slots_per_slab());
  auto* last = static_cast<std::byte*>(slots.back());
  EXPECT_DEATH(TypeParam::deallocate(last + 16, &this->heap_), "a pointer that is no slot");
  this->free_all(slots, &this->heap_);
  EXPECT_DEATH(TypeParam::deallocate(last, &this->heap_), "a slot is freed twice");
}

}  // namespace
}  // namespace wyn

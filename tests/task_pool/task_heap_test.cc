// Units of the task heap: what each public function promises, one fact a test.
#include "core/task_pool/task_heap.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace wyn {
namespace {

// Small slabs, so that a few slots reach every path; guarded in every build type.
struct small_layout {
  static constexpr std::size_t slot_bytes = 64;
  static constexpr std::size_t slab_bytes = 4096;
  static constexpr bool guarded = true;
};

using heap = task_heap<env_default, task_heap_default_orders, small_layout>;
constexpr std::uint64_t per_slab = heap::slots_per_slab();

std::vector<void*> take(heap& from, std::uint64_t count) {
  std::vector<void*> slots;
  for (std::uint64_t i = 0; i < count; ++i) slots.push_back(from.allocate());
  return slots;
}

void free_all(const std::vector<void*>& slots, heap* self) {
  for (void* s : slots) heap::deallocate(s, self);
}

TEST(TaskHeap, HasNoMemoryWhenNew) {
  slot_budget<> budget;
  heap h(budget);
  EXPECT_EQ(h.capacity(), 0u);
  EXPECT_EQ(h.memory_bytes(), 0u);
  EXPECT_EQ(h.live_slots(), 0u);
}

TEST(TaskHeap, GivesAlignedSlotsThatDoNotOverlap) {
  slot_budget<> budget;
  heap h(budget);
  const std::vector<void*> slots = take(h, 3 * per_slab + 1);
  std::set<std::uintptr_t> addresses;
  for (void* s : slots) {
    const auto address = reinterpret_cast<std::uintptr_t>(s);
    EXPECT_EQ(address % 64, 0u);
    addresses.insert(address);
  }
  ASSERT_EQ(addresses.size(), slots.size());
  std::uintptr_t before = 0;
  for (const std::uintptr_t a : addresses) {
    EXPECT_GE(a - before, heap::slot_bytes);
    before = a;
  }
  free_all(slots, &h);
}

TEST(TaskHeap, LetsEveryByteOfASlotBeUsed) {
  slot_budget<> budget;
  heap h(budget);
  const std::vector<void*> slots = take(h, 2 * per_slab);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    std::memset(slots[i], static_cast<int>(i & 0xff), heap::slot_bytes);
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto* bytes = static_cast<const unsigned char*>(slots[i]);
    for (std::size_t b = 0; b < heap::slot_bytes; ++b) ASSERT_EQ(bytes[b], i & 0xff);
  }
  free_all(slots, &h);
}

TEST(TaskHeap, HandsTheSlotFreedLastOutFirst) {
  slot_budget<> budget;
  heap h(budget);
  void* a = h.allocate();
  void* b = h.allocate();
  heap::deallocate(a, &h);
  heap::deallocate(b, &h);
  EXPECT_EQ(h.allocate(), b);
  EXPECT_EQ(h.allocate(), a);
  heap::deallocate(a, &h);
  heap::deallocate(b, &h);
}

TEST(TaskHeap, CountsLiveSlots) {
  slot_budget<> budget;
  heap h(budget);
  const std::vector<void*> slots = take(h, per_slab + 5);
  EXPECT_EQ(h.live_slots(), per_slab + 5);
  free_all(slots, &h);
  EXPECT_EQ(h.live_slots(), 0u);
}

TEST(TaskHeap, GrowsBySlabs) {
  slot_budget<> budget;
  heap h(budget);
  std::vector<void*> slots = take(h, per_slab);
  EXPECT_EQ(h.memory_bytes(), small_layout::slab_bytes);
  slots.push_back(h.allocate());
  EXPECT_EQ(h.memory_bytes(), 2 * small_layout::slab_bytes);
  EXPECT_EQ(h.capacity(), 2 * per_slab);
  free_all(slots, &h);
}

TEST(TaskHeap, ReservesAtLeastWhatWasAskedFor) {
  slot_budget<> budget;
  heap h(budget);
  EXPECT_TRUE(h.reserve(per_slab + 1));
  EXPECT_EQ(h.capacity(), 2 * per_slab);
  EXPECT_TRUE(h.reserve(per_slab + 2));
  EXPECT_EQ(h.capacity(), 2 * per_slab) << "what is there is enough";
}

TEST(TaskHeap, ServesTheReserveWithoutGrowing) {
  slot_budget<> budget;
  task_heap<> h(budget);
  ASSERT_TRUE(h.reserve(task_heap<>::default_reserve));
  const std::size_t bytes = h.memory_bytes();
  std::vector<void*> slots;
  for (std::uint64_t i = 0; i < task_heap<>::default_reserve; ++i) slots.push_back(h.allocate());
  EXPECT_EQ(h.memory_bytes(), bytes);
  for (void* s : slots) task_heap<>::deallocate(s, &h);
}

TEST(TaskHeap, TakesSlotsThatOthersReturnedBeforeItGrows) {
  slot_budget<> budget;
  heap h(budget);
  const std::vector<void*> slots = take(h, per_slab);
  std::thread([&] { free_all(slots, nullptr); }).join();
  const std::vector<void*> again = take(h, per_slab);
  EXPECT_EQ(h.capacity(), per_slab);
  EXPECT_EQ(std::set<void*>(slots.begin(), slots.end()),
            std::set<void*>(again.begin(), again.end()));
  free_all(again, &h);
}

TEST(TaskHeap, SendsASlotFreedByAnotherHeapHome) {
  slot_budget<> budget;
  heap mine(budget);
  heap other(budget);
  void* s = mine.allocate();
  heap::deallocate(s, &other);
  EXPECT_EQ(mine.live_slots(), 0u);
  EXPECT_EQ(other.live_slots(), 0u);
  EXPECT_EQ(other.capacity(), 0u);
}

TEST(TaskHeap, StopsExactlyAtTheCap) {
  slot_budget<> budget(per_slab + 3);
  heap h(budget);
  const std::vector<void*> slots = take(h, per_slab + 3);
  for (void* s : slots) EXPECT_NE(s, nullptr);
  EXPECT_EQ(h.allocate(), nullptr);
  EXPECT_EQ(h.capacity(), per_slab + 3);
  free_all(slots, &h);
}

TEST(TaskHeap, ServesAgainAfterAnAnswerOfNull) {
  slot_budget<> budget(1);
  heap h(budget);
  void* s = h.allocate();
  ASSERT_EQ(h.allocate(), nullptr);
  heap::deallocate(s, nullptr);
  EXPECT_EQ(h.allocate(), s);
  heap::deallocate(s, &h);
}

TEST(TaskHeap, SharesTheCapWithOtherHeaps) {
  slot_budget<> budget(per_slab + 2);
  heap a(budget);
  heap b(budget);
  EXPECT_TRUE(a.reserve(per_slab));
  EXPECT_FALSE(b.reserve(per_slab));
  EXPECT_EQ(b.capacity(), 2u) << "what could be had stays";
  EXPECT_EQ(budget.taken(task_heap_default_orders::budget_load), per_slab + 2);
}

TEST(TaskHeap, AnswersNullUnderACapOfZero) {
  slot_budget<> budget(0);
  heap h(budget);
  EXPECT_EQ(h.allocate(), nullptr);
  EXPECT_FALSE(h.reserve(1));
  EXPECT_TRUE(h.reserve(0));
}

TEST(TaskHeap, GivesBackSlabsWithoutLiveSlotsOnTrim) {
  slot_budget<> budget;
  heap h(budget);
  free_all(take(h, 3 * per_slab), &h);
  EXPECT_EQ(h.trim(), 3 * small_layout::slab_bytes);
  EXPECT_EQ(h.memory_bytes(), 0u);
  EXPECT_EQ(h.capacity(), 0u);
  EXPECT_EQ(budget.taken(task_heap_default_orders::budget_load), 0u);
}

TEST(TaskHeap, GivesBackUntouchedReserveOnTrim) {
  slot_budget<> budget;
  heap h(budget);
  ASSERT_TRUE(h.reserve(4 * per_slab));
  EXPECT_EQ(h.trim(), 4 * small_layout::slab_bytes);
}

TEST(TaskHeap, KeepsTheSlabOfALiveSlotOnTrim) {
  slot_budget<> budget;
  heap h(budget);
  std::vector<void*> slots = take(h, 3 * per_slab);
  void* live = slots[per_slab + 7];
  std::memset(live, 0x5a, heap::slot_bytes);
  for (void* s : slots) {
    if (s != live) heap::deallocate(s, &h);
  }
  EXPECT_EQ(h.trim(), 2 * small_layout::slab_bytes);
  EXPECT_EQ(h.live_slots(), 1u);
  for (std::size_t b = 0; b < heap::slot_bytes; ++b) {
    ASSERT_EQ(static_cast<unsigned char*>(live)[b], 0x5a);
  }
  heap::deallocate(live, &h);
}

TEST(TaskHeap, KeepsAsManySlotsOnTrimAsItIsTold) {
  slot_budget<> budget;
  heap h(budget);
  ASSERT_TRUE(h.reserve(4 * per_slab));
  EXPECT_EQ(h.trim(2 * per_slab - 1), 2 * small_layout::slab_bytes);
  EXPECT_EQ(h.capacity(), 2 * per_slab);
}

TEST(TaskHeap, ServesAllThatIsLeftAfterTrim) {
  slot_budget<> budget(4 * per_slab);
  heap h(budget);
  std::vector<void*> slots = take(h, 3 * per_slab);  // the fourth slab stays uncut
  void* live = slots.front();
  for (void* s : slots) {
    if (s != live) heap::deallocate(s, &h);
  }
  h.trim();
  std::vector<void*> rest = take(h, 4 * per_slab - 1);
  std::set<void*> distinct(rest.begin(), rest.end());
  EXPECT_EQ(distinct.size(), 4 * per_slab - 1);
  EXPECT_FALSE(distinct.contains(nullptr));
  EXPECT_FALSE(distinct.contains(live));
  EXPECT_EQ(h.allocate(), nullptr);
  rest.push_back(live);
  free_all(rest, &h);
}

TEST(TaskHeap, TrimsSlotsThatOthersReturned) {
  slot_budget<> budget;
  heap h(budget);
  const std::vector<void*> slots = take(h, per_slab);
  std::thread([&] { free_all(slots, nullptr); }).join();
  EXPECT_EQ(h.trim(), small_layout::slab_bytes);
}

TEST(TaskHeap, MayBeHandedToAnotherThread) {
  slot_budget<> budget;
  heap h(budget);
  void* mine = h.allocate();
  std::thread([&] {
    void* theirs = h.allocate();
    EXPECT_NE(theirs, mine);
    heap::deallocate(theirs, &h);
    heap::deallocate(mine, &h);
  }).join();
  EXPECT_EQ(h.live_slots(), 0u);
}

TEST(TaskHeap, LetsTheThreadThatReturnedTheLastSlotOutliveIt) {
  slot_budget<> budget;
  for (int round = 0; round < 200; ++round) {
    auto h = std::make_unique<heap>(budget);
    void* s = h->allocate();
    std::thread other([s] { heap::deallocate(s, nullptr); });
    while (h->live_slots() != 0) std::this_thread::yield();
    h.reset();  // perhaps before `other` has left deallocate()
    other.join();
  }
}

TEST(SlotBudget, GivesNoMoreThanItHas) {
  slot_budget<> budget(10);
  using o = task_heap_default_orders;
  EXPECT_EQ(budget.take(6, o::budget_load, o::budget_cas_take), 6u);
  EXPECT_EQ(budget.take(6, o::budget_load, o::budget_cas_take), 4u);
  EXPECT_EQ(budget.take(6, o::budget_load, o::budget_cas_take), 0u);
  budget.give_back(3, o::budget_add_back);
  EXPECT_EQ(budget.take(6, o::budget_load, o::budget_cas_take), 3u);
  EXPECT_EQ(budget.taken(o::budget_load), 10u);
}

TEST(SlotLayout, IsGuardedExactlyInBuildsWithAssertions) {
#ifdef NDEBUG
  EXPECT_FALSE(slot_layout::guarded);
#else
  EXPECT_TRUE(slot_layout::guarded);
#endif
}

}  // namespace
}  // namespace wyn

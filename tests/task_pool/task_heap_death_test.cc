// Misuse of the task heap ends the process with a message that says what was wrong.
#include <cstddef>
#include <cstdlib>
#include <thread>

#include "core/task_pool/task_heap.h"
#include "gtest/gtest.h"

namespace wyn {
namespace {

struct guarded_layout {
  static constexpr std::size_t slot_bytes = 64;
  static constexpr std::size_t slab_bytes = 4096;
  static constexpr bool guarded = true;
};
struct bare_layout : guarded_layout {
  static constexpr bool guarded = false;
};
using heap = task_heap<env_default, task_heap_default_orders, guarded_layout>;
using bare_heap = task_heap<env_default, task_heap_default_orders, bare_layout>;

class TaskHeapDeathTest : public ::testing::Test {
 protected:
  // Other tests of the binary start threads; fork without exec is unsafe after that.
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(TaskHeapDeathTest, ReportsASlotFreedTwiceByItsOwner) {
  slot_budget<> budget;
  heap h(budget);
  void* s = h.allocate();
  heap::deallocate(s, &h);
  EXPECT_DEATH(heap::deallocate(s, &h), "a slot is freed twice");
}

TEST_F(TaskHeapDeathTest, ReportsASlotFreedByTwoThreads) {
  slot_budget<> budget;
  heap h(budget);
  void* s = h.allocate();
  std::thread([s] { heap::deallocate(s, nullptr); }).join();
  EXPECT_DEATH(heap::deallocate(s, &h), "a slot is freed twice");
}

TEST_F(TaskHeapDeathTest, ReportsASlotThatWasNeverHandedOut) {
  slot_budget<> budget;
  heap h(budget);
  void* s = h.allocate();
  void* neighbour = static_cast<std::byte*>(s) + heap::slot_bytes;
  EXPECT_DEATH(heap::deallocate(neighbour, &h), "a slot is freed twice");
  heap::deallocate(s, &h);
}

TEST_F(TaskHeapDeathTest, ReportsNull) {
  slot_budget<> budget;
  heap h(budget);
  EXPECT_DEATH(heap::deallocate(nullptr, &h), "a pointer that is no slot");
}

TEST_F(TaskHeapDeathTest, ReportsAPointerIntoASlot) {
  slot_budget<> budget;
  heap h(budget);
  void* s = h.allocate();
  EXPECT_DEATH(heap::deallocate(static_cast<std::byte*>(s) + 8, &h), "a pointer that is no slot");
  heap::deallocate(s, &h);
}

TEST_F(TaskHeapDeathTest, ReportsAPointerToTheHeaderOfASlab) {
  slot_budget<> budget;
  heap h(budget);
  void* s = h.allocate();
  const auto slab = reinterpret_cast<std::uintptr_t>(s) & ~std::uintptr_t{4095};
  EXPECT_DEATH(heap::deallocate(reinterpret_cast<void*>(slab), &h), "a pointer that is no slot");
  heap::deallocate(s, &h);
}

TEST_F(TaskHeapDeathTest, ReportsMemoryThatIsNoSlab) {
  slot_budget<> budget;
  heap h(budget);
  alignas(4096) static std::byte foreign[4096] = {};
  EXPECT_DEATH(heap::deallocate(foreign + 2048, &h), "a pointer that is no slot");
}

TEST_F(TaskHeapDeathTest, ReportsALiveSlotAboutToBeHandedOut) {
  slot_budget<> budget;
  heap h(budget);
  void* a = h.allocate();
  void* b = h.allocate();
  heap::deallocate(a, &h);
  // A write through a stale pointer makes the free slot link to a live one.
  EXPECT_DEATH(
      {
        *static_cast<void**>(a) = b;
        h.allocate();
        h.allocate();
      },
      "a live slot is about to be handed out|use-after-poison");
  heap::deallocate(b, &h);
}

#ifdef WYN_UNDER_ASAN
TEST_F(TaskHeapDeathTest, ReportsAReadOfAFreeSlot) {
  slot_budget<> budget;
  bare_heap h(budget);
  auto* s = static_cast<volatile int*>(h.allocate());
  bare_heap::deallocate(const_cast<int*>(s), &h);
  EXPECT_DEATH(s[0] = s[0] + 1, "use-after-poison");
  EXPECT_DEATH(s[15] = s[15] + 1, "use-after-poison");
}

TEST_F(TaskHeapDeathTest, ReportsAReadOfASlotThatWasNeverHandedOut) {
  slot_budget<> budget;
  bare_heap h(budget);
  void* s = h.allocate();
  auto* last = static_cast<volatile int*>(s) + (bare_heap::slots_per_slab() - 1) * 16;
  EXPECT_DEATH(*last = *last + 1, "use-after-poison");
  bare_heap::deallocate(s, &h);
}
#endif

#ifdef WYN_UNDER_TSAN
// The stress tests rely on ThreadSanitizer to see what the return list does not order: does it?
struct no_release : task_heap_default_orders {
  static constexpr site<"TP2 return.cas_head", order::relaxed> return_cas_head{};
};
struct no_acquire : task_heap_default_orders {
  static constexpr site<"TP3 collect.exchange_head", order::relaxed> collect_exchange_head{};
};

// One thread uses and frees a slot, the owner takes it again.
template <class Orders>
void use_after_remote_use() {
  using weak_heap = task_heap<env_default, Orders, bare_layout>;
  slot_budget<> one(1);
  weak_heap h(one);
  void* slot = h.allocate();
  std::thread other([slot] {
    *static_cast<int*>(slot) = 1;
    weak_heap::deallocate(slot, nullptr);
  });
  while ((slot = h.allocate()) == nullptr) std::this_thread::yield();
  *static_cast<int*>(slot) = 2;
  other.join();
  weak_heap::deallocate(slot, &h);
}

template <class Orders>
void exit_after_remote_use() {
  use_after_remote_use<Orders>();
  std::exit(0);  // ThreadSanitizer makes it 66 when it has reported something
}

TEST_F(TaskHeapDeathTest, ReportsUnderTsanThatTheReleaseIsMissing) {
  EXPECT_EXIT(exit_after_remote_use<no_release>(), ::testing::ExitedWithCode(66), "data race");
}

TEST_F(TaskHeapDeathTest, ReportsUnderTsanThatTheAcquireIsMissing) {
  EXPECT_EXIT(exit_after_remote_use<no_acquire>(), ::testing::ExitedWithCode(66), "data race");
}

TEST_F(TaskHeapDeathTest, ReportsNothingUnderTsanOfTheShippedTable) {
  EXPECT_EXIT(exit_after_remote_use<task_heap_default_orders>(), ::testing::ExitedWithCode(0), "");
}
#endif

TEST_F(TaskHeapDeathTest, ReportsALiveSlotWhenItIsDestroyed) {
  EXPECT_DEATH(
      {
        slot_budget<> budget;
        heap h(budget);
        h.allocate();
      },
      "destroyed while a slot of it is live");
}

TEST_F(TaskHeapDeathTest, ReportsALiveSlotWhenItIsDestroyedWithoutAGuardToo) {
  EXPECT_DEATH(
      {
        slot_budget<> budget;
        bare_heap h(budget);
        h.allocate();
      },
      "destroyed while a slot of it is live");
}

}  // namespace
}  // namespace wyn

// The faults that pools of tasks are known for. Each is first shown on a small pool that has it, so
// that the check is known to see it, and then looked for in task_heap.
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "core/task_pool/task_heap.h"
#include "gtest/gtest.h"

namespace wyn {
namespace {

// One heap behind the interface that the faulty pools have; slots come back from another thread or
// not.
template <bool Remote>
class heap_pool {
 public:
  heap_pool() { heap_.reserve(task_heap<>::default_reserve); }
  void* allocate() { return heap_.allocate(); }
  void deallocate(void* slot) { task_heap<>::deallocate(slot, Remote ? nullptr : &heap_); }
  std::size_t memory_bytes() const { return heap_.memory_bytes(); }

 private:
  slot_budget<> budget_;
  task_heap<> heap_{budget_};
};

// --- A live slot is handed out again
// -----------------------------------------------------------------

// 8192 slots given out in turn, whether they are free or not.
class ring_pool {
 public:
  void* allocate() { return &slots_[next_++ % slots_.size()]; }
  void deallocate(void*) {}

 private:
  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(8192);
  std::uint64_t next_ = 0;
};

// Starts `tasks` tasks, each of which writes its number into its slot, and then runs what stands in
// the slots. Returns how many tasks did not run exactly once.
template <class Pool>
std::uint64_t tasks_not_run_once(std::uint64_t tasks) {
  Pool pool;
  std::vector<void*> slots;
  for (std::uint64_t t = 0; t < tasks; ++t) {
    slots.push_back(pool.allocate());
    ::new (slots.back()) std::uint64_t(t);
  }
  std::vector<int> runs(tasks);
  for (void* s : slots) {
    ++runs[*static_cast<std::uint64_t*>(s)];
    pool.deallocate(s);
  }
  std::uint64_t wrong = 0;
  for (const int r : runs) wrong += r != 1;
  return wrong;
}

TEST(LiveSlotReuse, IsSeenInARingOfSlots) {
  EXPECT_EQ(tasks_not_run_once<ring_pool>(8192), 0u);
  EXPECT_GT(tasks_not_run_once<ring_pool>(10'000), 1'000u);
}

TEST(LiveSlotReuse, DoesNotHappenWithTenThousandTasksInFlight) {
  EXPECT_EQ(tasks_not_run_once<heap_pool<false>>(10'000), 0u);
  EXPECT_EQ(tasks_not_run_once<heap_pool<true>>(10'000), 0u);
}

TEST(LiveSlotReuse, DoesNotHappenWithAMillionTasksInFlight) {
  EXPECT_EQ(tasks_not_run_once<heap_pool<false>>(1'000'000), 0u);
}

// --- ABA on a shared free list
// -----------------------------------------------------------------------

// A stack of free slots with a pop that reads a link and compares only the head. `in_pop` is what
// other threads do between the two.
class treiber_pool {
 public:
  struct slot {
    slot* next = nullptr;
  };
  void push(slot* s) { s->next = std::exchange(head_, s); }
  slot* pop(const std::function<void()>& in_pop = [] {}) {
    slot* top = head_;
    slot* next = top->next;
    in_pop();
    if (head_ != top) return pop();
    head_ = next;
    return top;
  }

 private:
  slot* head_ = nullptr;
};

TEST(AbaOnTheFreeList, IsSeenInATreiberStackWithASharedPop) {
  treiber_pool pool;
  treiber_pool::slot a, b;
  pool.push(&b);
  pool.push(&a);
  treiber_pool::slot* live = nullptr;
  pool.pop([&] {  // the others take both, keep b and return a: the head is a again
    treiber_pool::slot* first = pool.pop();
    live = pool.pop();
    pool.push(first);
  });
  EXPECT_EQ(pool.pop(), live) << "the stack hands the live slot out";
}

// An environment in which something may happen after the next load of a pointer: in a heap, between
// a returning thread's look at the head of the return list and its compare-exchange.
struct env_with_gap : env_default {
  static inline std::function<void()> in_gap;

  template <class T>
  class atomic : public env_default::atomic<T> {
   public:
    using env_default::atomic<T>::atomic;
    template <class Site>
    T load(Site site) const noexcept {
      const T value = env_default::atomic<T>::load(site);
      if constexpr (std::is_pointer_v<T>) {
        if (auto f = std::exchange(in_gap, nullptr)) f();
      }
      return value;
    }
  };
};

using gap_heap = task_heap<env_with_gap, task_heap_default_orders, guarded_slot_layout>;

class AbaOnTheReturnList : public ::testing::Test {
 protected:
  // Takes slots until the heap would have to grow: every free slot once, if all is well.
  std::vector<void*> take_all_free() {
    std::vector<void*> taken;
    const std::uint64_t free = heap_.capacity() - heap_.live_slots();
    for (std::uint64_t i = 0; i < free; ++i) taken.push_back(heap_.allocate());
    return taken;
  }
  void free_all(const std::vector<void*>& slots) {
    for (void* s : slots) gap_heap::deallocate(s, &heap_);
  }

  slot_budget<env_with_gap> budget_;
  gap_heap heap_{budget_};
};

TEST_F(AbaOnTheReturnList, IsHarmlessWhenTheHeadWasReusedAndCameBack) {
  void* a = heap_.allocate();
  void* b = heap_.allocate();
  gap_heap::deallocate(a, nullptr);  // the head is a
  env_with_gap::in_gap = [&] {
    heap_.live_slots();  // the owner takes the list over,
    ASSERT_EQ(heap_.allocate(), a);
    gap_heap::deallocate(a, nullptr);  // uses a, and a comes back: the head is a again
  };
  gap_heap::deallocate(b, nullptr);
  EXPECT_EQ(heap_.live_slots(), 0u);
  const std::vector<void*> all = take_all_free();
  EXPECT_EQ(std::set<void*>(all.begin(), all.end()).size(), heap_.capacity());
  free_all(all);
}

TEST_F(AbaOnTheReturnList, IsHarmlessWhenWhatStoodBehindTheHeadIsLive) {
  void* a = heap_.allocate();
  void* b = heap_.allocate();
  void* c = heap_.allocate();
  gap_heap::deallocate(c, nullptr);
  gap_heap::deallocate(a, nullptr);  // the list is a, c
  env_with_gap::in_gap = [&] {
    heap_.live_slots();
    ASSERT_EQ(heap_.allocate(), a);
    ASSERT_EQ(heap_.allocate(), c);    // stays live
    gap_heap::deallocate(a, nullptr);  // the list is a alone
  };
  gap_heap::deallocate(b, nullptr);
  EXPECT_EQ(heap_.live_slots(), 1u);
  const std::vector<void*> all = take_all_free();
  const std::set<void*> distinct(all.begin(), all.end());
  EXPECT_EQ(distinct.size(), heap_.capacity() - 1);
  EXPECT_FALSE(distinct.contains(c));
  free_all(all);
  gap_heap::deallocate(c, &heap_);
}

TEST_F(AbaOnTheReturnList, RetriesWhenAnotherSlotHasBecomeTheHead) {
  void* a = heap_.allocate();
  void* b = heap_.allocate();
  env_with_gap::in_gap = [&] { gap_heap::deallocate(a, nullptr); };
  gap_heap::deallocate(b, nullptr);
  EXPECT_EQ(heap_.live_slots(), 0u);
  const std::vector<void*> all = take_all_free();
  EXPECT_EQ(std::set<void*>(all.begin(), all.end()).size(), heap_.capacity());
  free_all(all);
}

// --- Memory that grows for ever
// ----------------------------------------------------------------------

// A new slot for each task; what comes back is not used again.
class forgetful_pool {
 public:
  void* allocate() { return &slots_.emplace_back(); }
  void deallocate(void*) {}
  std::size_t memory_bytes() const { return slots_.size() * sizeof(slots_[0]); }

 private:
  std::deque<std::array<std::byte, 64>> slots_;
};

// Runs `tasks` tasks with `in_flight` at a time. Returns the bytes that the pool has at the end.
template <class Pool>
std::size_t memory_after(std::uint64_t tasks, std::uint64_t in_flight) {
  Pool pool;
  std::deque<void*> queue;
  for (std::uint64_t t = 0; t < tasks; ++t) {
    queue.push_back(pool.allocate());
    if (queue.size() < in_flight) continue;
    pool.deallocate(queue.front());
    queue.pop_front();
  }
  for (void* s : queue) pool.deallocate(s);
  return pool.memory_bytes();
}

TEST(MemoryGrowth, IsSeenInAPoolThatForgets) {
  EXPECT_GT(memory_after<forgetful_pool>(200'000, 1024),
            64 * memory_after<forgetful_pool>(2'000, 1024));
}

TEST(MemoryGrowth, StopsAtTheReserveForTasksThatTheOwnerFrees) {
  EXPECT_EQ(memory_after<heap_pool<false>>(2'000'000, 1024), heap_pool<false>().memory_bytes());
}

TEST(MemoryGrowth, StopsAtTheReserveForTasksThatOthersFree) {
  EXPECT_EQ(memory_after<heap_pool<true>>(2'000'000, 1024), heap_pool<true>().memory_bytes());
}

TEST(MemoryGrowth, FollowsTheLargestNumberInFlightAndNotTheNumberOfTasks) {
  const std::size_t peak = memory_after<heap_pool<true>>(100'000, 50'000);
  EXPECT_EQ(memory_after<heap_pool<true>>(2'000'000, 50'000), peak);
  EXPECT_LE(peak, std::size_t{50'000} * 132 + 65'536)
      << "3 % above the slots themselves, and a slab";
}

TEST(MemoryGrowth, IsUndoneByTrim) {
  slot_budget<> budget;
  task_heap<> heap(budget);
  std::vector<void*> slots;
  for (int i = 0; i < 100'000; ++i) slots.push_back(heap.allocate());
  for (void* s : slots) task_heap<>::deallocate(s, nullptr);
  heap.trim(task_heap<>::default_reserve);
  EXPECT_LE(heap.capacity(), task_heap<>::default_reserve + task_heap<>::slots_per_slab());
  heap.trim();
  EXPECT_EQ(heap.memory_bytes(), 0u);
}

}  // namespace
}  // namespace wyn

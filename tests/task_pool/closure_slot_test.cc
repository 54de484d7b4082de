// A callable in a slot: run or dropped once, destroyed once, its slot back at its heap.
#include "core/task_pool/closure_slot.h"

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "core/task_pool/task_heap.h"
#include "gtest/gtest.h"

namespace wyn {
namespace {

struct guarded_layout {
  static constexpr std::size_t slot_bytes = 128;
  static constexpr std::size_t slab_bytes = 4096;
  static constexpr bool guarded = true;
};
using heap = task_heap<env_default, task_heap_default_orders, guarded_layout>;

thread_local heap* own_heap = nullptr;
struct own_heap_source {
  static heap* current_heap() noexcept { return own_heap; }
};

template <class F>
stored_closure store(heap& h, F&& f) {
  return store_closure<own_heap_source>(h, std::forward<F>(f));
}

void run(const stored_closure& c) { c.run(c.arg); }

// What happened to the callables of one test.
struct record {
  int alive = 0;  // objects, moved-from ones included
  int copies = 0;
  int moves = 0;
  int calls = 0;
  void* called_at = nullptr;
};

// A callable of a chosen size and alignment that keeps a record.
template <std::size_t Bytes, std::size_t Alignment = 8>
struct alignas(Alignment) recording {
  record* r;
  std::array<unsigned char, Bytes - sizeof(record*)> fill{};

  explicit recording(record& to) : r(&to) { ++r->alive; }
  recording(const recording& o) : r(o.r), fill(o.fill) { ++r->alive, ++r->copies; }
  recording(recording&& o) noexcept : r(o.r), fill(o.fill) { ++r->alive, ++r->moves; }
  ~recording() { --r->alive; }
  void operator()() {
    ++r->calls;
    r->called_at = this;
  }
};

class ClosureSlot : public ::testing::Test {
 protected:
  void SetUp() override { own_heap = &heap_; }
  void TearDown() override {
    own_heap = nullptr;
    EXPECT_EQ(heap_.live_slots(), 0u);
    EXPECT_EQ(record_.alive, 0);
  }

  slot_budget<> budget_;
  heap heap_{budget_};
  record record_;
};

TEST_F(ClosureSlot, RunsTheCallableOnceAndDestroysIt) {
  const stored_closure c = store(heap_, recording<16>(record_));
  ASSERT_TRUE(c);
  EXPECT_EQ(record_.alive, 1);
  EXPECT_EQ(heap_.live_slots(), 1u);
  run(c);
  EXPECT_EQ(record_.calls, 1);
  EXPECT_EQ(record_.alive, 0);
}

TEST_F(ClosureSlot, DropsTheCallableWithoutRunningIt) {
  drop_closure(store(heap_, recording<16>(record_)));
  EXPECT_EQ(record_.calls, 0);
}

TEST_F(ClosureSlot, MovesTheCallableOnceAndNeverCopiesIt) {
  run(store(heap_, recording<16>(record_)));
  EXPECT_EQ(record_.moves, 1);
  EXPECT_EQ(record_.copies, 0);
}

TEST_F(ClosureSlot, CopiesAnLvalue) {
  recording<16> mine(record_);
  run(store(heap_, mine));
  EXPECT_EQ(record_.copies, 1);
  EXPECT_EQ(record_.moves, 0);
}

TEST_F(ClosureSlot, RunsACallableThatFillsTheSlotWhereItStands) {
  using callable = recording<heap::slot_bytes, 64>;
  static_assert(fits_in_slot<callable, heap>);
  const stored_closure c = store(heap_, callable(record_));
  run(c);
  EXPECT_EQ(record_.called_at, c.arg);
}

TEST_F(ClosureSlot, GivesTheSlotOfATrivialCallableBackBeforeTheCall) {
  std::uint64_t live = 99;
  run(store(heap_, [&live, this] { live = heap_.live_slots(); }));
  EXPECT_EQ(live, 0u);
}

TEST_F(ClosureSlot, DropsATrivialCallableWithoutRunningIt) {
  bool called = false;
  drop_closure(store(heap_, [&called, this] { called = heap_.capacity() > 0; }));
  EXPECT_FALSE(called);
}

TEST_F(ClosureSlot, StoresACallableLargerThanASlot) {
  using callable = recording<heap::slot_bytes + 8>;
  static_assert(!fits_in_slot<callable, heap>);
  run(store(heap_, callable(record_)));
  drop_closure(store(heap_, callable(record_)));
  EXPECT_EQ(record_.calls, 1);
}

TEST_F(ClosureSlot, StoresACallableOfLargeAlignment) {
  using callable = recording<256, 256>;
  static_assert(!fits_in_slot<callable, heap>);
  run(store(heap_, callable(record_)));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(record_.called_at) % 256, 0u);
}

struct layout_of_48_bytes : guarded_layout {
  static constexpr std::size_t slot_bytes = 48;  // at multiples of 16
};
using heap_of_48 = task_heap<env_default, task_heap_default_orders, layout_of_48_bytes>;

TEST_F(ClosureSlot, DoesNotHoldACallableOfMoreAlignmentThanItHasItself) {
  static_assert(fits_in_slot<recording<48, 16>, heap_of_48>);
  static_assert(!fits_in_slot<recording<32, 32>, heap_of_48>);
  static_assert(fits_in_slot<recording<32, 32>, small_task_heap>);
  slot_budget<> budget;
  heap_of_48 h(budget);
  stored_closure stored[3];
  for (stored_closure& c : stored) {
    c = store_closure<no_current_heap<heap_of_48>>(h, recording<32, 32>(record_));
  }
  for (const stored_closure& c : stored) {
    run(c);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(record_.called_at) % 32, 0u);
  }
  EXPECT_EQ(h.live_slots(), 0u);
}

TEST_F(ClosureSlot, PassesAnExceptionOnAfterDestroyingTheCallable) {
  struct throwing : recording<16> {
    using recording<16>::recording;
    void operator()() { throw std::runtime_error("from the task"); }
  };
  const stored_closure c = store(heap_, throwing(record_));
  EXPECT_THROW(run(c), std::runtime_error);
  EXPECT_EQ(record_.alive, 0);
  EXPECT_EQ(heap_.live_slots(), 0u);
}

TEST_F(ClosureSlot, FreesTheBlockOfALargeCallableThatThrows) {
  struct throwing : recording<256> {
    using recording<256>::recording;
    void operator()() { throw 1; }
  };
  const stored_closure c = store(heap_, throwing(record_));
  EXPECT_THROW(run(c), int);  // a leak of the block is AddressSanitizer's to report
}

TEST_F(ClosureSlot, GivesTheSlotBackWhenTheStoredCopyCannotBeMade) {
  struct uncopyable_today {
    uncopyable_today() = default;
    uncopyable_today(const uncopyable_today&) { throw std::bad_alloc(); }
    void operator()() {}
  };
  struct large_one : uncopyable_today {
    unsigned char fill[200] = {};
  };
  const uncopyable_today small;
  EXPECT_THROW(store(heap_, small), std::bad_alloc);
  const large_one large;
  EXPECT_THROW(store(heap_, large), std::bad_alloc);
  EXPECT_EQ(heap_.live_slots(), 0u);
}

TEST_F(ClosureSlot, LeavesTheCallableAloneWhenThereIsNoSlot) {
  slot_budget<> none(0);
  heap empty(none);
  auto value = std::make_unique<int>(7);
  auto f = [value = std::move(value)] { return *value; };
  EXPECT_FALSE(store(empty, std::move(f)));
  EXPECT_EQ(f(), 7);
}

TEST_F(ClosureSlot, CountsALargeCallableAgainstTheCap) {
  slot_budget<> one(1);
  heap small(one);
  const stored_closure c = store(small, recording<256>(record_));
  ASSERT_TRUE(c);
  EXPECT_FALSE(store(small, recording<256>(record_)));
  run(c);
}

TEST_F(ClosureSlot, AcceptsMoveOnlyCaptures) {
  int seen = 0;
  auto text =
      std::make_unique<std::string>("a string that is too long to lie in the object itself");
  run(store(heap_, [&seen, text = std::move(text)] { seen = static_cast<int>(text->size()); }));
  EXPECT_EQ(seen, 53);
}

TEST_F(ClosureSlot, CallsTheStoredCopyAsAnRvalue) {
  struct once {
    int* to;
    void operator()() && { *to = 1; }
    void operator()() & { *to = 2; }
  };
  int seen = 0;
  run(store(heap_, once{&seen}));
  EXPECT_EQ(seen, 1);
}

int calls_of_function = 0;
void function() { ++calls_of_function; }

TEST_F(ClosureSlot, AcceptsAFunction) {
  run(store(heap_, function));
  EXPECT_EQ(calls_of_function, 1);
}

TEST_F(ClosureSlot, SendsTheSlotHomeFromAThreadWithAHeapOfItsOwn) {
  const stored_closure c = store(heap_, recording<16>(record_));
  std::thread([&] {
    heap other(budget_);
    own_heap = &other;
    run(c);
    EXPECT_EQ(other.capacity(), 0u);
  }).join();
  EXPECT_EQ(heap_.live_slots(), 0u);
}

TEST_F(ClosureSlot, AsksForTheHeapAfterTheCallableReturned) {
  // As when a task is suspended in its middle and goes on on another thread.
  slot_budget<> budget;
  heap second(budget);
  const stored_closure c = store(heap_, [&] { own_heap = &second; });
  run(c);
  EXPECT_EQ(second.live_slots(), 0u);
  EXPECT_EQ(second.capacity(), 0u);
  EXPECT_EQ(heap_.live_slots(), 0u) << "it went through the return list of its owner";
}

TEST_F(ClosureSlot, MayStoreAnotherClosureWhileItRuns) {
  stored_closure inner;
  record& r = record_;
  heap& h = heap_;
  run(store(heap_, [&] { inner = store(h, recording<16>(r)); }));
  run(inner);
  EXPECT_EQ(record_.calls, 1);
}

TEST_F(ClosureSlot, KeepsNothingOfTheRunnersHeapWithoutASource) {
  const stored_closure c = store_closure<no_current_heap<heap>>(heap_, recording<16>(record_));
  run(c);
  EXPECT_EQ(heap_.live_slots(), 0u);
}

}  // namespace
}  // namespace wyn

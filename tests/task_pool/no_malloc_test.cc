// No malloc in the steady state: every way to the system's allocator is counted.
//
// This binary replaces malloc and its family (operator new ends there); a thread counts what it
// asks for between two marks. The allocations of the captures themselves are made before the first
// mark.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/task_pool/closure_slot.h"
#include "core/task_pool/task_heap.h"
#include "gtest/gtest.h"

extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* p, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
}

namespace {
std::atomic<bool> counting{false};
std::atomic<std::uint64_t> counted{0};

void count() noexcept {
  if (counting.load(std::memory_order_relaxed)) counted.fetch_add(1, std::memory_order_relaxed);
}
}  // namespace

extern "C" {
void* malloc(std::size_t bytes) {
  count();
  return __libc_malloc(bytes);
}
void* calloc(std::size_t n, std::size_t bytes) {
  count();
  return __libc_calloc(n, bytes);
}
void* realloc(void* p, std::size_t bytes) {
  count();
  return __libc_realloc(p, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  count();
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void** result, std::size_t alignment, std::size_t bytes) {
  count();
  *result = __libc_memalign(alignment, bytes);
  return *result == nullptr ? ENOMEM : 0;
}
}

namespace wyn {
namespace {

// The calls to the allocator, by any thread, while `f` runs.
template <class F>
std::uint64_t allocations_of(F&& f) {
  counted.store(0);
  counting.store(true);
  f();
  counting.store(false);
  return counted.load();
}

template <class Heap>
struct own_heap_source {
  static inline thread_local Heap* own_heap = nullptr;
  static Heap* current_heap() noexcept { return own_heap; }
};

constexpr std::uint64_t count_of_tasks = task_heap<>::default_reserve;

template <class Heap>
class NoMalloc : public ::testing::Test {
 protected:
  using source = own_heap_source<Heap>;

  void SetUp() override {
    ASSERT_TRUE(heap_.reserve(count_of_tasks));
    closures_.resize(count_of_tasks);
    source::own_heap = &heap_;
  }
  void TearDown() override { source::own_heap = nullptr; }

  // Stores one closure for each of `captures` and runs them all, `rounds` times over; each run
  // moves its capture back, so that no round needs a new one. Returns the number of runs.
  template <class Capture>
  std::uint64_t round_trips(std::vector<Capture>& captures, int rounds) {
    std::uint64_t runs = 0;
    for (int r = 0; r < rounds; ++r) {
      for (std::size_t i = 0; i < captures.size(); ++i) {
        Capture& home = captures[i];
        auto f = [&runs, &home, own = std::move(home)]() mutable {
          ++runs;
          home = std::move(own);
        };
        closures_[i] = store_closure<source>(heap_, std::move(f));
        if (!closures_[i]) return 0;
      }
      for (std::size_t i = 0; i < captures.size(); ++i) closures_[i].run(closures_[i].arg);
    }
    return runs;
  }

  slot_budget<> budget_;
  Heap heap_{budget_};
  std::vector<stored_closure> closures_;
};
using heaps = ::testing::Types<task_heap<>, small_task_heap>;
TYPED_TEST_SUITE(NoMalloc, heaps);

TYPED_TEST(NoMalloc, TheCounterSeesOperatorNewAndMalloc) {
  void* volatile a = nullptr;
  void* volatile b = nullptr;
  void* volatile c = nullptr;
  EXPECT_EQ(allocations_of([&] {
              a = ::operator new(8);
              b = ::operator new (64, std::align_val_t{64});
              c = std::malloc(8);
            }),
            3u);
  ::operator delete(a);
  ::operator delete (b, std::align_val_t{64});
  std::free(c);
}

TYPED_TEST(NoMalloc, TheCounterSeesAHeapThatGrows) {
  TypeParam fresh(this->budget_);
  void* s = nullptr;
  EXPECT_EQ(allocations_of([&] { s = fresh.allocate(); }), 1u);
  TypeParam::deallocate(s, &fresh);
}

TYPED_TEST(NoMalloc, ForAUniquePtrCapture) {
  std::vector<std::unique_ptr<int>> captures;
  for (std::uint64_t i = 0; i < count_of_tasks; ++i) captures.push_back(std::make_unique<int>(1));
  std::uint64_t runs = 0;
  EXPECT_EQ(allocations_of([&] { runs = this->round_trips(captures, 3); }), 0u);
  EXPECT_EQ(runs, 3 * count_of_tasks);
}

using NoMallocInLargeSlots = NoMalloc<task_heap<>>;

TEST_F(NoMallocInLargeSlots, ForAStringCapture) {
  const std::string text = "a string that is too long to lie in the object itself";
  std::vector<std::string> captures(count_of_tasks, text);
  std::uint64_t runs = 0;
  EXPECT_EQ(allocations_of([&] { runs = round_trips(captures, 3); }), 0u);
  EXPECT_EQ(runs, 3 * count_of_tasks);
  EXPECT_EQ(captures.back(), text);
}

TYPED_TEST(NoMalloc, ForTheFirstReservedSlotsToo) {
  std::vector<void*> slots(count_of_tasks);
  EXPECT_EQ(allocations_of([&] {
              for (void*& s : slots) s = this->heap_.allocate();
            }),
            0u);
  for (void* s : slots) TypeParam::deallocate(s, &this->heap_);
}

TYPED_TEST(NoMalloc, WhenAnotherThreadRunsTheClosures) {
  std::vector<std::unique_ptr<int>> captures;
  for (std::uint64_t i = 0; i < count_of_tasks; ++i) captures.push_back(std::make_unique<int>(1));
  // Two half-rounds by turns: this thread stores, the other runs. It is created before the
  // count begins.
  std::atomic<std::uint64_t> stored{0};
  std::atomic<std::uint64_t> ran{0};
  constexpr std::uint64_t rounds = 3;
  std::thread other([&] {
    for (std::uint64_t r = 1; r <= rounds; ++r) {
      while (stored.load(std::memory_order_acquire) < r) std::this_thread::yield();
      for (const stored_closure& c : this->closures_) c.run(c.arg);
      ran.store(r, std::memory_order_release);
    }
  });
  const std::uint64_t allocations = allocations_of([&] {
    for (std::uint64_t r = 1; r <= rounds; ++r) {
      for (std::size_t i = 0; i < captures.size(); ++i) {
        auto f = [&home = captures[i], own = std::move(captures[i])]() mutable {
          home = std::move(own);
        };
        this->closures_[i] = store_closure<own_heap_source<TypeParam>>(this->heap_, std::move(f));
      }
      stored.store(r, std::memory_order_release);
      while (ran.load(std::memory_order_acquire) < r) std::this_thread::yield();
    }
  });
  other.join();
  EXPECT_EQ(allocations, 0u);
  for (const auto& c : captures) ASSERT_EQ(*c, 1);
}

TYPED_TEST(NoMalloc, OfTheHeapItselfWhenItTrims) {
  EXPECT_EQ(allocations_of([&] { this->heap_.trim(); }), 0u);
}

}  // namespace
}  // namespace wyn

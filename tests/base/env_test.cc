// What every structure relies on when it is compiled over env_std or env_tsan.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <thread>
#include <type_traits>

#include "core/base/env_concept.h"
#include "core/base/env_default.h"
#include "core/base/env_std.h"
#include "core/base/env_tsan.h"
#include "core/base/site.h"

extern "C" __attribute__((weak)) void __tsan_init();

namespace wyn {
namespace {

struct rows {
  static constexpr site<"T1 load", order::acquire> load{};
  static constexpr site<"T2 store", order::release> store{};
  static constexpr site<"T3 exchange", order::acq_rel> exchange{};
  static constexpr site<"T4 add", order::relaxed> add{};
  static constexpr site<"T5 cas", order::seq_cst, order::relaxed> cas{};
};

template <class Env>
class EnvTest : public testing::Test {};
using environments = testing::Types<env_std, env_tsan>;
TYPED_TEST_SUITE(EnvTest, environments);

TYPED_TEST(EnvTest, SatisfiesTheConcept) { EXPECT_TRUE(environment<TypeParam>); }

TYPED_TEST(EnvTest, AtomicStartsAtZeroOrAtTheGivenValue) {
  typename TypeParam::template atomic<std::int64_t> zero, seven(7);
  EXPECT_EQ(zero.load(rows::load), 0);
  EXPECT_EQ(seven.load(rows::load), 7);
}

TYPED_TEST(EnvTest, AtomicTakesTheSpaceOfItsValue) {
  EXPECT_EQ(sizeof(typename TypeParam::template atomic<std::uint64_t>), 8u);
  EXPECT_EQ(sizeof(typename TypeParam::template atomic<std::uint32_t>), 4u);
  EXPECT_EQ(sizeof(typename TypeParam::template atomic<bool>), 1u);
  EXPECT_EQ(sizeof(typename TypeParam::template plain<std::uint64_t>), 8u);
}

TYPED_TEST(EnvTest, StoreIsReadBack) {
  typename TypeParam::template atomic<void*> pointer;
  int target = 0;
  pointer.store(&target, rows::store);
  EXPECT_EQ(pointer.load(rows::load), &target);
}

TYPED_TEST(EnvTest, ExchangeReturnsTheOldValue) {
  typename TypeParam::template atomic<std::uint32_t> word(1);
  EXPECT_EQ(word.exchange(2, rows::exchange), 1u);
  EXPECT_EQ(word.load(rows::load), 2u);
}

TYPED_TEST(EnvTest, FetchAddReturnsTheOldValueAndWraps) {
  typename TypeParam::template atomic<std::uint64_t> word(~std::uint64_t{0});
  EXPECT_EQ(word.fetch_add(2, rows::add), ~std::uint64_t{0});
  EXPECT_EQ(word.load(rows::load), 1u);
}

TYPED_TEST(EnvTest, CompareExchangeThatSucceedsKeepsExpected) {
  typename TypeParam::template atomic<int> word(1);
  int expected = 1;
  EXPECT_TRUE(word.compare_exchange(expected, 2, rows::cas));
  EXPECT_EQ(expected, 1);
  EXPECT_EQ(word.load(rows::load), 2);
}

TYPED_TEST(EnvTest, CompareExchangeThatFailsReportsTheValueFound) {
  typename TypeParam::template atomic<int> word(3);
  int expected = 1;
  EXPECT_FALSE(word.compare_exchange(expected, 2, rows::cas));
  EXPECT_EQ(expected, 3);
  EXPECT_EQ(word.load(rows::load), 3);
}

TYPED_TEST(EnvTest, PlainReadsWhatWasWritten) {
  typename TypeParam::template plain<int> data(4);
  EXPECT_EQ(data.read(), 4);
  data.write(5);
  EXPECT_EQ(data.read(), 5);
}

TYPED_TEST(EnvTest, AllocationHasTheAlignmentAskedFor) {
  for (std::size_t alignment : {16u, 64u, 128u, 4096u}) {
    void* p = TypeParam::allocate(3 * alignment, alignment);
    ASSERT_NE(p, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(p) % alignment, 0u);
    std::memset(p, 1, 3 * alignment);
    TypeParam::deallocate(p, 3 * alignment, alignment);
  }
}

// The sizes go through a volatile: the compiler knows that no object is that large, and says so.
TYPED_TEST(EnvTest, AllocationThatCannotBeMetIsNull) {
  volatile std::size_t too_much = std::size_t{1} << 60;
  EXPECT_EQ(TypeParam::allocate(too_much, 64), nullptr);
  EXPECT_EQ(TypeParam::allocate_zeroed(too_much), nullptr);
}

TYPED_TEST(EnvTest, ZeroedAllocationHoldsAtomicsOfZero) {
  using word = typename TypeParam::template atomic<std::uint64_t>;
  // Memory that was just freed dirty is the case that matters.
  void* dirty = TypeParam::allocate(4096, 16);
  std::memset(dirty, 0xff, 4096);
  TypeParam::deallocate(dirty, 4096, 16);
  void* zeroed = TypeParam::allocate_zeroed(4096);
  ASSERT_NE(zeroed, nullptr);
  auto* words = static_cast<word*>(zeroed);
  for (std::size_t i = 0; i < 4096 / sizeof(word); ++i) ASSERT_EQ(words[i].load(rows::load), 0u);
  TypeParam::deallocate_zeroed(zeroed, 4096);
}

TYPED_TEST(EnvTest, LargeZeroedAllocationsStartAsZeroesAgain) {
  for (const std::size_t bytes : {large_zeroed - 1, large_zeroed, std::size_t{8} << 20}) {
    for (int round = 0; round < 2; ++round) {
      auto* p = static_cast<unsigned char*>(TypeParam::allocate_zeroed(bytes));
      ASSERT_NE(p, nullptr);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(p) % 16, 0u);
      for (std::size_t i = 0; i < bytes; i += 512) ASSERT_EQ(p[i], 0) << i << " of " << bytes;
      ASSERT_EQ(p[bytes - 1], 0);
      std::memset(p, 0xff, bytes);
      TypeParam::deallocate_zeroed(p, bytes);
    }
  }
  TypeParam::deallocate_zeroed(nullptr, std::size_t{8} << 20);
}

// The payload is plain: ThreadSanitizer reports this test if the rows lose their orders on the way.
TYPED_TEST(EnvTest, ReleaseAndAcquireCarryPlainDataAcrossThreads) {
  for (int round = 0; round < 500; ++round) {
    typename TypeParam::template plain<int> data;
    typename TypeParam::template atomic<std::uint32_t> ready;
    std::thread writer([&] {
      data.write(round + 1);
      ready.store(1, rows::store);
    });
    while (ready.load(rows::load) == 0) TypeParam::pause();
    EXPECT_EQ(data.read(), round + 1);
    writer.join();
  }
}

TYPED_TEST(EnvTest, FetchAddLosesNoIncrement) {
  constexpr int rounds = 20000;
  typename TypeParam::template atomic<std::uint64_t> count;
  auto add = [&] {
    for (int i = 0; i < rounds; ++i) count.fetch_add(1, rows::add);
  };
  std::thread other(add);
  add();
  other.join();
  EXPECT_EQ(count.load(rows::load), 2u * rounds);
}

TYPED_TEST(EnvTest, WaitUpperLooksAtTheUpperHalfOnly) {
  typename TypeParam::template atomic<std::uint64_t> word((std::uint64_t{7} << 32) | 5);
  // Each of these returns at once, because the upper half is 7; a wait on 7 would block.
  TypeParam::wait_upper(word, 5);
  TypeParam::wait_upper(word, 6);
  SUCCEED();
}

TYPED_TEST(EnvTest, WakeUpperEndsAWait) {
  typename TypeParam::template atomic<std::uint64_t> word;
  std::thread sleeper([&] {
    while ((word.load(rows::load) >> 32) == 0) TypeParam::wait_upper(word, 0);
  });
  word.fetch_add(std::uint64_t{1} << 32, rows::exchange);
  TypeParam::wake_upper(word, 1);
  sleeper.join();
  EXPECT_EQ(word.load(rows::load) >> 32, 1u);
}

// The runtime of ThreadSanitizer is linked in, whatever macros a compiler announces it by.
bool under_tsan() { return &__tsan_init != nullptr; }

TEST(EnvDefault, IsTheEnvironmentOfThisBuild) {
  EXPECT_EQ((std::is_same_v<env_default, env_tsan>), under_tsan());
  EXPECT_EQ((std::is_same_v<env_default, env_std>), !under_tsan());
  EXPECT_EQ(fences_usable, !under_tsan());
}

// An environment that lacks one of the requirements must not pass for one.
struct without_futex {
  template <class T>
  using atomic = env_std::atomic<T>;
  template <class T>
  using plain = env_std::plain<T>;
  template <class Site>
  static void fence(Site) {}
  static void pause() {}
  static void* allocate(std::size_t, std::size_t) { return nullptr; }
  static void deallocate(void*, std::size_t, std::size_t) {}
};
struct with_void_exchange : env_std {
  template <class T>
  struct atomic : env_std::atomic<T> {
    template <class Site>
    void exchange(T, Site) {}
  };
};

TEST(EnvConcept, RejectsWhatIsIncomplete) {
  EXPECT_FALSE(environment<without_futex>);
  EXPECT_FALSE(environment<with_void_exchange>);
  EXPECT_FALSE(environment<int>);
}

}  // namespace
}  // namespace wyn

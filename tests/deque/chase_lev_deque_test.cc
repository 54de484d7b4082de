// What one thread sees of the deque. Every test runs with every ordering table of the build.
#include "core/deque/work_stealing_deque.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/deque/items.h"

namespace wyn {
namespace {

using deque_tests::four_words;
using deque_tests::one_word;
using deque_tests::two_words;

template <class Orders>
class DequeUnit : public testing::Test {};

#ifdef WYN_UNDER_TSAN
using tables = testing::Types<deque_seq_cst_orders>;
#else
using tables = testing::Types<biased_orders, deque_fence_orders, deque_seq_cst_orders>;
#endif
TYPED_TEST_SUITE(DequeUnit, tables);

template <class Orders>
using numbers = work_stealing_deque<std::uint64_t, env_default, Orders>;

TYPED_TEST(DequeUnit, StartsEmptyAndWithoutMemory) {
  numbers<TypeParam> deque;
  std::uint64_t item = 77;
  EXPECT_FALSE(deque.pop(item));
  EXPECT_EQ(deque.steal(item), steal_result::empty);
  EXPECT_EQ(item, 77u) << "an empty answer leaves the item alone";
  EXPECT_EQ(deque.size_estimate(), 0);
  EXPECT_EQ(deque.capacity(), 0);
  EXPECT_EQ(deque.memory_bytes(), 0u);
}

TYPED_TEST(DequeUnit, PopTakesTheNewest) {
  numbers<TypeParam> deque(2);
  for (std::uint64_t i = 0; i < 100; ++i) ASSERT_TRUE(deque.push(i));
  std::uint64_t item = 0;
  for (std::uint64_t i = 100; i-- > 0;) {
    ASSERT_TRUE(deque.pop(item));
    EXPECT_EQ(item, i);
  }
  EXPECT_FALSE(deque.pop(item));
}

TYPED_TEST(DequeUnit, PushIfRoomMakesNone) {
  numbers<TypeParam> deque(4);
  EXPECT_FALSE(deque.has_room_at_hand());
  EXPECT_FALSE(deque.push_if_room(0));
  ASSERT_TRUE(deque.push(0));
  for (std::uint64_t i = 1; i < 4; ++i) {
    EXPECT_TRUE(deque.has_room_at_hand());
    EXPECT_TRUE(deque.push_if_room(i));
  }
  EXPECT_FALSE(deque.has_room_at_hand());
  EXPECT_FALSE(deque.push_if_room(4));
  EXPECT_EQ(deque.size_estimate(), 4);
  std::uint64_t item = 0;
  for (std::uint64_t i = 4; i-- > 0;) {
    ASSERT_TRUE(deque.pop(item));
    EXPECT_EQ(item, i);
  }
}

TYPED_TEST(DequeUnit, LimitedRoomIsForSoManyPushes) {
  numbers<TypeParam> deque(8);
  ASSERT_TRUE(deque.push(0));
  deque.limit_room(2);
  EXPECT_TRUE(deque.push_if_room(1));
  EXPECT_TRUE(deque.push_if_room(2));
  EXPECT_FALSE(deque.has_room_at_hand());
  EXPECT_FALSE(deque.push_if_room(3));
  ASSERT_TRUE(deque.push(3)) << "which does not mind the limit";
  EXPECT_EQ(deque.capacity(), 8) << "nor needs a larger buffer";
  for (std::uint64_t i = 4; i < 8; ++i) EXPECT_TRUE(deque.push_if_room(i));
  deque.limit_room(100);
  EXPECT_FALSE(deque.push_if_room(8)) << "no limit makes room";
  EXPECT_EQ(deque.size_estimate(), 8);
  std::uint64_t item = 0;
  for (std::uint64_t i = 0; i < 8; ++i) {
    ASSERT_EQ(deque.steal(item), steal_result::item);
    EXPECT_EQ(item, i);
  }
}

TYPED_TEST(DequeUnit, StealTakesTheOldest) {
  numbers<TypeParam> deque(2);
  for (std::uint64_t i = 0; i < 100; ++i) ASSERT_TRUE(deque.push(i));
  std::uint64_t item = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    ASSERT_EQ(deque.steal(item), steal_result::item);
    EXPECT_EQ(item, i);
  }
  EXPECT_EQ(deque.steal(item), steal_result::empty);
}

TYPED_TEST(DequeUnit, TheOwnerTakesTheOldest) {
  numbers<TypeParam> deque(2);
  std::uint64_t item = 77;
  EXPECT_FALSE(deque.take_oldest(item));
  EXPECT_EQ(item, 77u) << "an empty answer leaves the item alone";
  for (std::uint64_t i = 0; i < 100; ++i) ASSERT_TRUE(deque.push(i));
  for (std::uint64_t i = 0; i < 99; ++i) {
    ASSERT_TRUE(deque.take_oldest(item));
    EXPECT_EQ(item, i);
  }
  ASSERT_TRUE(deque.pop(item)) << "the last one, at the other end";
  EXPECT_EQ(item, 99u);
  EXPECT_FALSE(deque.take_oldest(item));
}

TYPED_TEST(DequeUnit, TheOwnerTakesTheOldestBetweenPopsAndSteals) {
  numbers<TypeParam> deque(4);
  std::uint64_t item = 0;
  for (std::uint64_t i = 0; i < 1000; i += 4) {
    for (std::uint64_t k = i; k < i + 4; ++k) ASSERT_TRUE(deque.push(k));
    ASSERT_TRUE(deque.take_oldest(item));
    EXPECT_EQ(item, i);
    ASSERT_EQ(deque.steal(item), steal_result::item);
    EXPECT_EQ(item, i + 1);
    ASSERT_TRUE(deque.pop(item));
    EXPECT_EQ(item, i + 3);
    ASSERT_TRUE(deque.take_oldest(item));
    EXPECT_EQ(item, i + 2);
    EXPECT_FALSE(deque.pop(item));
    EXPECT_EQ(deque.size_estimate(), 0);
  }
  EXPECT_EQ(deque.capacity(), 4);
}

TYPED_TEST(DequeUnit, PopAndStealMeetInTheMiddle) {
  numbers<TypeParam> deque;
  for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(deque.push(i));
  std::uint64_t item = 0;
  ASSERT_TRUE(deque.pop(item));
  EXPECT_EQ(item, 4u);
  ASSERT_EQ(deque.steal(item), steal_result::item);
  EXPECT_EQ(item, 0u);
  ASSERT_TRUE(deque.pop(item));
  EXPECT_EQ(item, 3u);
  ASSERT_EQ(deque.steal(item), steal_result::item);
  EXPECT_EQ(item, 1u);
  ASSERT_TRUE(deque.pop(item));
  EXPECT_EQ(item, 2u) << "the last item";
  EXPECT_FALSE(deque.pop(item));
  EXPECT_EQ(deque.steal(item), steal_result::empty);
}

TYPED_TEST(DequeUnit, IsUsableAgainAfterAStealEmptiedIt) {
  numbers<TypeParam> deque(1);
  std::uint64_t item = 0;
  for (std::uint64_t i = 0; i < 10; ++i) {
    ASSERT_TRUE(deque.push(i));
    ASSERT_EQ(deque.steal(item), steal_result::item);
    EXPECT_EQ(item, i);
    EXPECT_FALSE(deque.pop(item));
    EXPECT_FALSE(deque.pop(item)) << "also when asked twice";
    EXPECT_EQ(deque.size_estimate(), 0);
  }
}

TYPED_TEST(DequeUnit, IsUsableAgainAfterAPopEmptiedIt) {
  numbers<TypeParam> deque(1);
  std::uint64_t item = 0;
  for (std::uint64_t i = 0; i < 10; ++i) {
    ASSERT_TRUE(deque.push(i));
    ASSERT_TRUE(deque.pop(item));
    EXPECT_EQ(item, i);
    EXPECT_EQ(deque.steal(item), steal_result::empty);
    EXPECT_FALSE(deque.pop(item));
  }
  EXPECT_EQ(deque.capacity(), 1);
}

TYPED_TEST(DequeUnit, SlotsAreReusedWithoutGrowth) {
  numbers<TypeParam> deque(4);
  std::uint64_t item = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    ASSERT_TRUE(deque.push(2 * i));
    ASSERT_TRUE(deque.push(2 * i + 1));
    ASSERT_EQ(deque.steal(item), steal_result::item);
    EXPECT_EQ(item, 2 * i);
    ASSERT_EQ(deque.steal(item), steal_result::item);
    EXPECT_EQ(item, 2 * i + 1);
  }
  EXPECT_EQ(deque.capacity(), 4);
}

TYPED_TEST(DequeUnit, GrowthKeepsItemsThatWrapAround) {
  for (std::uint64_t taken = 0; taken <= 4; ++taken) {
    numbers<TypeParam> deque(4);
    std::uint64_t item = 0;
    for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(deque.push(i));
    for (std::uint64_t i = 0; i < taken; ++i) ASSERT_EQ(deque.steal(item), steal_result::item);
    for (std::uint64_t i = 4; i < 20; ++i) ASSERT_TRUE(deque.push(i));
    EXPECT_GE(deque.capacity(), static_cast<std::int64_t>(20 - taken));
    for (std::uint64_t i = taken; i < 20; ++i) {
      ASSERT_EQ(deque.steal(item), steal_result::item);
      EXPECT_EQ(item, i) << "after " << taken << " steals before the growth";
    }
  }
}

TYPED_TEST(DequeUnit, GrowsByDoublingAndOnlyWhenFull) {
  numbers<TypeParam> deque(4);
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(deque.push(i));
  EXPECT_EQ(deque.capacity(), 4);
  ASSERT_TRUE(deque.push(4));
  EXPECT_EQ(deque.capacity(), 8);
}

TYPED_TEST(DequeUnit, MemoryIsLessThanTwiceTheNewestBufferRightAfterGrowth) {
  numbers<TypeParam> deque(1);
  constexpr std::size_t headers = 64 * 16;
  for (std::uint64_t i = 0; i < 100000; ++i) {
    ASSERT_TRUE(deque.push(i));
    const std::size_t newest = static_cast<std::size_t>(deque.capacity()) * sizeof(i);
    ASSERT_LE(deque.memory_bytes(), 2 * newest + headers) << "at " << i + 1 << " items";
    ASSERT_LT(static_cast<std::uint64_t>(deque.capacity()), 2 * (i + 1))
        << "doubles only when full";
  }
}

TYPED_TEST(DequeUnit, FreesWhatItHasOutgrownOnDemand) {
  numbers<TypeParam> deque(1);
  deque.free_outgrown();  // before the first buffer
  EXPECT_EQ(deque.outgrown_bytes(), 0u);
  for (std::uint64_t i = 0; i < 1000; ++i) ASSERT_TRUE(deque.push(i));
  EXPECT_GE(deque.outgrown_bytes(), 511 * sizeof(std::uint64_t));
  deque.free_outgrown();
  EXPECT_EQ(deque.outgrown_bytes(), 0u);
  EXPECT_LE(deque.memory_bytes(), 1024 * sizeof(std::uint64_t) + 64);
  std::uint64_t item = 0;
  ASSERT_EQ(deque.steal(item), steal_result::item);
  EXPECT_EQ(item, 0u);
  for (std::uint64_t i = 1000; i < 3000; ++i) ASSERT_TRUE(deque.push(i)) << "grows again";
  for (std::uint64_t i = 3000; i-- > 1;) {
    ASSERT_TRUE(deque.pop(item));
    EXPECT_EQ(item, i);
  }
}

TYPED_TEST(DequeUnit, BoundedDequeRefusesWhenFullAndKeepsItsItems) {
  numbers<TypeParam> deque(2, 4);
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(deque.push(i));
  EXPECT_FALSE(deque.push(4));
  EXPECT_FALSE(deque.push(5));
  EXPECT_EQ(deque.size_estimate(), 4);
  std::uint64_t item = 0;
  ASSERT_EQ(deque.steal(item), steal_result::item);
  EXPECT_EQ(item, 0u);
  EXPECT_TRUE(deque.push(6)) << "a steal makes room";
  EXPECT_FALSE(deque.push(7));
  for (std::uint64_t expected : {6u, 3u, 2u, 1u}) {
    ASSERT_TRUE(deque.pop(item));
    EXPECT_EQ(item, expected);
  }
  EXPECT_FALSE(deque.pop(item));
}

TYPED_TEST(DequeUnit, CapacitiesAreRoundedUpToPowersOfTwo) {
  numbers<TypeParam> deque(3, 5);
  ASSERT_TRUE(deque.push(0));
  EXPECT_EQ(deque.capacity(), 4);
  for (std::uint64_t i = 1; i < 8; ++i) ASSERT_TRUE(deque.push(i));
  EXPECT_FALSE(deque.push(8));
  EXPECT_EQ(deque.capacity(), 8);
}

template <class Item, class Orders>
void items_of_several_words_come_back_whole() {
  work_stealing_deque<Item, env_default, Orders> deque(1);
  std::vector<std::uint64_t> seen;
  for (std::uint64_t i = 0; i < 200; ++i) {
    ASSERT_TRUE(deque.push(Item::of(i)));
    Item taken{};
    if (i % 3 == 0) {
      ASSERT_EQ(deque.steal(taken), steal_result::item);
      EXPECT_TRUE(taken.whole());
      seen.push_back(taken.number());
    } else if (i % 5 == 0) {
      ASSERT_TRUE(deque.pop(taken));
      EXPECT_EQ(taken, Item::of(i));
      seen.push_back(taken.number());
    }
  }
  Item taken{};
  while (deque.pop(taken)) {
    EXPECT_TRUE(taken.whole());
    seen.push_back(taken.number());
  }
  std::vector<bool> found(200);
  for (std::uint64_t number : seen) {
    ASSERT_LT(number, 200u);
    EXPECT_FALSE(found[number]) << number << " came twice";
    found[number] = true;
  }
  EXPECT_EQ(seen.size(), 200u);
}

TYPED_TEST(DequeUnit, ItemsOfOneWordComeBackWhole) {
  items_of_several_words_come_back_whole<one_word, TypeParam>();
}
TYPED_TEST(DequeUnit, ItemsOfTwoWordsComeBackWhole) {
  items_of_several_words_come_back_whole<two_words, TypeParam>();
}
TYPED_TEST(DequeUnit, ItemsOfFourWordsComeBackWhole) {
  items_of_several_words_come_back_whole<four_words, TypeParam>();
}

TYPED_TEST(DequeUnit, HoldsPointers) {
  work_stealing_deque<int*, env_default, TypeParam> deque;
  int target = 0;
  int* item = nullptr;
  ASSERT_TRUE(deque.push(&target));
  ASSERT_TRUE(deque.pop(item));
  EXPECT_EQ(item, &target);
}

// An environment that counts allocations and can run out of memory.
struct scarce_env : env_default {
  static inline bool exhausted = false;
  static inline int live = 0;
  static void* allocate_zeroed(std::size_t bytes) {
    if (exhausted) return nullptr;
    ++live;
    return env_default::allocate_zeroed(bytes);
  }
  static void deallocate_zeroed(void* p, std::size_t bytes) {
    --live;
    env_default::deallocate_zeroed(p, bytes);
  }
};

TYPED_TEST(DequeUnit, RefusesWhenThereIsNoMemoryToGrowAndChangesNothing) {
  {
    work_stealing_deque<std::uint64_t, scarce_env, TypeParam> deque(2);
    scarce_env::exhausted = true;
    EXPECT_FALSE(deque.push(1)) << "no first buffer";
    scarce_env::exhausted = false;
    ASSERT_TRUE(deque.push(1));
    ASSERT_TRUE(deque.push(2));
    scarce_env::exhausted = true;
    EXPECT_FALSE(deque.push(3));
    scarce_env::exhausted = false;
    EXPECT_EQ(deque.size_estimate(), 2);
    EXPECT_TRUE(deque.push(4)) << "memory came back";
    std::uint64_t item = 0;
    for (std::uint64_t expected : {4u, 2u, 1u}) {
      ASSERT_TRUE(deque.pop(item));
      EXPECT_EQ(item, expected);
    }
  }
  EXPECT_EQ(scarce_env::live, 0);
}

TYPED_TEST(DequeUnit, FreesEveryBufferAtItsEnd) {
  {
    work_stealing_deque<std::uint64_t, scarce_env, TypeParam> deque(1);
    for (std::uint64_t i = 0; i < 1000; ++i) ASSERT_TRUE(deque.push(i));
    EXPECT_EQ(scarce_env::live, 11) << "capacities 1, 2, 4 ... 1024";
  }
  EXPECT_EQ(scarce_env::live, 0);
}

TYPED_TEST(DequeUnit, DiesOnCapacitiesThatMakeNoSense) {
  EXPECT_DEATH(numbers<TypeParam>(0), "queue capacities");
  EXPECT_DEATH(numbers<TypeParam>(-1), "queue capacities");
  EXPECT_DEATH(numbers<TypeParam>(8, 4), "queue capacities");
  EXPECT_DEATH(numbers<TypeParam>(1, (std::int64_t{1} << 40) + 1), "queue capacities");
}

static_assert(word_sized<four_words>);
static_assert(!word_sized<std::uint32_t>, "an item is a whole number of words");
static_assert(!word_sized<std::vector<int>>, "an item is trivially copyable");

}  // namespace
}  // namespace wyn

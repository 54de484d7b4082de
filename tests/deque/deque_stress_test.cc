// Real threads: every accepted item is taken exactly once, whole, and with what its owner wrote
// before the push. The models decide about orders; this finds what a model is too small for.
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "core/deque/work_stealing_deque.h"
#include "tests/deque/items.h"
#include "tests/support/seed.h"

namespace wyn {
namespace {

using deque_tests::four_words;
using deque_tests::one_word;
using deque_tests::two_words;

struct setting {
  int thieves;
  std::uint64_t items;
  std::int64_t initial_capacity;
  std::int64_t max_capacity;
};

template <class Item, class Orders>
class contest {
 public:
  contest(const setting& s, std::uint64_t seed)
      : setting_(s),
        seed_(seed),
        deque_(s.initial_capacity, s.max_capacity),
        payload_(s.items),
        taken_(s.items) {}

  void run() {
    std::vector<std::thread> thieves;
    for (int i = 0; i < setting_.thieves; ++i) thieves.emplace_back([this] { steal_until_over(); });
    while (ready_.load(std::memory_order_relaxed) < setting_.thieves) std::this_thread::yield();
    own();
    over_.store(true, std::memory_order_release);
    for (std::thread& t : thieves) t.join();
    std::printf("%d thieves took %llu of %llu items\n", setting_.thieves,
                static_cast<unsigned long long>(stolen_.load()),
                static_cast<unsigned long long>(setting_.items));
    Item item;
    while (deque_.pop(item)) take(item);
  }

  void check() const {
    std::uint64_t lost = 0;
    std::uint64_t doubled = 0;
    for (const auto& times : taken_) {
      lost += times.load() == 0;
      doubled += times.load() > 1;
    }
    EXPECT_EQ(lost, 0u);
    EXPECT_EQ(doubled, 0u);
    EXPECT_EQ(torn_.load(), 0u);
    EXPECT_EQ(stale_.load(), 0u) << "payloads older than the push";
    EXPECT_EQ(deque_.size_estimate(), 0);
  }

 private:
  // Bursts of random length: short ones race for the last item, long ones grow the buffer.
  void own() {
    std::mt19937_64 random(seed_);
    std::uint64_t next = 0;
    Item item;
    while (next < setting_.items) {
      const std::uint64_t burst = std::uint64_t{1} << random() % 8;
      for (std::uint64_t i = 0; i < burst && next < setting_.items; ++i, ++next) {
        payload_[next] = payload_of(next);
        while (!deque_.push(Item::of(next))) {
          if (random() % 2 == 0) {
            std::this_thread::yield();
          } else if (deque_.pop(item)) {
            take(item);
          }
        }
      }
      // One in eight from the thieves' end.
      for (std::uint64_t pops = random() % (burst + 1); pops > 0; --pops) {
        if (!(random() % 8 == 0 ? deque_.take_oldest(item) : deque_.pop(item))) break;
        take(item);
      }
      if (random() % 16 == 0) std::this_thread::yield();
    }
  }

  void steal_until_over() {
    ready_.fetch_add(1, std::memory_order_relaxed);
    Item item;
    for (;;) {
      const bool last_round = over_.load(std::memory_order_acquire);
      switch (deque_.steal(item)) {
        case steal_result::item:
          stolen_.fetch_add(1, std::memory_order_relaxed);
          take(item);
          break;
        case steal_result::lost: break;
        case steal_result::empty:
          if (last_round) return;
          std::this_thread::yield();
      }
    }
  }

  void take(const Item& item) {
    if (!item.whole() || item.number() >= setting_.items) {
      torn_.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    if (payload_[item.number()] != payload_of(item.number())) {
      stale_.fetch_add(1, std::memory_order_relaxed);
    }
    taken_[item.number()].fetch_add(1, std::memory_order_relaxed);
  }

  static int payload_of(std::uint64_t number) { return static_cast<int>(number % 1000003) + 1; }

  const setting setting_;
  const std::uint64_t seed_;
  work_stealing_deque<Item, env_default, Orders> deque_;
  std::vector<int> payload_;  // plain memory: ThreadSanitizer judges its publication
  std::vector<std::atomic<unsigned char>> taken_;
  std::atomic<std::uint64_t> stolen_{0};
  std::atomic<std::uint64_t> torn_{0};
  std::atomic<std::uint64_t> stale_{0};
  std::atomic<int> ready_{0};
  std::atomic<bool> over_{false};
};

// Small enough for a loaded machine: a refused push waits for a thief that may not be running.
constexpr std::uint64_t items_while_growing = 20000;
constexpr std::uint64_t items_through_few_slots = 3000;

template <class Item, class Orders>
void contest_with_1_2_4_8_thieves(std::uint64_t items, std::int64_t initial_capacity,
                                  std::int64_t max_capacity) {
  const std::uint64_t seed = tests::seed_of_this_run();
  if (std::getenv("WYN_DEEP") != nullptr) items *= 50;  // bazel test --config=deep
  for (int thieves : {1, 2, 4, 8}) {
    SCOPED_TRACE(testing::Message() << thieves << " thieves, seed " << seed);
    contest<Item, Orders> c({thieves, items, initial_capacity, max_capacity}, seed);
    c.run();
    c.check();
  }
}

constexpr std::int64_t unbounded = std::int64_t{1} << 40;

template <class Orders>
class DequeStress : public testing::Test {};

#ifdef WYN_UNDER_TSAN
using tables = testing::Types<deque_seq_cst_orders>;
#else
using tables = testing::Types<biased_orders, deque_fence_orders, deque_seq_cst_orders>;
#endif

// For filters: tests/machines leaves one table out.
struct table_names {
  template <class Orders>
  static std::string GetName(int) {
    if (std::is_same_v<Orders, biased_orders>) return "biased";
    return std::is_same_v<Orders, deque_fence_orders> ? "fences" : "seq_cst";
  }
};
TYPED_TEST_SUITE(DequeStress, tables, table_names);

TYPED_TEST(DequeStress, EveryItemOfOneWordIsTakenOnceWhileTheBufferGrows) {
  contest_with_1_2_4_8_thieves<one_word, TypeParam>(items_while_growing, 1, unbounded);
}
TYPED_TEST(DequeStress, EveryItemOfTwoWordsIsTakenOnceWhileTheBufferGrows) {
  contest_with_1_2_4_8_thieves<two_words, TypeParam>(items_while_growing, 1, unbounded);
}
TYPED_TEST(DequeStress, EveryItemOfFourWordsIsTakenOnceWhileTheBufferGrows) {
  contest_with_1_2_4_8_thieves<four_words, TypeParam>(items_while_growing, 1, unbounded);
}
TYPED_TEST(DequeStress, EveryItemIsTakenOnceThroughASingleSlot) {
  contest_with_1_2_4_8_thieves<one_word, TypeParam>(items_through_few_slots, 1, 1);
}
TYPED_TEST(DequeStress, EveryWordOfAnItemSurvivesTheReuseOfFourSlots) {
  contest_with_1_2_4_8_thieves<four_words, TypeParam>(items_through_few_slots, 4, 4);
}

}  // namespace
}  // namespace wyn

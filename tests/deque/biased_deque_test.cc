// When the owner takes the bias back, as one thread sees it.
#include "core/deque/biased_deque.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace wyn {
namespace {

constexpr int patience = 100;

class number_deque : public biased_deque<std::uint64_t, env_default, biased_orders, patience> {
 public:
  using biased_deque::ask;

  bool is_shared() const { return biased_top::is_shared(top_.load(biased_orders::size_load_top)); }
};

class Bias : public testing::Test {
 protected:
  void SetUp() override {
    if (!heavy_fences_exist<env_default>()) GTEST_SKIP() << "no membarrier: no deque is biased";
  }
  void push(int n) {
    for (int i = 0; i < n; ++i) ASSERT_TRUE(deque.push(1));
  }
  // Calls step(i) until the bias is back: how often, or `most`.
  template <class Step>
  int until_back(int most, const Step& step) {
    int n = 0;
    while (deque.is_shared() && n < most) step(n++);
    return n;
  }
  void pop() { ASSERT_TRUE(deque.pop(item)); }
  void take_oldest() { ASSERT_TRUE(deque.take_oldest(item)); }
  void steal() { ASSERT_EQ(deque.steal(item), steal_result::item); }

  number_deque deque;
  std::uint64_t item = 0;
};

TEST_F(Bias, IsBackWhenPopsEnoughHaveFoundNoThief) {
  push(1000);
  EXPECT_FALSE(deque.is_shared());
  deque.ask();
  EXPECT_TRUE(deque.is_shared());
  EXPECT_EQ(until_back(900, [&](int) { pop(); }), patience + 1);
}

TEST_F(Bias, IsTheThievesAtFirstWhereTheyAreExpected) {
  deque.expect_thieves(3 * patience);
  EXPECT_TRUE(deque.is_shared());
  EXPECT_FALSE(deque.pop(item));
  EXPECT_EQ(deque.steal(item), steal_result::empty);
  push(1000);
  steal();
  EXPECT_EQ(until_back(900, [&](int) { pop(); }), 3 * patience + 1);
}

TEST_F(Bias, IsNotBackWhileAThiefComesNowAndThen) {
  push(1000);
  steal();
  EXPECT_EQ(until_back(500,
                       [&](int n) {
                         pop();
                         if (n % 50 == 0) steal();
                       }),
            500);
}

// The turn of old work, each 64th task: it is no thief.
TEST_F(Bias, IsBackThoughTheOwnerTakesTheOldestNowAndThen) {
  push(1000);
  deque.ask();
  EXPECT_LE(until_back(500, [&](int n) {
              n % 20 == 19 ? take_oldest() : pop();
            }),
            patience + patience / 10);
}

// Blocks of a ring, say.
TEST_F(Bias, IsBackThoughTheDequeRunsEmptyNowAndThen) {
  push(10);
  deque.ask();
  EXPECT_LE(until_back(500, [&](int n) {
              if (n % 10 == 0 && n > 0) push(10);
              pop();
            }),
            patience + patience / 4);
}

TEST_F(Bias, GoesAgainAndComesBackAsLateAsBefore) {
  push(2000);
  for (int round = 0; round < 3; ++round) {
    deque.ask();
    EXPECT_EQ(until_back(500, [&](int) { pop(); }), patience + 1);
  }
}

// A process whose kernel refuses membarrier.
struct env_refused : env_default {
  static bool heavy_fences_exist() noexcept { return false; }
};
class deque_without_bias
    : public biased_deque<std::uint64_t, env_refused, biased_orders, patience> {
 public:
  bool is_shared() const { return biased_top::is_shared(top_.load(biased_orders::size_load_top)); }
};

TEST(NoHeavyFences, NoBias) {
  deque_without_bias deque;
  std::uint64_t item = 0;
  for (int i = 0; i < 10 * patience; ++i) ASSERT_TRUE(deque.push(1));
  EXPECT_TRUE(deque.is_shared());
  for (int i = 0; i < 5 * patience; ++i) ASSERT_TRUE(deque.pop(item));
  EXPECT_TRUE(deque.is_shared()) << "no thief came, and yet there must be none";
  EXPECT_EQ(deque.steal(item), steal_result::item);
}

}  // namespace
}  // namespace wyn

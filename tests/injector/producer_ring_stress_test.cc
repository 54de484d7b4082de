// One producer and many consumers at full speed: every item once, in order for each consumer, with
// what was written before its push. The whole point of the sanitizer variants.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "core/injector/producer_ring.h"
#include "tests/support/seed.h"

namespace wyn {
namespace {

constexpr std::uint64_t items = 60000;

/// Two words, so that a torn item is seen.
struct item {
  std::uint64_t number;
  std::uint64_t complement;
};

struct arena {
  explicit arena(std::int64_t initial, std::int64_t maximum)
      : ring(initial, maximum), payload(items), times(items) {}

  producer_ring<item> ring;
  std::vector<std::uint64_t> payload;        // plain memory: published by push, read after claim
  std::vector<std::atomic<int>> times;       // how often each item was claimed
  std::atomic<std::uint64_t> claimed{0};
  std::atomic<int> out_of_order{0};
  std::atomic<int> torn{0};
  std::atomic<int> wrong_payload{0};
};

void account_for(arena& a, const item* batch, std::size_t count, std::uint64_t& next) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t n = batch[i].number;
    if (n >= items || batch[i].complement != ~n) {
      a.torn.fetch_add(1);
      continue;
    }
    if (n < next) a.out_of_order.fetch_add(1);
    next = n + 1;
    if (a.payload[n] != n * 3) a.wrong_payload.fetch_add(1);
    a.times[n].fetch_add(1, std::memory_order_relaxed);
  }
  a.claimed.fetch_add(count, std::memory_order_relaxed);
}

void consume(arena& a, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<item> batch(64);
  std::uint64_t next = 0;
  std::int64_t pushed = 0;
  while (a.claimed.load(std::memory_order_relaxed) < items) {
    const std::size_t max = 1 + random() % batch.size();
    if (random() % 4 == 0) pushed = 0;
    const claim_result got = a.ring.claim(batch.data(), max, pushed);
    account_for(a, batch.data(), got.count, next);
    if (got.count == 0) std::this_thread::yield();
  }
}

/// Pushes [from, to); helps to consume when the ring is full, as a waiting thread does.
void produce(arena& a, std::uint64_t from, std::uint64_t to, std::uint64_t seed,
             std::uint64_t& helped) {
  std::mt19937_64 random(seed);
  item one;
  for (std::uint64_t n = from; n < to; ++n) {
    a.payload[n] = n * 3;
    while (!a.ring.push(item{n, ~n})) {
      const claim_result got = a.ring.claim(&one, 1);
      account_for(a, &one, got.count, helped);
    }
    if (random() % 1024 == 0) std::this_thread::yield();
  }
}

void expect_every_item_once(const arena& a) {
  EXPECT_EQ(a.torn.load(), 0);
  EXPECT_EQ(a.out_of_order.load(), 0);
  EXPECT_EQ(a.wrong_payload.load(), 0);
  EXPECT_EQ(std::count_if(a.times.begin(), a.times.end(), [](const auto& t) { return t != 1; }), 0);
  EXPECT_EQ(a.ring.size_estimate(), 0);
  EXPECT_EQ(a.ring.pushed_total(), static_cast<std::int64_t>(items));
}

// Consumers; largest capacity.
class ProducerRingStress : public testing::TestWithParam<std::tuple<int, std::int64_t>> {};

TEST_P(ProducerRingStress, EveryItemIsClaimedOnceAndInOrder) {
  const auto [consumers, maximum] = GetParam();
  std::mt19937_64 seeds(tests::seed_of_this_run());
  arena a(std::min<std::int64_t>(maximum, 4), maximum);
  std::vector<std::thread> threads;
  for (int i = 0; i < consumers; ++i) {
    threads.emplace_back([&a, seed = seeds()] { consume(a, seed); });
  }
  std::uint64_t helped = 0;
  produce(a, 0, items, seeds(), helped);
  for (auto& thread : threads) thread.join();
  expect_every_item_once(a);
}

TEST_P(ProducerRingStress, TheProducerMayChangeAcrossThreads) {
  const auto [consumers, maximum] = GetParam();
  std::mt19937_64 seeds(tests::seed_of_this_run());
  arena a(std::min<std::int64_t>(maximum, 4), maximum);
  std::vector<std::thread> threads;
  for (int i = 0; i < consumers; ++i) {
    threads.emplace_back([&a, seed = seeds()] { consume(a, seed); });
  }
  constexpr std::uint64_t share = items / 20;
  for (std::uint64_t from = 0; from < items; from += share) {
    std::thread([&, seed = seeds()] {
      std::uint64_t helped = 0;
      produce(a, from, from + share, seed, helped);
    }).join();
  }
  for (auto& thread : threads) thread.join();
  expect_every_item_once(a);
}

INSTANTIATE_TEST_SUITE_P(Sizes, ProducerRingStress,
                         testing::Combine(testing::Values(1, 2, 4, 8),
                                          testing::Values(1, 2, 64, std::int64_t{1} << 20)),
                         [](const auto& info) {
                           return std::to_string(std::get<0>(info.param)) + "Consumers" +
                                  std::to_string(std::get<1>(info.param)) + "Slots";
                         });

}  // namespace
}  // namespace wyn

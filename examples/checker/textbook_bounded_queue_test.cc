// The header that bounded_queue.cc checks, compiled as any other and run by threads.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "examples/checker/textbook/bounded_queue.h"

namespace {

TEST(TextbookBoundedQueue, HandsOverEachItemOnceToRealThreads) {
  constexpr int per_producer = 2000;
  bounded_queue<int, 8> queue;
  std::vector<std::atomic<int>> taken(2 * per_producer);
  std::atomic<int> left{2 * per_producer};
  auto produce = [&](int from) {
    for (int i = from; i < from + per_producer; ++i) {
      while (!queue.push(i)) std::this_thread::yield();
    }
  };
  auto consume = [&] {
    while (left.load() > 0) {
      int item = 0;
      if (!queue.pop(item)) {
        std::this_thread::yield();
        continue;
      }
      taken[static_cast<std::size_t>(item)].fetch_add(1);
      left.fetch_sub(1);
    }
  };
  std::vector<std::thread> threads;
  threads.emplace_back(produce, 0);
  threads.emplace_back(produce, per_producer);
  threads.emplace_back(consume);
  threads.emplace_back(consume);
  for (std::thread& t : threads) t.join();
  for (const std::atomic<int>& count : taken) EXPECT_EQ(count.load(), 1);
}

}  // namespace

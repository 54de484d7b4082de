// The header that michael_scott_queue.cc checks, compiled as any other and run by threads.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "examples/checker/textbook/michael_scott_queue.h"

namespace {

TEST(TextbookQueue, HandsOverEachItemOnceToRealThreads) {
  constexpr int per_producer = 2000;
  michael_scott_queue queue;
  std::vector<std::atomic<int>> taken(2 * per_producer);
  std::atomic<int> left{2 * per_producer};
  auto produce = [&](int from) {
    for (int i = from; i < from + per_producer; ++i) queue.enqueue(&taken[i]);
  };
  auto consume = [&] {
    while (left.load() > 0) {
      auto* item = static_cast<std::atomic<int>*>(queue.dequeue());
      if (item == nullptr) {
        std::this_thread::yield();
        continue;
      }
      item->fetch_add(1);
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
  EXPECT_EQ(queue.dequeue(), nullptr);
}

}  // namespace

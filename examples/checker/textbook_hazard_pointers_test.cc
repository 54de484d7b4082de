// The header that hazard_pointers.cc checks, compiled as any other and run by threads. Not under
// ThreadSanitizer, which does not know what a fence orders.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "examples/checker/textbook/hazard_pointers.h"

namespace {

TEST(TextbookHazardPointers, HandOverEachItemOnceToRealThreads) {
  constexpr int each = 2000;
  hazard_stack<int, 2> stack;
  std::vector<std::atomic<int>> taken(2 * each);
  auto push_and_pop = [&](int thread) {
    for (int i = 0; i < each; ++i) {
      stack.push(thread * each + i);
      int item = 0;
      ASSERT_TRUE(stack.pop(thread, item));
      taken[static_cast<std::size_t>(item)].fetch_add(1);
    }
  };
  std::thread other(push_and_pop, 1);
  push_and_pop(0);
  other.join();
  for (const std::atomic<int>& count : taken) EXPECT_EQ(count.load(), 1);
}

}  // namespace

// The memory of coroutine frames.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

#include "core/coro/frame_cache.h"

namespace wyn::detail {
namespace {

constexpr std::size_t beyond_all_classes = 1300;

// AddressSanitizer sees a block that is too short; without it the blocks overlap.
TEST(CoroFrameCache, ABlockOfAnySizeHoldsThatManyBytesAndIsAligned) {
  frame_cache& cache = frames_of_this_thread;
  for (int round = 0; round < 2; ++round) {
    std::vector<unsigned char*> blocks;
    for (std::size_t bytes = 1; bytes < beyond_all_classes; ++bytes) {
      auto* const b = static_cast<unsigned char*>(cache.allocate(bytes));
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(b) % frame_alignment, 0u) << bytes;
      std::memset(b, static_cast<int>(bytes % 251), bytes);
      blocks.push_back(b);
    }
    for (std::size_t bytes = 1; bytes < beyond_all_classes; ++bytes) {
      unsigned char* const b = blocks[bytes - 1];
      for (std::size_t i = 0; i < bytes; ++i) ASSERT_EQ(b[i], bytes % 251) << bytes << " at " << i;
      cache.free(b, bytes);
    }
  }
}

TEST(CoroFrameCache, TheClassOfTheLastBlockIsWhatItIsFreedBy) {
  frame_cache& cache = frames_of_this_thread;
  for (std::size_t bytes = 1; bytes < beyond_all_classes; ++bytes) {
    void* const b = cache.allocate_and_note(bytes);
    const unsigned c = cache.class_of_last();
    if (c == 0) {
      cache.free(b, bytes);
      continue;
    }
    cache.free_block(b, c);
#if !defined(__SANITIZE_ADDRESS__)  // where nothing is kept
    EXPECT_EQ(cache.allocate(bytes), b) << bytes;
    cache.free(b, bytes);
#endif
  }
}

TEST(CoroFrameCache, ABlockMayBeFreedByAnotherThreadWhichKeepsABoundedNumber) {
  std::vector<void*> blocks;
  for (int i = 0; i < 5000; ++i) blocks.push_back(frames_of_this_thread.allocate(100));
  std::thread([&] {
    for (void* const b : blocks) frames_of_this_thread.free(b, 100);
  }).join();
}

}  // namespace
}  // namespace wyn::detail

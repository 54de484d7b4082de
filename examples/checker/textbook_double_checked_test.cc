// The header that double_checked.cc checks, compiled as any other and run by threads.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "examples/checker/textbook/double_checked.h"

namespace {

std::atomic<int> made{0};

struct settings {
  int size = 42;
};
struct make_settings {
  settings* operator()() const {
    made.fetch_add(1);
    return new settings;
  }
};

TEST(TextbookDoubleChecked, MakesOneForRealThreads) {
  made_once<settings, make_settings> shared;
  int seen = 0;
  std::thread other([&] { seen = shared.get().size; });
  EXPECT_EQ(shared.get().size, 42);
  other.join();
  EXPECT_EQ(seen, 42);
  EXPECT_EQ(made.load(), 1);
}

}  // namespace

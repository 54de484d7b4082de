// A shutdown that begins while a thread outside of tasks sorts: no element is lost.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "core/runtime/parallel_sort.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

// Elements that a move leaves empty.
std::vector<std::string> shuffled(std::size_t n) {
  std::vector<std::string> v;
  for (std::size_t i = 0; i < n; ++i) v.push_back(std::to_string(i) + std::string(40, 'x'));
  std::shuffle(v.begin(), v.end(), std::mt19937(7));
  return v;
}

std::vector<std::string> sorted(std::vector<std::string> v) {
  std::sort(v.begin(), v.end());
  return v;
}

// Calls sort(begin, end, less) and shuts `rt` down in the first comparison that is made outside of
// its tasks after one inside. Whether there was such a one.
template <class Sort>
bool shut_down_between_forks(runtime& rt, const Sort& sort) {
  std::vector<std::string> v = shuffled(5000);
  const std::vector<std::string> expected = sorted(v);
  std::atomic<bool> forked{false};
  std::atomic<bool> down{false};
  const auto less = [&](const std::string& a, const std::string& b) {
    if (rt.underlying().inside_task()) {
      forked = true;
    } else if (forked && !down.exchange(true)) {
      rt.shutdown();
    }
    return a < b;
  };
  try {
    sort(v.begin(), v.end(), less);
    EXPECT_EQ(v, expected);
  } catch (const spawn_error&) {
    EXPECT_EQ(sorted(std::move(v)), expected);
  }
  EXPECT_TRUE(forked);
  return down;
}

TEST(SortBesideAShutdown, IsOneTaskFromItsFirstForkToItsEnd) {
  for (const unsigned workers : {0u, 1u, 3u}) {
    runtime stable(with_workers(workers));
    EXPECT_FALSE(shut_down_between_forks(stable, [&](auto begin, auto end, const auto& less) {
      parallel_stable_sort(stable, begin, end, less);
    }));
    runtime quick(with_workers(workers));
    EXPECT_FALSE(shut_down_between_forks(quick, [&](auto begin, auto end, const auto& less) {
      parallel_sort(quick, begin, end, less);
    }));
  }
}

TEST(SortBesideAShutdown, SortsOrThrowsAndLosesNoElement) {
  const std::size_t n = scaled(20'000);
  const std::vector<std::string> before = shuffled(n);
  const std::vector<std::string> expected = sorted(before);
  int thrown = 0;
  for (int round = 0; round < 20; ++round) {
    runtime rt(with_workers(2));
    std::vector<std::string> v = before;
    std::atomic<bool> go{false};
    std::thread shutter([&] {
      spin_until_set(go);
      rt.shutdown();
    });
    go = true;
    try {
      if (round % 2 == 0) {
        parallel_stable_sort(rt, v.begin(), v.end());
      } else {
        parallel_sort(rt, v.begin(), v.end());
      }
      EXPECT_EQ(v, expected);
    } catch (const spawn_error& e) {
      EXPECT_EQ(e.status(), spawn_status::shut_down);
      EXPECT_EQ(v, before) << "a sort that is refused changes nothing";
      ++thrown;
    }
    shutter.join();
  }
  RecordProperty("refused", thrown);
}

TEST(SortAfterAShutdown, IsRefusedIfItWouldForkAndElseMade) {
  runtime rt(with_workers(1));
  rt.shutdown();
  const std::vector<std::string> before = shuffled(3000);
  std::vector<std::string> v = before;
  EXPECT_THROW(parallel_stable_sort(rt, v.begin(), v.end()), spawn_error);
  EXPECT_EQ(v, before);
  EXPECT_THROW(parallel_sort(rt, v.begin(), v.end()), spawn_error);
  EXPECT_EQ(v, before);
  parallel_stable_sort(rt, v.begin(), v.begin() + 1000);
  EXPECT_TRUE(std::is_sorted(v.begin(), v.begin() + 1000));
  parallel_sort(rt, v.begin() + 1000, v.begin() + 2000);
  EXPECT_TRUE(std::is_sorted(v.begin() + 1000, v.begin() + 2000));
}

}  // namespace
}  // namespace wyn::tests

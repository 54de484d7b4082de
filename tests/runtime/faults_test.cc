// Options out of range, and tasks that throw or never return.
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

// What the constructor says about `o`; empty when it accepts it.
std::string refusal(const options& o) {
  try {
    runtime rt(o);
  } catch (const std::invalid_argument& e) {
    return e.what();
  }
  return "";
}

void expect_refused(const options& o, const std::string& option) {
  const std::string text = refusal(o);
  EXPECT_NE(text.find("wyn: options." + option), std::string::npos) << option << ": " << text;
}

TEST(Options, OutOfRangeAreRefusedByName) {
  options o = with_workers(4097);
  expect_refused(o, "workers");
  o = with_workers(0);
  for (const std::int64_t limit :
       {std::int64_t{0}, std::int64_t{-1}, (std::int64_t{1} << 40) + 1}) {
    o.max_queued = limit;
    expect_refused(o, "max_queued");
  }
  o = with_workers(0);
  o.steal_attempts = 0;
  expect_refused(o, "steal_attempts");
  o = with_workers(0);
  o.search_us = 1'000'001;
  expect_refused(o, "search_us");
  o = with_workers(0);
  o.reserved_slots = std::numeric_limits<std::uint64_t>::max();
  expect_refused(o, "reserved_slots");
  o.reserved_slots = std::uint64_t{1} << 56;
  expect_refused(o, "reserved_slots");
  o = with_workers(0);
  o.nap_us = 1'000'001;
  expect_refused(o, "nap_us");
}

TEST(Options, AtTheirLimitsAreAccepted) {
  options o = with_workers(0);
  o.max_queued = 1;
  o.steal_attempts = 1;
  o.search_us = 0;
  o.nap_us = 0;
  o.reserved_slots = 0;
  EXPECT_EQ(refusal(o), "");
  o.on_full = full_policy::error;
  EXPECT_EQ(refusal(o), "");
  o.max_queued = std::int64_t{1} << 40;
  o.max_slots = 0;
  o.reserved_slots = std::numeric_limits<std::uint64_t>::max();  // of which none may be had
  o.search_us = 1'000'000;
  o.nap_us = 1'000'000;
  EXPECT_EQ(refusal(o), "");
}

using DetachedTaskDeathTest = ::testing::Test;

void throw_in_detached_task(unsigned workers) {
  runtime rt(with_workers(workers));
  rt.spawn([] { throw std::runtime_error("the text of the exception"); });
  rt.wait_idle();
}

TEST(DetachedTaskDeathTest, AnExceptionThatLeavesItEndsTheProcessWithItsText) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  for (const unsigned workers : {0u, 1u}) {
    EXPECT_DEATH(throw_in_detached_task(workers),
                 "wyn: an exception left a detached task .*the text of the exception");
  }
}

TEST(DetachedTaskDeathTest, AnExceptionOfAnyTypeThatLeavesItEndsTheProcess) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        runtime rt(with_workers(1));
        rt.spawn([] { throw 5; });
        rt.wait_idle();
      },
      "wyn: an exception left a detached task");
}

TEST(DetachedTaskDeathTest, AnExceptionThatLeavesOneRunInlineEndsTheProcess) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        options o = with_workers(0);
        o.max_queued = 1;
        o.on_full = full_policy::run_inline;
        runtime rt(o);
        rt.spawn([] {});
        rt.spawn([] { throw std::runtime_error("inline"); });
      },
      "wyn: an exception left a detached task .*inline");
}

TEST(TaskThatNeverReturns, KeepsNoOtherTaskFromRunning) {
  runtime rt(with_workers(2));
  std::atomic<bool> go{false};
  std::atomic<int> begun{0};
  rt.spawn([&] {
    for (int i = 0; i < 10; ++i) rt.spawn([&] { begun.fetch_add(1); });
    spin_until_set(go);
  });
  std::atomic<int> runs{0};
  for (int i = 0; i < 1000; ++i) {
    rt.spawn([&] {
      rt.spawn([&] { runs.fetch_add(1); });
      runs.fetch_add(1);
    });
  }
  spin_until([&] { return runs == 2000 && begun == 10; });
  go = true;
  rt.wait_idle();
}

}  // namespace
}  // namespace wyn::tests

// Versions, status texts and options of the C interface.
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "core/capi/wyn.h"
#include "core/runtime/options.h"
#include "gtest/gtest.h"

namespace {

wyn_options defaults() {
  wyn_options o;
  EXPECT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
  return o;
}

wyn_status created_with(const wyn_options& o) {
  wyn_runtime* rt = nullptr;
  const wyn_status answer = wyn_runtime_create(&o, &rt);
  EXPECT_EQ(rt != nullptr, answer == WYN_OK);
  if (rt != nullptr) {
    EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
  }
  return answer;
}

TEST(CapiVersion, TextAndNumberAgree) {
  EXPECT_EQ(wyn_version(), WYN_VERSION_NUMBER);
  EXPECT_EQ(wyn_version_text(), std::to_string(WYN_VERSION_MAJOR) + "." +
                                    std::to_string(WYN_VERSION_MINOR) + "." +
                                    std::to_string(WYN_VERSION_PATCH));
}

TEST(CapiStatus, HasATextOfItsOwnForEachValue) {
  std::set<std::string> texts;
  for (int s = WYN_ERROR_UNSUPPORTED; s <= WYN_RAN_INLINE; ++s) {
    texts.insert(wyn_status_text(static_cast<wyn_status>(s)));
  }
  EXPECT_EQ(texts.size(), WYN_RAN_INLINE - WYN_ERROR_UNSUPPORTED + 1u);
  EXPECT_EQ(texts.count("not a wyn_status"), 0u);
}

TEST(CapiStatus, SaysSoForAValueThatIsNone) {
  EXPECT_STREQ(wyn_status_text(static_cast<wyn_status>(2)), "not a wyn_status");
  EXPECT_STREQ(wyn_status_text(static_cast<wyn_status>(-12)), "not a wyn_status");
}

TEST(CapiOptions, AreTheDefaultsOfTheRuntime) {
  const wyn_options o = defaults();
  const wyn::options expected;
  EXPECT_EQ(o.size, sizeof o);
  EXPECT_EQ(o.workers, WYN_ALL_CPUS);
  EXPECT_EQ(o.on_full, static_cast<uint32_t>(WYN_ON_FULL_GROW));
  EXPECT_EQ(o.max_queued, expected.max_queued);
  EXPECT_EQ(o.reserved_slots, expected.reserved_slots);
  EXPECT_EQ(o.max_slots, expected.max_slots);
  EXPECT_EQ(o.steal_attempts, expected.steal_attempts);
  EXPECT_EQ(o.search_us, expected.search_us);
}

TEST(CapiOptions, InitRejectsNullAndTooSmallASize) {
  wyn_options o;
  EXPECT_EQ(wyn_options_init(nullptr, sizeof o), WYN_ERROR_INVALID);
  EXPECT_EQ(wyn_options_init(&o, sizeof o - 1), WYN_ERROR_INVALID);
  EXPECT_EQ(wyn_options_init(&o, 0), WYN_ERROR_INVALID);
}

TEST(CapiOptions, TooSmallASizeIsInvalid) {
  wyn_options o = defaults();
  o.workers = 0;
  o.size = sizeof o - 1;
  EXPECT_EQ(created_with(o), WYN_ERROR_INVALID);
  o.size = 0;
  EXPECT_EQ(created_with(o), WYN_ERROR_INVALID);
}

// As in a struct that wyn_options_init has not seen: what lies behind it is not looked at.
TEST(CapiOptions, ASizeThatNoVersionHasIsInvalid) {
  for (const size_t size : {size_t{4097}, SIZE_MAX / 2, SIZE_MAX}) {
    wyn_options o = defaults();
    o.workers = 0;
    o.size = size;
    EXPECT_EQ(created_with(o), WYN_ERROR_INVALID) << size;
    EXPECT_EQ(wyn_options_init(&o, size), WYN_ERROR_INVALID) << size;
  }
}

struct options_of_a_newer_version {
  wyn_options known;
  uint64_t unknown;
};

TEST(CapiOptions, OfANewerCallerAreTakenWhileTheNewOnesAreZero) {
  options_of_a_newer_version o;
  std::memset(&o, 0xff, sizeof o);
  ASSERT_EQ(wyn_options_init(&o.known, sizeof o), WYN_OK);
  EXPECT_EQ(o.known.size, sizeof o);
  EXPECT_EQ(o.unknown, 0u);
  o.known.workers = 0;
  EXPECT_EQ(created_with(o.known), WYN_OK);
}

TEST(CapiOptions, OfANewerCallerAreUnsupportedOnceANewOneIsSet) {
  options_of_a_newer_version o;
  ASSERT_EQ(wyn_options_init(&o.known, sizeof o), WYN_OK);
  o.known.workers = 0;
  o.unknown = uint64_t{1} << 63;
  EXPECT_EQ(created_with(o.known), WYN_ERROR_UNSUPPORTED);
}

TEST(CapiOptions, OutOfRangeAreInvalid) {
  const auto expect_invalid = [](auto change, const char* what) {
    wyn_options o = defaults();
    o.workers = 0;
    ASSERT_EQ(created_with(o), WYN_OK);
    change(o);
    EXPECT_EQ(created_with(o), WYN_ERROR_INVALID) << what;
  };
  expect_invalid([](wyn_options& o) { o.workers = 4097; }, "workers");
  expect_invalid([](wyn_options& o) { o.on_full = 3; }, "on_full");
  expect_invalid([](wyn_options& o) { o.max_queued = 0; }, "max_queued 0");
  expect_invalid([](wyn_options& o) { o.max_queued = -1; }, "max_queued -1");
  expect_invalid([](wyn_options& o) { o.max_queued = INT64_MAX; }, "max_queued too large");
  expect_invalid([](wyn_options& o) { o.steal_attempts = 0; }, "steal_attempts");
  expect_invalid([](wyn_options& o) { o.search_us = 1000001; }, "search_us");
}

}  // namespace

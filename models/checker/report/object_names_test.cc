#include "models/checker/report/object_names.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "models/checker/checker.h"
#include "models/checker/report/counterexample.h"
#include "models/env/env_checker.h"

namespace wyn::model {
namespace {

std::uint64_t value_of(const void* p) { return reinterpret_cast<std::uintptr_t>(p); }

class ObjectNames : public ::testing::Test {
 protected:
  world memory{2, 64 * 1024, 64 * 1024};
  void* first = memory.allocate(0, 16, 8);
  void* second = memory.allocate(0, 16, 8);
};

TEST_F(ObjectNames, AnObjectWithoutNameIsAPlace) {
  const object_names names(memory, {});
  EXPECT_EQ(names.object(first), "t0.heap+0x0");
  EXPECT_EQ(names.value(value_of(first)), "t0.heap+0x0");
}

TEST_F(ObjectNames, APointerToANamedObjectSaysSo) {
  const object_names names(memory, {{first, "node"}});
  EXPECT_EQ(names.object(first), "node");
  EXPECT_EQ(names.value(value_of(first)), "&node");
  EXPECT_EQ(names.value(17), "17");
}

TEST_F(ObjectNames, ACounterBesideAPointerIsShownApart) {
  const object_names names(memory, {{first, "node"}});
  EXPECT_EQ(names.value(value_of(first) | std::uint64_t{3} << 48), "&node tag 3");
  EXPECT_EQ(names.value(value_of(first) << 16 | 5), "&node tag 5");
  EXPECT_EQ(names.value(value_of(second) | std::uint64_t{3} << 48), "t0.heap+0x18 tag 3");
}

TEST_F(ObjectNames, ObjectsOfOneNameAreToldApart) {
  const object_names names(memory, {{first, "next"}, {second, "next"}});
  EXPECT_EQ(names.object(first), "next@t0.heap+0x0");
  EXPECT_EQ(names.object(second), "next@t0.heap+0x18");
}

TEST_F(ObjectNames, AnAddressThatHadSeveralNamesHasNone) {
  const object_names names(memory, {{first, "old"}, {first, "new"}});
  EXPECT_EQ(names.object(first), "t0.heap+0x0");
}

TEST_F(ObjectNames, AMessageUsesTheNamesOfWholePlaces) {
  const object_names names(memory, {{first, "node"}});
  EXPECT_EQ(names.replace_in("t0.heap+0x0 and t0.heap+0x08"), "node and t0.heap+0x08");
}

// A pointer is published with a counter beside it; the reader fails.
struct tagged_mailbox {
  static constexpr int threads = 2;
  static constexpr site<"M1 put", order::release> put{};
  static constexpr site<"M2 take", order::acquire> take{};

  env_checker::plain<int> letter{0};
  env_checker::atomic<std::uint64_t> box{0};

  tagged_mailbox() {
    env_checker::name(letter, "letter");
    env_checker::name(box, "box", 7);
  }
  void thread(int id) {
    if (id == 0) {
      letter.write(42);
      box.store(value_of(&letter) | std::uint64_t{9} << 48, put);
    } else if (box.load(take) != 0) {
      env_checker::check(letter.read() != 42, "no such letter");
    }
  }
};

TEST(ReportNames, StandInEveryPartOfAReport) {
  const verdict v = check<tagged_mailbox>();
  ASSERT_NE(v.trace, nullptr);
  EXPECT_NE(v.report.find("letter ← 42"), std::string::npos) << v.report;
  EXPECT_NE(v.report.find("letter → 42"), std::string::npos) << v.report;
  EXPECT_NE(v.report.find("box[7] ← &letter tag 9"), std::string::npos) << v.report;
  EXPECT_EQ(v.report.find("heap+"), std::string::npos) << v.report;
}

// The write that races is refused: no value is shown for it.
struct race_of_writes {
  static constexpr int threads = 2;
  env_checker::plain<int> data{7};
  race_of_writes() { env_checker::name(data, "data"); }
  void thread(int id) { data.write(id + 1); }
};

TEST(ReportNames, StandInTheMessageAndARefusedWriteHasNoValue) {
  const verdict v = check<race_of_writes>();
  EXPECT_NE(v.message.find("the plain data at data"), std::string::npos) << v.message;
  ASSERT_NE(v.trace, nullptr);
  ASSERT_EQ(v.trace->steps.size(), 2u);
  EXPECT_EQ(v.trace->steps[0].written, "1");
  EXPECT_EQ(v.trace->steps[1].written, "");
}

}  // namespace
}  // namespace wyn::model

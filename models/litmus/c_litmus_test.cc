// Tests in herd's C format: the examples' answers in herd's form, and what is said of wrong tests.
#include "models/litmus/c_litmus.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace wyn::litmus {
namespace {

std::string read(const std::string& name) {
  std::ifstream file("models/litmus/examples/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

std::string answer(const std::string& text, model::memory_model m = model::memory_model::rc11_20) {
  model::options o;
  o.model = m;
  const c_litmus test = parse_c_litmus(text);
  return describe(test, explore(test.program, o));
}

class Examples : public ::testing::TestWithParam<const char*> {};

TEST_P(Examples, AnswerAsWritten) {
  const std::string name = GetParam();
  EXPECT_EQ(answer(read(name + ".litmus")), read(name + ".expected"));
}

INSTANTIATE_TEST_SUITE_P(Herd, Examples,
                         ::testing::Values("MP", "SB", "IRIW", "LB", "TryLock"),
                         [](const auto& info) { return std::string(info.param); });

bool says(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

TEST(MemoryModels, DecideWhatIsObserved) {
  using enum model::memory_model;
  EXPECT_TRUE(says(answer(read("SB.litmus"), sc), "Observation SB Never 0 3"));
  EXPECT_TRUE(says(answer(read("SB.litmus"), tso), "Observation SB Sometimes 1 3"));
  EXPECT_TRUE(says(answer(read("IRIW.litmus"), tso), "Observation IRIW Never 0 15"));
  EXPECT_TRUE(says(answer(read("LB.litmus"), rc11), "Observation LB Always 3 0"));
}

TEST(Race, IsUndefined) {
  EXPECT_TRUE(says(answer(read("Race.litmus")), "Test Race Allowed\nUndef\nFlag Data-Race\n"));
}

std::string body(const std::string& statements) {
  return "C t\n{ x=3; }\nP0(atomic_int* x, int* d) {\n" + statements + "\n}\nexists (0:r=0)\n";
}

TEST(Meaning, ElseIsTheOtherBranch) {
  const std::string got = answer(body("int r; int s = atomic_load(x);\n"
                                      "if (s != 3) r = 1; else { r = s + 4; }"));
  EXPECT_TRUE(says(got, "States 1\n0:r=7;\nNo\n")) << got;
}

TEST(Meaning, FailedCompareExchangeReportsWhatItFound) {
  const std::string got =
      answer(body("int ok = atomic_compare_exchange_strong(x, d, 1);\nint r = *d;"));
  EXPECT_TRUE(says(got, "0:r=3;")) << got;
}

TEST(Meaning, AndBindsMoreTightlyThanOr) {
  const std::string got =
      answer("C t\n{}\nP0(atomic_int* x) { int r = *x; }\n"
             "exists (0:r=0 \\/ 0:r=1 /\\ 0:r=2)\n");
  EXPECT_TRUE(says(got, "Ok\n")) << got;
  EXPECT_TRUE(says(got, "Condition exists (0:r=0 \\/ (0:r=1 /\\ 0:r=2))")) << got;
}

struct wrong {
  const char* name;
  std::string text;
  const char* message;
};

class WrongTests : public ::testing::TestWithParam<wrong> {};

TEST_P(WrongTests, AreRefusedWithTheLine) {
  try {
    parse_c_litmus(GetParam().text);
    FAIL() << "accepted";
  } catch (const syntax_error& e) {
    EXPECT_STREQ(e.what(), GetParam().message);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Herd, WrongTests,
    ::testing::Values(
        wrong{"Empty", "", "line 1: a test in C begins with 'C NAME', this one with ''"},
        wrong{"Assembly", "X86 SB\n{}\n",
              "line 1: a test in C begins with 'C NAME', this one with 'X86 SB'"},
        wrong{"NoBlock", "C t\nP0", "line 1: no block of initial values: '{}'"},
        wrong{"NoThread", "C t\n\n{}\nexists (x=1)\n",
              "line 4: expected P0(...), found 'exists'"},
        wrong{"UnknownRegister", body("*d = q;"), "line 4: no register is called q"},
        wrong{"UnknownLocation", body("atomic_store(z, 1);"),
              "line 4: z is no pointer parameter of this thread"},
        wrong{"UnknownFunction", body("\natomic_flag_clear(x);"),
              "line 5: the function atomic_flag_clear"},
        wrong{"WrongOrder", body("atomic_store_explicit(x, 1, memory_order_acquire);"),
              "line 4: memory_order_acquire is no order of a store"},
        wrong{"Consume", body("int r = atomic_load_explicit(x, memory_order_consume);"),
              "line 4: unknown memory order memory_order_consume"},
        wrong{"MixedAccess", body("*d = 1;\natomic_store(d, 2);"),
              "line 5: d is accessed both atomically and as plain data"},
        wrong{"Loop", body("while (1) {}"), "line 4: loops"},
        wrong{"TestedAndAssigned", body("int r = *d;\nif (r) { r = 2; }"),
              "line 5: r is assigned inside an if that tests it"},
        wrong{"UnknownObservable", "C t\n{}\nP0(int* x) { *x = 1; }\nexists (1:r=0)\n",
              "line 4: there is no thread 1"},
        wrong{"OpenComment", "C t\n{}\n/* P0", "line 3: a comment that does not end"},
        wrong{"NoCondition", "C t\n{}\nP0(int* x) { *x = 1; }\n",
              "line 4: expected 'exists', found 'the end of the file'"}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace wyn::litmus

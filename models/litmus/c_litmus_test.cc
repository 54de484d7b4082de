// Tests in herd's C format: the examples' answers in herd's form, and what is said of wrong tests.
#include "models/litmus/c_answer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "models/litmus/c_litmus.h"

namespace wyn::litmus {
namespace {

std::string read(const std::string& name) {
  std::ifstream file("models/litmus/examples/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

std::string answer_to(const std::string& text,
                      model::memory_model m = model::memory_model::rc11_20) {
  model::options o;
  o.model = m;
  const c_litmus test = parse_c_litmus(text);
  return describe(test, explore(test.program, o));
}

class Examples : public ::testing::TestWithParam<const char*> {};

TEST_P(Examples, AnswerAsWritten) {
  const std::string name = GetParam();
  EXPECT_EQ(answer_to(read(name + ".litmus")), read(name + ".expected"));
}

INSTANTIATE_TEST_SUITE_P(Herd, Examples,
                         ::testing::Values("MP", "SB", "IRIW", "LB", "TryLock", "SpinLock",
                                           "MP+pointer", "WeakCAS", "SB+light+heavy"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '+', '_');
                           return name;
                         });

bool says(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

TEST(MemoryModels, DecideWhatIsObserved) {
  using enum model::memory_model;
  EXPECT_TRUE(says(answer_to(read("SB.litmus"), sc), "Observation SB Never 0 3"));
  EXPECT_TRUE(says(answer_to(read("SB.litmus"), tso), "Observation SB Sometimes 1 3"));
  EXPECT_TRUE(says(answer_to(read("IRIW.litmus"), tso), "Observation IRIW Never 0 15"));
  EXPECT_TRUE(says(answer_to(read("LB.litmus"), rc11), "Observation LB Always 3 0"));
}

TEST(Race, IsUndefined) {
  EXPECT_TRUE(says(answer_to(read("Race.litmus")), "Test Race Allowed\nUndef\nFlag Data-Race\n"));
}

std::string body(const std::string& statements) {
  return "C t\n{ x=3; }\nP0(atomic_int* x, int* d) {\n" + statements + "\n}\nexists (0:r=0)\n";
}

std::string times(int n, const std::string& text) {
  std::string all;
  for (int i = 0; i < n; ++i) all += text;
  return all;
}

TEST(Meaning, ElseIsTheOtherBranch) {
  const std::string got = answer_to(body("int r; int s = atomic_load(x);\n"
                                      "if (s != 3) r = 1; else { r = s + 4; }"));
  EXPECT_TRUE(says(got, "States 1\n0:r=7;\nNo\n")) << got;
}

TEST(Meaning, FailedCompareExchangeReportsWhatItFound) {
  const std::string got =
      answer_to(body("int ok = atomic_compare_exchange_strong(x, d, 1);\nint r = *d;"));
  EXPECT_TRUE(says(got, "0:r=3;")) << got;
}

TEST(Meaning, AndBindsMoreTightlyThanOr) {
  const std::string got =
      answer_to("C t\n{}\nP0(atomic_int* x) { int r = *x; }\n"
             "exists (0:r=0 \\/ 0:r=1 /\\ 0:r=2)\n");
  EXPECT_TRUE(says(got, "Ok\n")) << got;
  EXPECT_TRUE(says(got, "Condition exists (0:r=0 \\/ (0:r=1 /\\ 0:r=2))")) << got;
}

TEST(Meaning, LoopsAreCutAndTheAnswerSaysSo) {
  const std::string got =
      answer_to(body("int r = 0;\nwhile (atomic_load(x) == 3) { r++; if (r == 2) break; }"));
  EXPECT_TRUE(says(got, "0:r=2;")) << got;
  EXPECT_FALSE(says(got, "Warning")) << got;
  const std::string endless = answer_to("C t\n{}\nP0(atomic_int* x) { do {} while (!*x); }\n"
                                        "P1(atomic_int* x) { *x = 1; }\nforall (x=1)\n");
  EXPECT_TRUE(says(endless, "Warning: loop unrolling limit reached\n")) << endless;
}

TEST(Meaning, ReadModifyWritesAreThoseOfC) {
  const std::string got = answer_to(
      body("atomic_fetch_sub(x, 1);\natomic_fetch_xor_explicit(x, 7, memory_order_relaxed);\n"
           "atomic_fetch_or(x, 8);\nint s = atomic_fetch_and(x, 12);\nint r = *x;"));
  EXPECT_TRUE(says(got, "0:r=12;")) << got;
}

TEST(Meaning, FilterDropsFinalStates) {
  const std::string got = answer_to("C t\n{}\nP0(atomic_int* x) { *x = 1; }\n"
                                    "P1(atomic_int* x) { int r = *x; }\n"
                                    "filter (1:r=1)\nforall (1:r=1)\n");
  EXPECT_TRUE(says(got, "States 1\n1:r=1;\nOk\n")) << got;
}

TEST(Meaning, PointerToAnotherKindOfDataIsAnError) {
  const std::string text = "C t\n{ int* p = &y; atomic_int y; }\n"
                           "P0(int** p) { int* q = *p; int r = *q; }\n"
                           "P1(atomic_int* y) { *y = 1; }\nexists (0:r=0)\n";
  EXPECT_THROW(answer_to(text), std::runtime_error);
}

TEST(Json, HasWhatTheTextHas) {
  const c_litmus test = parse_c_litmus(read("MP+pointer.litmus"));
  const std::string got = to_json(test, explore(test.program), model::memory_model::rc11_20);
  EXPECT_TRUE(says(got, R"({"test":"MP+pointer","model":"rc11_20","kind":"Required","race":false)"))
      << got;
  EXPECT_TRUE(says(got, R"({"values":{"1:q":"x","1:r":42,"[p]":"x"},"executions":1})")) << got;
  EXPECT_TRUE(says(got, R"("valid":true,"positive":1,"negative":0,"observation":"Always")")) << got;
}

struct wrong {
  const char* name;
  std::string text;
  const char* message;
};

class WrongTests : public ::testing::TestWithParam<wrong> {};

TEST_P(WrongTests, AreRefusedWithTheirPlace) {
  try {
    parse_c_litmus(GetParam().text);
    FAIL() << "accepted";
  } catch (const syntax_error& e) {
    EXPECT_EQ(std::string(e.what()).rfind(GetParam().message, 0), 0u) << e.what();
  }
}

INSTANTIATE_TEST_SUITE_P(
    Herd, WrongTests,
    ::testing::Values(
        wrong{"Empty", "", "line 1, column 1: expected 'C NAME', found ''"},
        wrong{"Assembly", "X86 SB\n{}\n", "line 1, column 1: expected 'C NAME', found 'X86 SB'"},
        wrong{"NoBlock", "C t\nP0",
              "line 1, column 1: expected a block of initial values after the name: '{}'"},
        wrong{"NoThread", "C t\n\n{}\nexists (x=1)\n",
              "line 4, column 1: expected P0(...), found 'exists'"},
        wrong{"SkippedThread", "C t\n{}\nP1(int* x) { }\nexists (x=1)\n",
              "line 3, column 1: expected P0, found 'P1'"},
        wrong{"UnknownRegister", body("*d = q;"),
              "line 4, column 6: nothing is called q here: no register, and no pointer parameter "
              "of this thread"},
        wrong{"UnknownLocation", body("atomic_store(z, 1);"),
              "line 4, column 14: nothing is called z here: no register, and no pointer parameter "
              "of this thread"},
        wrong{"UnknownFunction", body("\natomic_fetch_nand(x, 1);"),
              "line 5, column 1: the function atomic_fetch_nand is not known; these are: "},
        wrong{"WrongOrder", body("atomic_store_explicit(x, 1, memory_order_acquire);"),
              "line 4, column 29: memory_order_acquire is no order of a store"},
        wrong{"Consume", body("int r = atomic_load_explicit(x, memory_order_consume);"),
              "line 4, column 33: expected memory_order_relaxed, _acquire, _release, _acq_rel or "
              "_seq_cst, found 'memory_order_consume'"},
        wrong{"MixedAccess", body("*d = 1;\natomic_store(d, 2);"),
              "line 5, column 1: d is accessed both atomically and as plain data"},
        wrong{"NumberAsPointer", body("int r = 1;\natomic_store(r, 2);"),
              "line 5, column 1: expected a pointer, found a number"},
        wrong{"PointerAsNumber", body("int r = x;"),
              "line 4, column 9: expected a number, found a pointer: write *"},
        wrong{"NoValue", body("int r = atomic_store(x, 1);"),
              "line 4, column 9: this call gives no value"},
        wrong{"HiddenAccess", body("int r = *d && *d;"),
              "line 4, column 15: an access on the right of && or ||: use an if"},
        wrong{"Semicolon", body("int r = *d\nr = 2;"), "line 5, column 1: expected ';', found 'r'"},
        wrong{"BreakOutside", body("break;"), "line 4, column 1: break outside a loop"},
        wrong{"Return", body("return;"), "line 4, column 1: return is not understood"},
        wrong{"Twice", body("int r = 1;\nint r = 2;"), "line 5, column 5: r is declared twice"},
        wrong{"UnknownObservable", "C t\n{}\nP0(int* x) { *x = 1; }\nexists (1:r=0)\n",
              "line 4, column 9: there is no thread 1"},
        wrong{"UnknownAddress", "C t\n{}\nP0(int* x) { *x = 1; }\nexists (x=&y)\n",
              "line 4, column 9: no location is called y"},
        wrong{"OpenComment", "C t\n{}\n  /* P0", "line 3, column 3: a comment that does not end"},
        wrong{"OpenBlock", "C t\n{}\nP0(int* x) { *x = 1;\n",
              "line 4, column 1: expected a statement or '}', found the end of the file"},
        wrong{"AfterTheCondition", "C t\n{}\nP0(int* x) { *x = 1; }\nexists (x=1) 7\n",
              "line 4, column 14: expected the end of the file, found '7'"},
        wrong{"DeepExpression", body("int r = " + std::string(100'000, '(') + "1;"),
              "line 4, column 208: more than 200 levels within each other"},
        wrong{"DeepNegation", body("int r = " + std::string(100'000, '!') + "1;"),
              "line 4, column 208: more than 200 levels within each other"},
        wrong{"DeepBlocks", body(std::string(100'000, '{')),
              "line 4, column 201: more than 200 levels within each other"},
        wrong{"DeepStep", body("for (;;" + std::string(100'000, '(')),
              "line 4, column 207: more than 200 levels within each other"},
        wrong{"DeepCondition",
              "C t\n{}\nP0(int* x) { *x = 1; }\nexists " + std::string(100'000, '(') + "x=1\n",
              "line 4, column 208: more than 200 levels within each other"},
        wrong{"LoopsWithinLoops", body(times(12, "while (1) ") + "*d = 1;"),
              "line 4, column 121: more than 100000 operations of one thread when the loops are "
              "unrolled"},
        wrong{"NoCondition", "C t\n{}\nP0(int* x) { *x = 1; }\n",
              "line 4, column 1: expected P1(...), 'locations', 'filter', 'exists', '~exists' or "
              "'forall', found the end of the file"}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace wyn::litmus

// One table: fields, flags and variables, and what is refused.
#include "models/checker/settings/settings.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "models/checker/settings/edit_distance.h"

namespace wyn::model {
namespace {

// A value that differs from the default.
std::string another_value(const setting& s) {
  const std::string standard = s.get(options{});
  for (const char* v : {"7", "true", "sc", "pct", "1/4", "DF7=acq_rel,DF8 x=none", "word"}) {
    options o;
    if (s.set(o, v) && s.get(o) != standard) return v;
  }
  return "";
}

TEST(Settings, EachIsAFieldAFlagAndAVariable) {
  for (const setting& s : all_settings()) {
    const std::string value = another_value(s);
    ASSERT_NE(value, "") << s.name;
    options by_variable;
    const std::string entry = variable_of(s.name) + "=" + value;
    const char* environment[] = {"PATH=/bin", entry.c_str(), nullptr};
    EXPECT_EQ(apply_environment(by_variable, environment), "");
    options by_flag;
    std::string flag = "--" + std::string(s.name) + "=" + value;
    char program[] = "test";
    char* argv[] = {program, flag.data(), nullptr};
    int argc = 2;
    EXPECT_EQ(apply_flags(by_flag, argc, argv), "");
    EXPECT_EQ(argc, 1);
    EXPECT_EQ(s.get(by_variable), value);
    EXPECT_EQ(s.get(by_flag), value);
    EXPECT_NE(settings_help().find("--" + std::string(s.name) + "="), std::string::npos);
  }
}

TEST(Settings, ChangeNoOtherField) {
  for (const setting& s : all_settings()) {
    options o;
    EXPECT_EQ(apply_setting(o, s.name, another_value(s)), "");
    for (const setting& other : all_settings()) {
      if (other.name == s.name) continue;
      EXPECT_EQ(other.get(o), other.get(options{})) << other.name;
    }
  }
}

TEST(Settings, ValueThatIsPrintedIsTakenBack) {
  for (const setting& s : all_settings()) {
    options o;
    EXPECT_TRUE(s.set(o, s.get(options{}))) << s.name;
  }
}

TEST(Settings, UnknownNameIsRefusedWithTheNearestOne) {
  options o;
  EXPECT_EQ(apply_setting(o, "max_execution", "5"),
            "max_execution is no setting; did you mean max_executions?\n");
  EXPECT_EQ(apply_setting(o, "zzzzzz", "5"), "zzzzzz is no setting\n");
  const char* environment[] = {"WYN_MODEL_JOB=2", nullptr};
  EXPECT_EQ(apply_environment(o, environment),
            "WYN_MODEL_JOB is no setting; did you mean WYN_MODEL_JOBS?\n");
  char program[] = "test";
  char flag[] = "--sead=2";
  char* argv[] = {program, flag, nullptr};
  int argc = 2;
  EXPECT_EQ(apply_flags(o, argc, argv), "--sead is no setting; did you mean --seed?\n");
}

TEST(Settings, BadValueIsRefusedWithWhatWouldBeRight) {
  options o;
  EXPECT_EQ(apply_setting(o, "model", "arm"), "model: \"arm\" is not rc11_20, rc11, sc or tso\n");
  for (const auto& [name, text] : std::vector<std::pair<const char*, const char*>>{
           {"jobs", "two"},
           {"jobs", "2x"},
           {"jobs", ""},
           {"max_executions", "-1"},
           {"max_seconds", "nan"},
           {"max_seconds", "1s"},
           {"check_leaks", "yes"},
           {"shard", "4/4"},
           {"shard", "4"},
           {"overrides", "DF7"},
           {"overrides", "DF7=strong"},
           {"mode", "all"},
           {"max_executions", "99999999999999999999"}}) {
    EXPECT_NE(apply_setting(o, name, text), "") << name << "=" << text;
  }
}

TEST(Settings, FlagsOfGoogleTestAndOperandsAreLeftAlone) {
  options o;
  char program[] = "test";
  char gtest[] = "--gtest_filter=*";
  char jobs[] = "--jobs=3";
  char file[] = "file";
  char leaks[] = "--check_leaks";
  char* argv[] = {program, gtest, jobs, file, leaks, nullptr};
  int argc = 5;
  EXPECT_EQ(apply_flags(o, argc, argv), "");
  EXPECT_EQ(argc, 3);
  EXPECT_STREQ(argv[1], gtest);
  EXPECT_STREQ(argv[2], file);
  EXPECT_EQ(argv[3], nullptr);
  EXPECT_EQ(o.jobs, 3);
  EXPECT_TRUE(o.check_leaks);
}

TEST(Settings, EnvironmentGoesOnTopOfATestAndFlagsOnTopOfBoth) {
  ::setenv("WYN_MODEL_JOBS", "2", 1);
  ::setenv("WYN_MODEL_SEED", "5", 1);
  char program[] = "test";
  char flag[] = "--seed=6";
  char* argv[] = {program, flag, nullptr};
  int argc = 2;
  EXPECT_EQ(take_process_settings(argc, argv), "");
  const options o = with_process_settings({.jobs = 9, .max_events = 10});
  EXPECT_EQ(o.jobs, 2);
  EXPECT_EQ(o.seed, 6u);
  EXPECT_EQ(o.max_events, 10);
  ::unsetenv("WYN_MODEL_JOBS");
  ::unsetenv("WYN_MODEL_SEED");
}

TEST(EditDistance, CountsLetters) {
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("same", "same"), 0u);
}

}  // namespace
}  // namespace wyn::model

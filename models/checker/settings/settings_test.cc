// One table: fields, flags and variables, and what is refused.
#include "models/checker/settings/settings.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/checker/settings/edit_distance.h"

namespace wyn::model {
namespace {

// A value that differs from the default.
std::string another_value(const setting& s) {
  const std::string standard = s.get(options{});
  for (const char* v :
       {"7", "true", "false", "sc", "pct", "1/4", "DF7=acq_rel,DF8 x=none", "word"}) {
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

// Every field after the first, in order. A field that is missing here does not compile below: a
// structured binding names all of them.
#define FIELDS_AFTER_MODEL(X)                                                                   \
  X(jobs) X(max_executions) X(max_seconds) X(max_preemptions) X(mode) X(seed) X(walks) X(depth) \
  X(replay) X(progress) X(shard) X(checkpoint) X(checkpoint_seconds) X(max_events) X(max_steps) \
  X(max_silent_seconds) X(spurious_failures) X(spurious_wakeups) X(max_timeouts) X(overrides)   \
  X(forbidden) X(reachable) X(show) X(rows) X(coverage) X(minimise) X(lint_load_buffering)      \
  X(necessity) X(repair) X(necessity_pairs) X(max_pair_checks) X(watched_by) X(check_leaks)     \
  X(limited_wakes) X(reuse_addresses) X(symmetry) X(count_duplicates) X(stack_bytes)            \
  X(arena_bytes)
#define COMMA_NAME(field) , field
#define NAME_COMMA(field) #field,
#define HAS_ITS_NAME(field) \
  EXPECT_EQ(static_cast<const void*>(&field), static_cast<const void*>(&o.field)) << #field;

TEST(Settings, EveryFieldIsInTheTableOrHasAReason) {
  const options o;
  const auto& [model FIELDS_AFTER_MODEL(COMMA_NAME)] = o;
  EXPECT_EQ(&model, &o.model);
  FIELDS_AFTER_MODEL(HAS_ITS_NAME)
  // What a command line cannot say.
  const std::map<std::string, std::string> reasons = {
      {"watched_by", "an object of the program that checks"}};
  std::set<std::string> named;
  for (const setting& s : all_settings()) EXPECT_TRUE(named.insert(s.name).second) << s.name;
  const char* const fields[] = {"model", FIELDS_AFTER_MODEL(NAME_COMMA)};
  for (const char* f : fields) EXPECT_NE(named.contains(f), reasons.contains(f)) << f;
  EXPECT_EQ(named.size() + reasons.size(), std::size(fields));
}

TEST(Settings, ListsAreSplitAtCommas) {
  options o;
  EXPECT_EQ(apply_setting(o, "forbidden", "r0=0 r1=0,r0=1"), "");
  EXPECT_EQ(o.forbidden, (std::vector<std::string>{"r0=0 r1=0", "r0=1"}));
  EXPECT_EQ(apply_setting(o, "rows", "DF7 pop.fence,DF8"), "");
  EXPECT_EQ(o.rows, (std::vector<std::string>{"DF7 pop.fence", "DF8"}));
  EXPECT_EQ(apply_setting(o, "rows", ""), "");
  EXPECT_TRUE(o.rows.empty());
  for (const char* bad : {",", "a,", ",a", "a,,b"}) {
    EXPECT_NE(apply_setting(o, "reachable", bad), "") << bad;
    EXPECT_TRUE(o.reachable.empty());
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

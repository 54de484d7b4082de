// Each format of one failure, byte for byte, and what holds for every report.
//
// To make the golden files anew, after a look at the difference:
//     export WYN_UPDATE_GOLDEN=$PWD/models/checker/report/golden
//     bazel run //models/checker/report:formats_test
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "core/base/site.h"
#include "models/checker/checker.h"
#include "models/checker/report/counterexample.h"
#include "models/checker/report/formats.h"
#include "models/checker/report/text.h"
#include "models/env/env_checker.h"

namespace wyn::model {
namespace {

// A sleeper and a waker miss each other when one of their two fences is weakened.
struct doorbell {
  static constexpr int threads = 2;

  static constexpr site<"B1 ring.store", order::relaxed> ring_store{};
  static constexpr site<"B2 ring.fence", order::seq_cst> ring_fence{};
  static constexpr site<"B3 ring.load_asleep", order::relaxed> ring_load_asleep{};
  static constexpr site<"B4 sleep.store_asleep", order::relaxed> sleep_store_asleep{};
  static constexpr site<"B5 sleep.fence", order::seq_cst> sleep_fence{};
  static constexpr site<"B6 sleep.load_bell", order::relaxed> sleep_load_bell{};

  env_checker::atomic<int> bell{0};
  env_checker::atomic<bool> asleep{false};
  env_checker::plain<bool> heard{false};
  env_checker::plain<bool> woken{false};

  doorbell() {
    env_checker::name(bell, "bell");
    env_checker::name(asleep, "asleep");
    env_checker::name(heard, "heard");
    env_checker::name(woken, "woken");
  }

  void thread(int id) {
    if (id == 0) {
      bell.store(1, ring_store);
      env_checker::fence(ring_fence);
      woken.write(asleep.load(ring_load_asleep));
    } else {
      asleep.store(true, sleep_store_asleep);
      env_checker::fence(sleep_fence);
      heard.write(bell.load(sleep_load_bell) == 1);
    }
  }
  void after() {
    env_checker::check(heard.read() || woken.read(), "the sleeper hears or is woken");
  }
};

/// The verdict that the golden files show.
verdict sample_failure() {
  return check<doorbell>({.overrides = {{"B2", order::acq_rel}}});
}

// Store buffering with seq_cst accesses: an interleaving, in which psc orders the threads.
struct ordered_stores {
  static constexpr int threads = 2;
  static constexpr site<"store", order::seq_cst> store{};
  static constexpr site<"load", order::seq_cst> load{};
  env_checker::atomic<int> words[2];
  env_checker::plain<int> found[2];

  void thread(int id) {
    words[id].store(1, store);
    found[id].write(words[1 - id].load(load));
  }
  void after() { env_checker::check(found[0].read() == found[1].read(), "both see the other"); }
};

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path << " cannot be read";
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string golden(const char* extension) {
  return file_text(std::string("models/checker/report/golden/doorbell.") + extension);
}

std::string printed(const char* extension) {
  for (const report_format& f : report_formats) {
    if (std::string(extension) == f.extension) return f.print(sample_failure());
  }
  return "no such format";
}

class GoldenReport : public ::testing::TestWithParam<const char*> {};

TEST_P(GoldenReport, EqualsTheFile) {
  if (const char* folder = std::getenv("WYN_UPDATE_GOLDEN")) {
    std::ofstream(std::string(folder) + "/doorbell." + GetParam()) << printed(GetParam());
    FAIL() << "the file was written, not compared";
  }
  EXPECT_EQ(printed(GetParam()), golden(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Formats, GoldenReport,
                         ::testing::Values("txt", "json", "dot", "svg", "html"),
                         [](const auto& p) { return std::string(p.param); });

TEST(Report, TheManualsPictureIsWhatTheToolDraws) {
  EXPECT_EQ(file_text("docs/checker/doorbell.svg"), printed("svg"));
}

TEST(Report, IsTheTextOfItsVerdict) {
  const verdict v = sample_failure();
  EXPECT_EQ(v.report, text_of(v));
}

TEST(Report, FitsAHundredColumnsInAscii) {
  std::istringstream text(text_of(sample_failure(), {.ascii = true}));
  for (std::string line; std::getline(text, line);) {
    EXPECT_LE(line.size(), 100u) << line;
    for (const char c : line) EXPECT_LT(static_cast<unsigned char>(c), 128) << line;
  }
}

TEST(Report, JsonHasTheNumbersOfTheText) {
  const verdict v = sample_failure();
  const auto j = nlohmann::json::parse(printed("json"));
  EXPECT_EQ(j["schema"], 1);
  EXPECT_EQ(j["verdict"], "FAIL");
  ASSERT_EQ(j["events"].size(), v.trace->steps.size());
  for (const reported_step& s : v.trace->steps) {
    const auto& e = j["events"][static_cast<std::size_t>(s.number - 1)];
    EXPECT_EQ(e["n"], s.number);
    EXPECT_EQ(e["t"], s.thread);
  }
}

TEST(Report, PageRefersToNothingOutsideIt) {
  const std::string page = printed("html");
  for (const char* reference : {"src=", "<link", "@import", "fetch(", "http://", "https://"}) {
    std::size_t at = page.find(reference);
    // The one address is the name of a namespace.
    while (at != std::string::npos && page.compare(at, 26, "http://www.w3.org/2000/svg") == 0) {
      at = page.find(reference, at + 1);
    }
    EXPECT_EQ(at, std::string::npos) << reference;
  }
}

TEST(Report, StepsAreALinearExtensionOfProgramOrderAndReadsFrom) {
  const counterexample c = *sample_failure().trace;
  for (const reported_edge& e : c.edges) {
    if (e.kind == relation::po || e.kind == relation::rf || e.kind == relation::sw ||
        e.kind == relation::hb) {
      EXPECT_LT(e.from, e.to) << to_string(e.kind);
    }
  }
}

// Three counters; the first failure that is met has all threads interrupted.
struct lost_count {
  static constexpr int threads = 3;
  static constexpr site<"L1 count.load", order::relaxed> count_load{};
  static constexpr site<"L2 count.store", order::relaxed> count_store{};

  env_checker::atomic<int> count{0};

  void thread(int) {
    for (int i = 0; i < 2; ++i) count.store(count.load(count_load) + 1, count_store);
  }
  void after() { env_checker::check(count.load(count_load) == 6, "every turn counts"); }
};

TEST(Report, ShowsNoLongerFailureThanTheFirst) {
  const verdict first = check<lost_count>({.minimise = 0});
  const verdict shortest = check<lost_count>();
  ASSERT_EQ(shortest.kind, verdict_kind::fail);
  EXPECT_FALSE(first.trace->effort.made);
  const search_effort& e = shortest.trace->effort;
  EXPECT_TRUE(e.made);
  EXPECT_GT(e.failing, 1u);
  EXPECT_LT(e.preemptions, e.first_preemptions);
  EXPECT_EQ(e.first_preemptions, first.trace->preemptions);
  EXPECT_EQ(e.preemptions, shortest.trace->preemptions);
}

TEST(Report, IsTheSameForAnyNumberOfExplorers) {
  EXPECT_EQ(check<lost_count>({.jobs = 3}).report, check<lost_count>().report);
}

TEST(Report, FilesOfAFailureAreOneAFormat) {
  const char* folder = std::getenv("TEST_TMPDIR");
  const std::string stem = std::string(folder == nullptr ? "/tmp" : folder) + "/doorbell";
  ASSERT_EQ(save_reports(sample_failure(), stem), "");
  for (const report_format& f : report_formats) {
    EXPECT_EQ(file_text(stem + "." + f.extension), printed(f.extension));
  }
}

TEST(Report, AFileThatCannotBeWrittenIsNamed) {
  EXPECT_EQ(save_reports(sample_failure(), "/nonexistent/x"), "/nonexistent/x.txt");
}

TEST(Report, HasTheEdgesOfPscBetweenThreadsOnly) {
  const verdict v = check<ordered_stores>();
  ASSERT_NE(v.trace, nullptr);
  int edges = 0;
  for (const reported_edge& e : v.trace->edges) {
    if (e.kind != relation::psc) continue;
    ++edges;
    const auto thread = [&](int n) {
      return v.trace->steps[static_cast<std::size_t>(n - 1)].thread;
    };
    EXPECT_NE(thread(e.from), thread(e.to));
    EXPECT_LT(e.from, e.to) << "an interleaving shows its steps in an order of psc";
  }
  EXPECT_GT(edges, 0);
  const verdict weak = check<ordered_stores>({.model = memory_model::tso});
  ASSERT_NE(weak.trace, nullptr);
  for (const reported_edge& e : weak.trace->edges) EXPECT_NE(e.kind, relation::psc);
}

}  // namespace
}  // namespace wyn::model

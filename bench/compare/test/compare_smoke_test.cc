// Runs the comparison as a user does, at sizes so small that it takes seconds. No time is judged.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "bench/harness/files.h"
#include "bench/harness/subprocess.h"

namespace wyn::bench::compare {
namespace {

using nlohmann::json;

std::string program(const std::string& name) {
  return std::string(getenv("TEST_SRCDIR")) + "/wyn/bench/compare/" + name;
}

std::string scratch(const std::string& name) {
  return std::string(getenv("TEST_TMPDIR")) + "/" + name;
}

std::string line_with(const std::string& text, const std::string& words) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(words) != std::string::npos) return line;
  }
  return "";
}

bool has_page(const std::vector<std::string>& options) {
  return std::any_of(options.begin(), options.end(),
                     [](const std::string& o) { return o.rfind("--html=", 0) == 0; });
}

finished comparison(std::vector<std::string> options) {
  std::vector<std::string> command = {program("compare"), "--json=" + scratch("out.json"),
                                      "--seed=1"};
  if (!has_page(options)) command.push_back("--html=" + scratch("out.html"));
  command.insert(command.end(), options.begin(), options.end());
  return run_program(command, 250);
}

finished faulty(const std::string& fault, const std::string& workload) {
  setenv("FAULT", fault.c_str(), 1);
  return comparison({"--systems=wyn", "--peer=faulty=" + program("faulty_peer"), "--tiny",
                     "--workload=" + workload, "--workers=1", "--batches=2", "--repetitions=2",
                     "--timeout=3"});
}

// All systems at everything they offer; measured once for the tests that look at the result.
const json& tiny_run() {
  static const json result = [] {
    const finished f = comparison({"--tiny", "--workers=1,2", "--batches=1", "--repetitions=2"});
    EXPECT_TRUE(f.ok) << f.reason << "\n" << f.output;
    return json::parse(read_file(scratch("out.json")), nullptr, false);
  }();
  return result;
}

void expect_spread(const json& s, double least) {
  EXPECT_GE(s.at("min").get<double>(), least);
  EXPECT_LE(s.at("min").get<double>(), s.at("median").get<double>());
  EXPECT_LE(s.at("median").get<double>(), s.at("max").get<double>());
}

TEST(CompareBenchmark, EveryAnswerIsRight) {
  std::size_t rows = 0;
  for (const json& table : tiny_run().at("tables")) {
    for (const json& row : table.at("rows")) {
      EXPECT_EQ(row.at("wrong_answers"), 0) << table.at("workload") << row;
      ++rows;
    }
  }
  EXPECT_GT(rows, 20U);
  EXPECT_EQ(tiny_run().at("failures"), json::array());
}

TEST(CompareBenchmark, RowsHaveTheDocumentedFields) {
  for (const json& table : tiny_run().at("tables")) {
    EXPECT_FALSE(table.at("unit").get<std::string>().empty());
    EXPECT_FALSE(table.at("what").get<std::string>().empty());
    for (const json& row : table.at("rows")) {
      expect_spread(row.at("value"), 0);
      expect_spread(row.at("cpu_ns"), 0);
      EXPECT_FALSE(row.at("version").get<std::string>().empty());
      EXPECT_GE(row.at("repetitions"), 1) << row;
      EXPECT_GT(row.at("peak_rss_bytes").get<double>(), 0);
    }
  }
}

TEST(CompareBenchmark, OursHasEveryWorkloadAtEachNumberOfWorkers) {
  for (const json& table : tiny_run().at("tables")) {
    std::set<int> workers;
    for (const json& row : table.at("rows")) {
      if (row.at("system").get<std::string>().rfind("wyn", 0) == 0) {
        workers.insert(row.at("workers").get<int>());
      }
    }
    const bool memory = table.at("unit") == "bytes a task";
    const std::set<int> expected = memory ? std::set<int>{1} : std::set<int>{1, 2};
    EXPECT_EQ(workers, expected) << table.at("workload");
  }
}

// In each table a system is measured or named as missing, unless this machine lacks it.
TEST(CompareBenchmark, EverySystemIsMeasuredOrNamedAsMissing) {
  std::set<std::string> absent, everywhere;
  for (const json& a : tiny_run().at("absent")) {
    const std::string text = a.get<std::string>();
    EXPECT_NE(text.find(" ("), std::string::npos) << text;  // with its reason
    absent.insert(text.substr(0, text.find(" (")));
  }
  for (const json& table : tiny_run().at("tables")) {
    std::set<std::string> named = absent;
    for (const json& row : table.at("rows")) named.insert(row.at("system").get<std::string>());
    for (const json& m : table.at("missing")) named.insert(m.get<std::string>());
    for (const char* name : {"wyn", "wyn coroutines", "Go", "oneTBB", "libgomp", "rayon", "tokio",
                             "Boost.Fiber", "std::async"}) {
      EXPECT_EQ(named.count(name), 1U) << name << " in " << table.at("workload");
    }
  }
}

std::vector<int> workers_of(const json& table, const std::string& system) {
  std::vector<int> workers;
  for (const json& row : table.at("rows")) {
    if (row.at("system") == system) workers.push_back(row.at("workers").get<int>());
  }
  return workers;
}

TEST(CompareBenchmark, SerialCodeRunsOnceATableAndBareThreadsAtEachNumberOfWorkers) {
  const std::vector<int> once = {1}, each = {1, 2};
  for (const json& table : tiny_run().at("tables")) {
    const std::string workload = table.at("workload").get<std::string>();
    const std::vector<int> workers = workers_of(table, "no runtime");
    if (workload == "wake" || workload == "idle") {
      EXPECT_EQ(workers, each) << workload;
    } else if (workload == "fib" || !workers.empty()) {
      EXPECT_EQ(workers, once) << workload;
    }
  }
}

TEST(CompareBenchmark, RecordedNumbersGiveTheSamePage) {
  faulty("", "fib");
  const std::string page = read_file(scratch("out.html"));
  EXPECT_NE(page.find("</html>"), std::string::npos);
  const finished f =
      comparison({"--from=" + scratch("out.json"), "--html=" + scratch("again.html")});
  EXPECT_TRUE(f.ok) << f.reason;
  EXPECT_EQ(read_file(scratch("again.html")), page);
}

struct broken {
  const char* fault;
  const char* workload;
  const char* message;
};

class CompareBenchmarkFault : public testing::TestWithParam<broken> {};

TEST_P(CompareBenchmarkFault, IsNamedAndTheRestMeasured) {
  const finished f = faulty(GetParam().fault, GetParam().workload);
  EXPECT_NE(line_with(f.output, "faulty").find(GetParam().message), std::string::npos)
      << f.output << f.reason;
  EXPECT_NE(f.output.find("wyn 0"), std::string::npos) << f.output;
}

INSTANTIATE_TEST_SUITE_P(Peers, CompareBenchmarkFault,
                         testing::Values(broken{"forgets a child", "skynet", "<- WRONG"},
                                         broken{"loses a task", "spawn", "<- WRONG"},
                                         broken{"runs a task twice", "spawn", "<- WRONG"},
                                         broken{"crashes", "skynet", "signal 6"},
                                         broken{"hangs", "skynet", "no answer within 3 s"},
                                         broken{"does not answer", "fib", "FAILED: faulty"},
                                         broken{"does something else", "fib",
                                                "something else than it was asked"}));

TEST(CompareBenchmark, WrongAnswerIsAnError) {
  const finished f = faulty("forgets a child", "skynet");
  EXPECT_FALSE(f.ok);
  EXPECT_NE(f.reason.find("an answer is wrong"), std::string::npos) << f.reason;
}

TEST(CompareBenchmark, PeerWithoutAFaultIsNoError) {
  const finished f = faulty("", "skynet,spawn,fib");
  EXPECT_TRUE(f.ok) << f.reason << f.output;
}

TEST(CompareBenchmark, PeerThatLacksAWorkloadIsNamed) {
  const finished f = faulty("", "loop");
  EXPECT_TRUE(f.ok) << f.reason << f.output;
  EXPECT_NE(f.output.find("not there: faulty"), std::string::npos) << f.output;
}

TEST(CompareBenchmark, RepetitionsOfAllBatchesAreInTheRow) {
  faulty("", "fib");
  const json result = json::parse(read_file(scratch("out.json")));
  for (const json& row : result.at("tables")[0].at("rows")) {
    EXPECT_EQ(row.at("repetitions"), 4) << row;
  }
}

struct misuse {
  const char* option;
  const char* message;
};

class CompareBenchmarkMisuse : public testing::TestWithParam<misuse> {};

// Both streams of the program, and its exit status.
std::string everything_said(const std::string& option) {
  return run_program(
             {"/bin/sh", "-c", "\"$0\" \"$1\" 2>&1; echo status $?", program("compare"), option},
             30)
      .output;
}

TEST_P(CompareBenchmarkMisuse, IsRejectedWithAMessage) {
  const std::string said = everything_said(GetParam().option);
  EXPECT_NE(said.find("status 2"), std::string::npos) << said;
  EXPECT_NE(said.find(GetParam().message), std::string::npos) << said;
}

INSTANTIATE_TEST_SUITE_P(Options, CompareBenchmarkMisuse,
                         testing::Values(misuse{"--workloads=fib", "--workloads"},
                                         misuse{"--workers=0", "--workers"},
                                         misuse{"--workload=chess", "no workload 'chess': fib"},
                                         misuse{"--case=fib", "WORKLOAD:SIZE[:GRAIN]"},
                                         misuse{"--case=fib:9:", "WORKLOAD:SIZE[:GRAIN]"},
                                         misuse{"--case=fib:99", "at most 45"},
                                         misuse{"--systems=Cilk", "no system 'Cilk'"},
                                         misuse{"--peer=nonsense", "NAME=PROGRAM"},
                                         misuse{"--peer=a=/nowhere", "no such program"}));

TEST(CompareBenchmark, PeerThatCannotListIsRefused) {
  setenv("FAULT", "cannot list", 1);
  const std::string said = everything_said("--peer=faulty=" + program("faulty_peer"));
  EXPECT_NE(said.find("status 2"), std::string::npos) << said;
  EXPECT_NE(said.find("--list: ended by signal 6"), std::string::npos) << said;
}

TEST(CompareBenchmark, FileThatCannotBeWrittenIsFoundOutAtOnce) {
  const finished f = run_program({program("compare"), "--json=/proc/nowhere/x.json"}, 30);
  EXPECT_FALSE(f.ok);
  EXPECT_NE(f.reason.find("cannot write /proc/nowhere/x.json"), std::string::npos) << f.reason;
}

}  // namespace
}  // namespace wyn::bench::compare

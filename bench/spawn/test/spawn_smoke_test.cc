// Runs the benchmark as a user does, with counts so small that it takes seconds. No time is judged.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "bench/harness/subprocess.h"

namespace wyn::bench {
namespace {

using nlohmann::json;

std::string program(const std::string& name) {
  return std::string(getenv("TEST_SRCDIR")) + "/wyn/bench/spawn/" + name;
}

std::string scratch(const std::string& name) {
  return std::string(getenv("TEST_TMPDIR")) + "/" + name;
}

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string line_with(const std::string& text, const std::string& words) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(words) != std::string::npos) return line;
  }
  return "";
}

finished benchmark(std::vector<std::string> options) {
  std::vector<std::string> command = {program("spawn"), "--json=" + scratch("out.json"),
                                      "--svg=" + scratch("out.svg"), "--seed=1"};
  command.insert(command.end(), options.begin(), options.end());
  return run_program(command, 200);
}

finished faulty(const std::string& fault) {
  setenv("FAULT", fault.c_str(), 1);
  return benchmark({"--systems=wyn", "--peer=faulty=" + program("faulty_peer"), "--tasks=100",
                    "--task=mark", "--workers=1", "--batches=2", "--repetitions=2", "--timeout=3",
                    "--no-memory"});
}

// All systems at small counts; measured once for the tests that look at the result.
const json& small_run() {
  static const json result = [] {
    const finished f = benchmark({"--tasks=1,500", "--workers=1,2", "--batches=1",
                                  "--repetitions=2", "--seconds=60", "--queued=2000"});
    EXPECT_TRUE(f.ok) << f.reason << "\n" << f.output;
    return json::parse(text_of(scratch("out.json")), nullptr, false);
  }();
  return result;
}

void expect_spread(const json& s) {
  EXPECT_GT(s.at("min").get<double>(), 0);
  EXPECT_LE(s.at("min").get<double>(), s.at("median").get<double>());
  EXPECT_LE(s.at("median").get<double>(), s.at("max").get<double>());
}

TEST(SpawnBenchmark, EveryRowExecutedEveryTaskOnce) {
  for (const json& row : small_run().at("rows")) {
    EXPECT_EQ(row.at("executed_once"), row.at("tasks")) << row;
  }
}

TEST(SpawnBenchmark, RowsHaveTheDocumentedFields) {
  ASSERT_FALSE(small_run().at("rows").empty());
  for (const json& row : small_run().at("rows")) {
    expect_spread(row.at("ns_per_task"));
    EXPECT_FALSE(row.at("system").get<std::string>().empty());
    EXPECT_FALSE(row.at("version").get<std::string>().empty());
    EXPECT_GE(row.at("cpu_ns_per_task").at("median").get<double>(), 0);
    EXPECT_EQ(row.at("repetitions"), 2) << row;
    EXPECT_GT(row.at("peak_rss_bytes").get<double>(), 0);
  }
}

TEST(SpawnBenchmark, OurRowsAreCompleteAtEachNumberOfWorkers) {
  std::set<std::string> seen;
  for (const json& row : small_run().at("rows")) {
    if (row.at("system") == "wyn") {
      seen.insert(row.at("task").get<std::string>() + row.at("workers").dump() + "/" +
                  row.at("tasks").dump());
    }
  }
  for (const char* task : {"mark", "empty", "from_task", "closure", "unique_ptr", "string"}) {
    for (const char* at : {"1/1", "1/500", "2/1", "2/500"}) {
      EXPECT_EQ(seen.count(std::string(task) + at), 1U) << task << at;
    }
  }
}

TEST(SpawnBenchmark, EverySystemIsMeasuredOrNamedAsAbsent) {
  for (const std::string name : {"wyn", "Go", "oneTBB", "libgomp", "rayon", "tokio", "Boost.Fiber",
                                 "std::async", "std::thread"}) {
    int found = 0;
    for (const json& row : small_run().at("rows")) found += row.at("system") == name ? 1 : 0;
    for (const json& absent : small_run().at("absent")) {
      // With its reason, in parentheses.
      found += absent.get<std::string>().rfind(name + " (", 0) == 0 ? 1 : 0;
    }
    EXPECT_GT(found, 0) << name;
  }
  EXPECT_EQ(small_run().at("failures"), json::array());
}

TEST(SpawnBenchmark, MachineIsDescribed) {
  const json& machine = small_run().at("machine");
  for (const char* key : {"cpu", "kernel", "compiler", "date"}) {
    EXPECT_FALSE(machine.at(key).get<std::string>().empty()) << key;
  }
  EXPECT_GE(machine.at("cores").get<int>(), 1);
  EXPECT_GT(machine.at("locked_rmw_ns").get<double>(), 0);
  EXPECT_TRUE(machine.contains("mfence_ns") && machine.contains("cache_line_round_trip_ns"));
}

TEST(SpawnBenchmark, QueuedMemoryIsMeasuredWhileTasksAreQueued) {
  int ours = 0;
  for (const json& row : small_run().at("queued_memory")) {
    EXPECT_EQ(row.at("executed_once"), row.at("tasks"));
    if (row.at("system") != "wyn") continue;
    ++ours;
    EXPECT_EQ(row.at("still_queued"), row.at("tasks"));
    EXPECT_GT(row.at("queued_bytes").get<double>(), 0);
  }
  EXPECT_EQ(ours, 1);
}

TEST(SpawnBenchmark, PictureIsWritten) {
  EXPECT_TRUE(faulty("").ok);
  const std::string svg = text_of(scratch("out.svg"));
  EXPECT_EQ(svg.rfind("<svg ", 0), 0U);
  EXPECT_NE(svg.find(">wyn<"), std::string::npos);
  EXPECT_NE(svg.find("</svg>"), std::string::npos);
}

TEST(SpawnBenchmark, LostTaskIsAnError) {
  const finished f = faulty("loses one");
  EXPECT_FALSE(f.ok);
  EXPECT_NE(line_with(f.output, "<- WRONG").find(" 99 "), std::string::npos) << f.output;
}

TEST(SpawnBenchmark, TaskThatRanTwiceIsAnError) {
  const finished f = faulty("runs one twice");
  EXPECT_FALSE(f.ok);
  EXPECT_NE(line_with(f.output, "<- WRONG").find(" 99 "), std::string::npos) << f.output;
}

TEST(SpawnBenchmark, PeerWithoutAFaultIsNoError) {
  const finished f = faulty("");
  EXPECT_TRUE(f.ok) << f.reason << f.output;
}

TEST(SpawnBenchmark, RepetitionsOfAllBatchesAreInTheRow) {
  faulty("");
  const json result = json::parse(text_of(scratch("out.json")));
  ASSERT_EQ(result.at("rows").size(), 2U);
  for (const json& row : result.at("rows")) EXPECT_EQ(row.at("repetitions"), 4) << row;
}

TEST(SpawnBenchmark, CrashIsNamedAndTheRestMeasured) {
  const finished f = faulty("crashes");
  EXPECT_NE(f.output.find("FAILED: faulty"), std::string::npos) << f.output << f.reason;
  EXPECT_NE(f.output.find("signal 6"), std::string::npos) << f.output;
  EXPECT_NE(f.output.find("wyn 0"), std::string::npos) << f.output;
}

TEST(SpawnBenchmark, HangIsNamedAndTheRestMeasured) {
  const finished f = faulty("hangs");
  EXPECT_NE(f.output.find("no answer within 3 s"), std::string::npos) << f.output << f.reason;
  EXPECT_NE(f.output.find("wyn 0"), std::string::npos) << f.output;
}

struct misuse {
  const char* option;
  const char* message;
};

class SpawnBenchmarkMisuse : public testing::TestWithParam<misuse> {};

TEST_P(SpawnBenchmarkMisuse, IsRejectedWithAMessage) {
  const finished f = run_program(
      {"/bin/sh", "-c", "\"$0\" \"$1\" 2>&1; echo status $?", program("spawn"), GetParam().option},
      30);
  EXPECT_NE(f.output.find("status 2"), std::string::npos) << f.output;
  EXPECT_NE(f.output.find(GetParam().message), std::string::npos) << f.output;
}

INSTANTIATE_TEST_SUITE_P(Options, SpawnBenchmarkMisuse,
                         testing::Values(misuse{"--taks=5", "--taks"},
                                         misuse{"--tasks=0", "--tasks"},
                                         misuse{"--workers=0", "--workers"},
                                         misuse{"--task=queued", "no task 'queued'"},
                                         misuse{"--systems=Cilk", "no system 'Cilk'"},
                                         misuse{"--peer=nonsense", "NAME=PROGRAM"},
                                         misuse{"--peer=a=/nowhere", "no such program"}));

TEST(SpawnBenchmark, FileThatCannotBeWrittenIsFoundOutAtOnce) {
  const finished f = run_program({program("spawn"), "--json=/proc/nowhere/x.json"}, 30);
  EXPECT_FALSE(f.ok);
  EXPECT_NE(f.reason.find("cannot write /proc/nowhere/x.json"), std::string::npos) << f.reason;
}

}  // namespace
}  // namespace wyn::bench

// An exploration that ends early says so, and goes on from its checkpoint to the same counts.
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>
#include <string>

#include "models/checker/checker.h"
#include "models/checker/explore/deadline.h"
#include "models/checker/testing/sample_models.h"

namespace wyn {
namespace {

using namespace explore_samples;
using model::verdict;
using model::verdict_kind;

std::string fresh_file(const std::string& name) {
  const std::string path = ::testing::TempDir() + "/" + name + "." + std::to_string(getpid());
  std::remove(path.c_str());
  return path;
}

bool is_there(const std::string& path) { return std::ifstream(path).good(); }

std::uint64_t seed() {
  static const std::uint64_t s = std::random_device{}();
  return s;
}

TEST(TimeBound, EndsTheCheckAsBounded) {
  const verdict v = model::check<fib_bench<9, 1 << 20>>({.jobs = 2, .max_seconds = 0.05});
  EXPECT_EQ(v.kind, verdict_kind::bounded);
  EXPECT_FALSE(v.explored);
  EXPECT_GT(v.executions, 0u);
  EXPECT_NE(v.message.find("0.05 seconds (options::max_seconds)"), std::string::npos) << v.message;
}

TEST(TimeBound, DoesNotTouchAShortCheck) {
  const verdict v = model::check<fib_bench<2>>({.max_seconds = 3600});
  EXPECT_EQ(v.kind, verdict_kind::pass);
  EXPECT_TRUE(v.explored);
}

TEST(TimeBound, OfATestComesSomeSecondsBeforeItIsKilled) {
  using std::chrono::seconds;
  const std::chrono::steady_clock::time_point start{seconds(1000)};
  const auto d = model::earliest_deadline(0, "60", start, start + seconds(10));
  ASSERT_TRUE(d.has_value());
  EXPECT_EQ(d->when, start + seconds(54));
  EXPECT_NE(d->reason.find("TEST_TIMEOUT"), std::string::npos);
  EXPECT_EQ(model::earliest_deadline(5, "60", start, start + seconds(10))->when,
            start + seconds(15));
  EXPECT_EQ(model::earliest_deadline(50, "60", start, start + seconds(10))->when,
            start + seconds(54));
  EXPECT_FALSE(model::earliest_deadline(0, nullptr, start, start).has_value());
  EXPECT_FALSE(model::earliest_deadline(0, "soon", start, start).has_value());
}

// The bound is met at random points, again and again.
TEST(Checkpoint, InterruptedExplorationsAddUp) {
  SCOPED_TRACE("seed " + std::to_string(seed()));
  const verdict whole = model::check<tagged_stack<2>>();
  std::mt19937_64 random(seed());
  for (int round = 0; round < 20; ++round) {
    const std::string file = fresh_file("adds_up");
    verdict v;
    int pieces = 0;
    do {
      v = model::check<tagged_stack<2>>({.max_executions = 1 + random() % 200, .checkpoint = file});
      ++pieces;
      EXPECT_EQ(is_there(file), v.kind == verdict_kind::bounded);
    } while (v.kind == verdict_kind::bounded && pieces < 1000);
    EXPECT_GT(pieces, 1);
    EXPECT_EQ(v.message, whole.message);
    EXPECT_EQ(v.blocked, whole.blocked);
    EXPECT_EQ(v.runs, whole.runs);
  }
}

TEST(Checkpoint, SeveralExplorersAddUpAndFindTheFailure) {
  SCOPED_TRACE("seed " + std::to_string(seed()));
  const verdict whole = model::check<fib_bench<4>>();
  const verdict failing = model::check<fib_bench<4, 54>>();
  ASSERT_EQ(failing.kind, verdict_kind::fail);
  std::mt19937_64 random(seed());
  const auto in_pieces = [&](auto check) {
    model::options o{.jobs = 3};
    o.checkpoint = fresh_file("several");
    verdict v;
    int pieces = 0;
    do {
      // The first bound is below what any of these needs.
      o.max_seconds = 0.0005 + static_cast<double>(pieces++) * 0.0005;
      o.checkpoint_seconds = static_cast<double>(random() % 3) * 0.0001;
      v = check(o);
    } while (v.kind == verdict_kind::bounded);
    return v;
  };
  EXPECT_EQ(in_pieces([](const auto& o) { return model::check<fib_bench<4>>(o); }).runs,
            whole.runs);
  EXPECT_EQ(in_pieces([](const auto& o) { return model::check<fib_bench<4, 54>>(o); }).message,
            failing.message);
}

// Outcomes and sites are those of all pieces, and outcomes that are asked for are looked for in
// all.
TEST(Checkpoint, OutcomesAndSitesAddUp) {
  const verdict whole = model::check<lossy_counter<3>>();
  for (const int jobs : {1, 3}) {
    model::options o{.jobs = jobs};
    o.checkpoint = fresh_file("outcomes");
    o.checkpoint_seconds = 0;
    o.reachable = {"sum=6"};
    verdict v;
    int pieces = 0;
    do {
      if (jobs == 1) o.max_executions = 50;
      else o.max_seconds = 0.0005 + 0.0005 * pieces;
      v = model::check<lossy_counter<3>>(o);
      ++pieces;
    } while (v.kind == verdict_kind::bounded);
    EXPECT_TRUE(jobs > 1 || pieces > 1);
    EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
    EXPECT_EQ(v.outcomes, whole.outcomes);
    EXPECT_EQ(v.sites, whole.sites);
  }
}

TEST(Checkpoint, AnOutcomeThatNoPieceShowsIsAFailure) {
  model::options o{.max_executions = 50};
  o.checkpoint = fresh_file("unreachable");
  o.reachable = {"sum=7"};
  verdict v;
  do v = model::check<lossy_counter<3>>(o);
  while (v.kind == verdict_kind::bounded);
  EXPECT_EQ(v.kind, verdict_kind::fail);
}

// Waits for the `n`th checkpoint that `child` writes. True when the child has ended before.
bool ends_before_checkpoint(pid_t child, const std::string& file, std::uint64_t n, int& status) {
  ino_t last = 0;
  for (std::uint64_t seen = 0; seen < n;) {
    if (waitpid(child, &status, WNOHANG) != 0) return true;
    struct stat s;
    if (stat(file.c_str(), &s) == 0 && s.st_ino != last) {
      last = s.st_ino;
      ++seen;
    }
    sched_yield();
  }
  return false;
}

// A process that is killed leaves its last checkpoint, in one piece.
TEST(Checkpoint, KilledProcessesAddUp) {
  SCOPED_TRACE("seed " + std::to_string(seed()));
  std::mt19937_64 random(seed());
  const std::string file = fresh_file("killed");
  int killed = 0;
  for (int attempt = 0; attempt < 200; ++attempt) {
    const pid_t child = fork();
    if (child == 0) {
      const verdict v = model::check<fib_bench<4>>(
          {.jobs = 2, .checkpoint = file, .checkpoint_seconds = 0.002});
      _exit(v.kind == verdict_kind::pass && v.executions == 34205 ? 0 : 1);
    }
    int status = 0;
    if (!ends_before_checkpoint(child, file, 1 + random() % 4, status)) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
    }
    if (WIFSIGNALED(status)) {
      ++killed;
      continue;
    }
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_FALSE(is_there(file));
    break;
  }
  RecordProperty("killed", killed);
}

TEST(Checkpoint, OfAnotherModelOrChoiceOfOptionsIsRefused) {
  const std::string file = fresh_file("refused");
  ASSERT_EQ(model::check<fib_bench<4>>({.max_executions = 5, .checkpoint = file}).kind,
            verdict_kind::bounded);
  EXPECT_EQ(model::check<fib_bench<3>>({.checkpoint = file}).kind, verdict_kind::model_error);
  const auto sc = model::memory_model::sc;
  EXPECT_EQ((model::check<fib_bench<4>>({.model = sc, .checkpoint = file}).kind),
            verdict_kind::model_error);
  EXPECT_EQ(model::check<fib_bench<4>>({.checkpoint = file}).kind, verdict_kind::pass);
}

TEST(Checkpoint, DamagedFileIsRefused) {
  const std::string file = fresh_file("damaged");
  ASSERT_EQ(model::check<fib_bench<4>>({.max_executions = 50, .checkpoint = file}).kind,
            verdict_kind::bounded);
  std::string text;
  {
    std::ifstream in(file);
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  const std::size_t body = text.find("explored");
  ASSERT_NE(body, std::string::npos);
  for (std::size_t cut = body; cut + 4 < text.size(); cut += 1 + text.size() / 50) {
    std::ofstream(file, std::ios::trunc) << text.substr(0, cut);
    const verdict v = model::check<fib_bench<4>>({.checkpoint = file});
    EXPECT_EQ(v.kind, verdict_kind::model_error);
    EXPECT_NE(v.message.find("damaged"), std::string::npos) << v.message;
  }
}

TEST(Checkpoint, ThatCannotBeWrittenIsAnError) {
  const verdict v =
      model::check<fib_bench<4>>({.max_executions = 5, .checkpoint = "/nowhere/at/all"});
  EXPECT_EQ(v.kind, verdict_kind::model_error);
  EXPECT_NE(v.message.find("cannot be written"), std::string::npos) << v.message;
}

}  // namespace
}  // namespace wyn

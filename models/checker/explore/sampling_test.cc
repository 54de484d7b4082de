// Samples and bounds: never a pass, the same for the same seed, and every failure can be run again.
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>

#include "models/checker/checker.h"
#include "models/checker/testing/sample_models.h"
#include "models/checker/trust/script.h"

namespace wyn {
namespace {

using namespace explore_samples;
using model::exploration_mode;
using model::failure;
using model::verdict;
using model::verdict_kind;

constexpr exploration_mode modes[] = {exploration_mode::random, exploration_mode::pct};

TEST(Sample, IsNeverAPass) {
  for (const exploration_mode m : modes) {
    const verdict v = model::check<fib_bench<1>>({.mode = m, .walks = 1000});
    EXPECT_EQ(v.kind, verdict_kind::bounded) << v.report;
    EXPECT_FALSE(v.explored);
    EXPECT_NE(v.message.find("seed 1, 1000 walks"), std::string::npos) << v.message;
  }
}

TEST(Sample, IsTheSameForTheSameSeed) {
  for (const exploration_mode m : modes) {
    const model::options o{.mode = m, .seed = 7, .walks = 50};
    const verdict first = model::check<tagged_stack<3>>(o);
    EXPECT_EQ(model::check<tagged_stack<3>>(o).report, first.report);
    EXPECT_GT(first.runs, 50u);
  }
}

TEST(Sample, FindsAFailureDeepInALargeProgram) {
  for (const exploration_mode m : modes) {
    const verdict v = model::check<tagged_stack<5, true>>({.mode = m, .walks = 10000});
    EXPECT_EQ(v.failure, failure::data_race) << v.report;
  }
}

TEST(Sample, EndsInTime) {
  const verdict v = model::check<fib_bench<9, 1 << 20>>(
      {.max_seconds = 0.05, .mode = exploration_mode::random, .walks = 0});
  EXPECT_EQ(v.kind, verdict_kind::bounded);
  EXPECT_GT(v.runs, 0u);
}

TEST(Sample, StopsAtABoundOfExecutions) {
  const verdict v = model::check<fib_bench<9, 1 << 20>>(
      {.max_executions = 100, .mode = exploration_mode::random, .walks = 0});
  EXPECT_EQ(v.runs, 100u);
}

// What it saw, by what the third thread loaded: all that can be seen.
std::set<int>* seen = nullptr;
struct three_writers {
  static constexpr int threads = 4;
  env::atomic<int> x{0};
  void thread(int id) {
    if (id < 3) return x.store(id + 1, relaxed);
    const int a = x.load(relaxed);
    const int b = x.load(relaxed);
    if (seen != nullptr) seen->insert(4 * a + b);
  }
};
TEST(Sample, MeetsEveryOutcomeOfASmallProgram) {
  std::set<int> all;
  seen = &all;
  EXPECT_EQ(model::check<three_writers>().kind, verdict_kind::pass);
  for (const exploration_mode m : modes) {
    std::set<int> sampled;
    seen = &sampled;
    model::check<three_writers>({.mode = m, .walks = 1000});
    EXPECT_EQ(sampled, all);
  }
  seen = nullptr;
}

template <class Program>
void expect_replay_of(model::options o, failure f) {
  const verdict v = model::check<Program>(o);
  ASSERT_EQ(v.failure, f) << v.report;
  ASSERT_NE(v.replay, "");
  const verdict again = model::check<Program>({.model = o.model, .replay = v.replay});
  EXPECT_EQ(again.failure, f) << v.replay << "\n" << again.report;
  EXPECT_EQ(again.message, v.message);
  EXPECT_EQ(again.runs, 1u);
}

struct spins_for_good {
  static constexpr int threads = 3;
  env::atomic<int> turn{0};
  void thread(int id) {
    if (id == 0) return turn.store(1, release);
    if (id == 1) return turn.store(2, release);
    while (turn.load(acquire) != 2) env::pause();
  }
};

struct chooses {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  void thread(int) {
    const int c = env::choose(3);
    n.fetch_add(c, acq_rel);
    env::check(n.load(acquire) != 4, "not both choose 2");
  }
};

TEST(Replay, RunsTheFailureAgain) {
  expect_replay_of<tagged_stack<2, true>>({}, failure::data_race);
  expect_replay_of<fib_bench<4, 54>>({}, failure::assertion);
  expect_replay_of<spins_for_good>({}, failure::livelock);
  expect_replay_of<chooses>({}, failure::assertion);
  expect_replay_of<fib_bench<4, 54>>({.model = model::memory_model::sc}, failure::assertion);
}

TEST(Replay, RunsTheFailureOfASampleAgain) {
  for (const exploration_mode m : modes) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      expect_replay_of<tagged_stack<3, true>>({.mode = m, .seed = seed, .walks = 10000},
                                              failure::data_race);
    }
  }
}

TEST(Replay, OfAnExecutionThatIsNoneIsRefused) {
  for (const char* word :
       {"v1", "v2/f/f/f", "v1/f/f", "v1/f/f/f/f", "v1/w0/f/f", "v1/r3.0/f/f", "v1/r0.0/f/f",
        "v1/r0.0", "v1/x/f/f", "v1/u-/f/f", "hello", "v1/f,/f/f"}) {
    const verdict v = model::check<fib_bench<1>>({.replay = word});
    EXPECT_EQ(v.kind, verdict_kind::model_error) << word;
  }
  // Well formed, of another program.
  EXPECT_EQ(model::check<fib_bench<1>>({.replay = "v1/f/f/f"}).kind,
            verdict_kind::nondeterministic);
}

// A read of its own thread's later write would be needed here: it waits for ever.
TEST(Replay, ThatCanNotGoOnEnds) {
  const verdict v = model::check<fib_bench<1>>({.replay = "v1/r0.2,r-,w1/r-,r-,w1/r-,r-"});
  EXPECT_NE(v.kind, verdict_kind::pass);
  EXPECT_NE(v.kind, verdict_kind::fail);
}

TEST(Replay, ThatDoesNotFailIsNoPass) {
  const verdict v = model::check<fib_bench<1>>({.replay = "v1/r-,r-,w1/r-,r-,w1/r-,r-"});
  EXPECT_EQ(v.kind, verdict_kind::bounded) << v.report;
  EXPECT_EQ(v.executions, 1u);
}

TEST(Replay, WordAndScriptAgree) {
  model::script s;
  ASSERT_TRUE(model::from_word("v1/w2,r1.0/w1,f,r-,u0.0@3//c3", 4, s));
  EXPECT_EQ(s.total(), 7u);
  EXPECT_EQ(s.rows[1][3].place, 3u);
  EXPECT_EQ(s.rows[1][3].reads_from, model::make_ref(0, 0));
  EXPECT_EQ(s.rows[3][0].choice, 3u);
}

}  // namespace
}  // namespace wyn

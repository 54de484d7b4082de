// Programs that cannot be checked, and bounds that are hit: each is told from a pass and from a
// failure of the program.
#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "models/checker/checker.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;

constexpr site<"relaxed", order::relaxed> relaxed{};

using model::failure;
using model::verdict_kind;

struct throws {
  static constexpr int threads = 1;
  void thread(int) { throw std::runtime_error("boom"); }
};
TEST(Misuse, ExceptionIsAModelError) {
  const model::verdict v = model::check<throws>();
  EXPECT_EQ(v.kind, verdict_kind::model_error);
  EXPECT_NE(v.message.find("thread 0 threw an exception: boom"), std::string::npos) << v.message;
}

struct spins_without_pause {
  static constexpr int threads = 1;
  env::atomic<int> n{0};
  void thread(int) {
    while (n.load(relaxed) == 0) {
    }
  }
};
TEST(Misuse, LoopWithoutPauseIsBounded) {
  const model::verdict v = model::check<spins_without_pause>();
  EXPECT_EQ(v.kind, verdict_kind::bounded);
  EXPECT_NE(v.message.find("Env::pause()"), std::string::npos) << v.message;
}

struct plain_loop {
  static constexpr int threads = 1;
  env::plain<int> n;
  void thread(int) {
    while (n.read() == 0) {
    }
  }
};
TEST(Misuse, LoopOverPlainDataIsBounded) {
  EXPECT_EQ(model::check<plain_loop>().kind, verdict_kind::bounded);
}

struct never_completes {
  static constexpr int threads = 1;
  void thread(int) { env::assume(false); }
};
TEST(Misuse, NoCompleteExecutionIsNeverAPass) {
  const model::verdict v = model::check<never_completes>();
  EXPECT_EQ(v.kind, verdict_kind::model_error);
  EXPECT_EQ(v.executions, 0u);
}

struct fences_lightly {
  static constexpr int threads = 1;
  void thread(int) { env::fence(site<"FL light", order::light>{}); }
};
TEST(Misuse, TsoHasNoAsymmetricFences) {
  const model::verdict v =
      model::check<fences_lightly>({.model = model::memory_model::tso});
  EXPECT_EQ(v.kind, verdict_kind::model_error);
  EXPECT_NE(v.message.find("FL light"), std::string::npos) << v.message;
}

struct two_readers {
  static constexpr int threads = 2;
  env::plain<int> data{7};
  void thread(int) { env::check(data.read() == 7, "the value from before the threads"); }
  void after() { data.write(8); }
};
struct lost_update {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  void thread(int) { n.store(n.load(relaxed) + 1, relaxed); }
  void after() { env::check(n.load(relaxed) == 2, "both increments count"); }
};
TEST(Misuse, BoundOnExecutionsIsReported) {
  model::options o;
  o.max_executions = 1;
  EXPECT_EQ(model::check<two_readers>(o).kind, verdict_kind::pass);
  EXPECT_EQ(model::check<lost_update>(o).kind, verdict_kind::bounded);
}

int runs_of_this_process = 0;
struct depends_on_the_world {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  void before() { ++runs_of_this_process; }
  void thread(int id) {
    if (id == 0) n.store(runs_of_this_process, relaxed);
    else n.load(relaxed);
  }
};
TEST(Misuse, NondeterminismIsFound) {
  const model::verdict v = model::check<depends_on_the_world>();
  EXPECT_EQ(v.kind, verdict_kind::nondeterministic) << v.report;
  EXPECT_NE(v.message.find("expected a relaxed store of main.heap+0x0 that writes 1, actual a "
                           "relaxed store of main.heap+0x0 that writes 2"),
            std::string::npos)
      << v.message;
}

struct atomic_on_the_heap {
  static constexpr int threads = 1;
  void thread(int) { delete new env::atomic<int>(1); }
};
TEST(Misuse, ObjectOutsideTheModelIsRefused) {
  const model::verdict v = model::check<atomic_on_the_heap>();
  EXPECT_EQ(v.kind, verdict_kind::fail);
  EXPECT_NE(v.message.find("outside the model's memory"), std::string::npos) << v.message;
}

struct aborts {
  static constexpr int threads = 1;
  void thread(int) { std::abort(); }
};
TEST(Misuse, AbortIsAFailureWithAReport) {
  for (int i = 0; i < 2; ++i) {  // the process survives, and can do it again
    const model::verdict v = model::check<aborts>();
    EXPECT_EQ(v.kind, verdict_kind::fail);
    EXPECT_EQ(v.failure, failure::assertion);
  }
}

struct follows_a_wild_pointer {
  static constexpr int threads = 1;
  env::atomic<int*> p{reinterpret_cast<int*>(64)};
  int seen = 0;
  void thread(int) { seen = *p.load(relaxed); }
};
TEST(Misuse, CrashIsAFailureWithAReport) {
  const model::verdict v = model::check<follows_a_wild_pointer>();
  EXPECT_EQ(v.kind, verdict_kind::fail);
  EXPECT_NE(v.report.find("crashes"), std::string::npos) << v.report;
}

struct recurses {
  static constexpr int threads = 2;
  static int deeper(volatile char* above) {
    volatile char here[1024] = {};
    return above == nullptr ? 0 : deeper(here) + here[7];
  }
  void thread(int) {
    volatile char start = 0;
    deeper(&start);
  }
};
TEST(Misuse, UsedUpStackIsAFailure) {
  EXPECT_EQ(model::check<recurses>().kind, verdict_kind::fail);
}

struct hangs {
  static constexpr int threads = 1;
  volatile bool stop = false;
  void thread(int) {
    while (!stop) {
    }
  }
};
TEST(Misuse, EndlessLoopWithoutAStepIsAModelError) {
  model::options o;
  o.max_silent_seconds = 1;
  const model::verdict v = model::check<hangs>(o);
  EXPECT_EQ(v.kind, verdict_kind::model_error);
  EXPECT_NE(v.message.find("loop"), std::string::npos) << v.message;
}

struct no_threads {
  static constexpr int threads = 0;
  void thread(int) {}
};
TEST(Misuse, NumberOfThreadsIsChecked) {
  EXPECT_EQ(model::check<no_threads>().kind, verdict_kind::model_error);
}

struct uses_too_much {
  static constexpr int threads = 1;
  void thread(int) {
    for (;;) env::allocate(1 << 20, 64);
  }
};
TEST(Misuse, ArenaThatIsUsedUpIsAModelError) {
  EXPECT_EQ(model::check<uses_too_much>().kind, verdict_kind::model_error);
}

}  // namespace
}  // namespace wyn

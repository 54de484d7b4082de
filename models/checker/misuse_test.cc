// Programs that cannot be checked, and bounds that are hit: each is told from a pass and from a
// failure of the program.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

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

struct throws_first {
  static constexpr int threads = 1;
  void before() { throw std::runtime_error("boom"); }
  void thread(int) {}
};
struct throws_last {
  static constexpr int threads = 1;
  void thread(int) {}
  void after() { throw 1; }
};
struct throws_through_noexcept {
  static constexpr int threads = 1;
  static void never() noexcept { throws().thread(0); }
  void thread(int) { never(); }
};
TEST(Misuse, ExceptionOutsideTheThreadsIsAModelError) {
  const model::verdict first = model::check<throws_first>();
  EXPECT_EQ(first.kind, verdict_kind::model_error);
  EXPECT_EQ(first.message, "before() threw an exception: boom");
  const model::verdict last = model::check<throws_last>();
  EXPECT_EQ(last.kind, verdict_kind::model_error);
  EXPECT_EQ(last.message, "after() threw an exception");
}
TEST(Misuse, ExceptionThatMeetsNoexceptIsAFailure) {
  const model::verdict v = model::check<throws_through_noexcept>();
  EXPECT_EQ(v.kind, verdict_kind::fail);
  EXPECT_NE(v.message.find("the program aborts"), std::string::npos) << v.message;
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
  // Of its thousands of steps the last ones are shown, and nothing is explained or proposed.
  EXPECT_LT(std::count(v.report.begin(), v.report.end(), '\n'), 40) << v.report;
  EXPECT_NE(v.report.find("1980 more"), std::string::npos) << v.report;
  EXPECT_EQ(v.report.find("why"), std::string::npos) << v.report;
  EXPECT_EQ(v.report.find("note"), std::string::npos) << v.report;
}

struct counts_far {
  static constexpr int threads = 1;
  env::atomic<int> n{0};
  void thread(int) {
    for (int i = 0; i < 100000; ++i) n.store(i, relaxed);
  }
};
TEST(Misuse, ExecutionThatIsTooLongSaysWhatToRaise) {
  EXPECT_NE(model::check<counts_far>().message.find("if it is no such loop, raise the bound"),
            std::string::npos);
  const model::verdict most = model::check<counts_far>({.max_events = 32000});
  EXPECT_EQ(most.kind, verdict_kind::bounded);
  EXPECT_NE(most.message.find("more than 32000 events"), std::string::npos) << most.message;
  EXPECT_NE(most.message.find("no room for more"), std::string::npos) << most.message;
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
struct static_atomic {
  static constexpr int threads = 1;
  void thread(int) {
    static env::atomic<int> n{1};
    n.load(relaxed);
  }
};
struct plain_on_the_heap {
  static constexpr int threads = 1;
  void thread(int) { delete new env::plain<int>(1); }
};
TEST(Misuse, ObjectOutsideTheModelIsRefused) {
  for (const model::verdict& v :
       {model::check<atomic_on_the_heap>(), model::check<plain_on_the_heap>(),
        model::check<static_atomic>()}) {
    EXPECT_EQ(v.kind, verdict_kind::model_error);
    EXPECT_NE(v.message.find("an object is constructed outside the model's memory: it is global, "
                             "static, or allocated with malloc or new"),
              std::string::npos)
        << v.message;
  }
}

TEST(MisuseDeathTest, ObjectThatNoCheckRunsIsFatal) {
  EXPECT_DEATH(env::atomic<int>(1), "env_checker is used outside a model: by a global object");
}

struct starts_an_os_thread {
  static constexpr int threads = 1;
  env::atomic<int> n{0};
  void thread(int) {
    std::thread([this] { n.load(relaxed); }).join();
  }
};
TEST(MisuseDeathTest, OsThreadThatCallsIntoAModelIsFatal) {
  model::options o;
  o.stack_bytes = 1 << 20;
  EXPECT_DEATH(model::check<starts_an_os_thread>(o),
               "env_checker is used outside a model: .*an OS thread that a program started");
}

// ---- objects that overlap, accesses of mixed sizes ----

template <class Wide, class Narrow>
struct mixed_sizes {
  static constexpr int threads = 2;
  env::atomic<Wide> n{0};
  void thread(int id) {
    if (id == 0) n.store(1, relaxed);
    else reinterpret_cast<env::atomic<Narrow>&>(n).load(relaxed);
  }
};
TEST(Misuse, AccessOfAnotherSizeIsAModelError) {
  const model::verdict v = model::check<mixed_sizes<std::uint64_t, std::uint32_t>>();
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
  EXPECT_NE(v.message.find("an atomic access of 4 bytes to an object of 8, at main.heap+0x0: "
                           "accesses of mixed sizes are not modelled"),
            std::string::npos)
      << v.message;
  EXPECT_EQ((model::check<mixed_sizes<std::uint16_t, std::uint8_t>>().kind),
            verdict_kind::model_error);
  EXPECT_EQ((model::check<mixed_sizes<std::uint32_t, std::int32_t>>().kind), verdict_kind::pass);
}

struct mixed_sizes_before : mixed_sizes<std::uint64_t, std::uint32_t> {
  void before() { thread(1); }
};
TEST(Misuse, AccessOfAnotherSizeBeforeTheThreadsIsAModelError) {
  EXPECT_EQ(model::check<mixed_sizes_before>().kind, verdict_kind::model_error);
}

struct half_of_an_atomic {
  static constexpr int threads = 1;
  env::atomic<std::uint64_t> n{0};
  void thread(int) {
    auto* half = reinterpret_cast<char*>(&n) + 4;
    reinterpret_cast<env::atomic<std::uint32_t>*>(half)->load(relaxed);
  }
};
TEST(Misuse, AccessInsideAnAtomicIsAModelError) {
  const model::verdict v = model::check<half_of_an_atomic>();
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
  EXPECT_NE(v.message.find("atomic access at main.heap+0x4, inside an atomic object at "
                           "main.heap+0x0: objects that overlap are not modelled"),
            std::string::npos)
      << v.message;
}

struct constructed_in_another {
  static constexpr int threads = 1;
  env::atomic<std::uint64_t> n{0};
  void thread(int) {
    // Through a volatile pointer, for the compiler sees the mistake otherwise.
    char* volatile start = reinterpret_cast<char*>(&n);
    ::new (static_cast<void*>(start + 4)) env::atomic<std::uint8_t>(1);
  }
};
TEST(Misuse, ConstructionInsideAnAtomicIsAModelError) {
  const model::verdict v = model::check<constructed_in_another>();
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
  EXPECT_NE(v.message.find("is no multiple of 8"), std::string::npos) << v.message;
}

struct atomic_as_plain {
  static constexpr int threads = 1;
  env::atomic<int> n{0};
  void thread(int) { reinterpret_cast<env::plain<int>&>(n).read(); }
};
struct plain_as_atomic {
  static constexpr int threads = 1;
  env::plain<std::uint64_t> n;
  void thread(int) { reinterpret_cast<env::atomic<std::uint64_t>&>(n).load(relaxed); }
};
TEST(Misuse, PlainAndAtomicAccessesAreNotMixed) {
  const model::verdict plain = model::check<atomic_as_plain>();
  EXPECT_EQ(plain.kind, verdict_kind::model_error);
  EXPECT_NE(plain.message.find("read of an atomic object, at main.heap+0x0: mixed accesses"),
            std::string::npos)
      << plain.message;
  const model::verdict atomic = model::check<plain_as_atomic>();
  EXPECT_EQ(atomic.kind, verdict_kind::model_error);
  EXPECT_NE(atomic.message.find("atomic access of plain data, at main.heap+0x0: mixed accesses"),
            std::string::npos)
      << atomic.message;
}

// ---- long executions ----

template <int Steps>
struct long_loop {
  static constexpr int threads = 2;
  env::plain<int> n;
  env::atomic<int> done{0};
  void thread(int) {
    for (int i = 0; i < Steps; ++i) n.read();
    done.fetch_add(1, relaxed);
  }
  void after() { env::check(done.load(relaxed) == 2, "both loops end"); }
};
TEST(Misuse, ExecutionOfAsManyStepsAsAllowedPasses) {
  const model::verdict v = model::check<long_loop<99'999>>();
  EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
  EXPECT_EQ(v.executions, 2u);
}
TEST(Misuse, OneStepMoreIsBoundedAndNamesTheOption) {
  const model::verdict v = model::check<long_loop<100'000>>();
  EXPECT_EQ(v.kind, verdict_kind::bounded);
  EXPECT_NE(v.message.find("more than 100000 steps in one execution (options::max_steps)"),
            std::string::npos)
      << v.message;
  model::options o;
  o.max_steps = 100'001;
  EXPECT_EQ(model::check<long_loop<100'000>>(o).kind, verdict_kind::pass);
}

template <int Stores>
struct many_events {
  static constexpr int threads = 4;
  env::atomic<int> n[4];
  void thread(int id) {
    for (int i = 1; i <= Stores; ++i) n[id].store(i, relaxed);
  }
};
TEST(Misuse, ExecutionOfAHundredThousandEventsPasses) {
  model::options o;
  o.max_events = 25'000;
  const model::verdict v = model::check<many_events<25'000>>(o);
  EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
  EXPECT_EQ(v.executions, 1u);
}
TEST(Misuse, OneEventMoreIsBoundedAndNamesTheOption) {
  const model::verdict v = model::check<many_events<2'001>>();
  EXPECT_EQ(v.kind, verdict_kind::bounded);
  EXPECT_NE(v.message.find("more than 2000 events in one execution (options::max_events)"),
            std::string::npos)
      << v.message;
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
TEST(Misuse, UsedUpStackIsAModelErrorThatNamesTheOption) {
  for (int i = 0; i < 2; ++i) {  // the process survives, and can do it again
    const model::verdict v = model::check<recurses>();
    EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
    EXPECT_NE(v.message.find("thread 0 has used up its stack of 131072 bytes: raise "
                             "options::stack_bytes"),
              std::string::npos)
        << v.message;
  }
}

struct recurses_at_the_end {
  static constexpr int threads = 1;
  void thread(int) {}
  void after() { recurses().thread(0); }
};
TEST(Misuse, UsedUpStackOfTheMainThreadIsAModelError) {
  const model::verdict v = model::check<recurses_at_the_end>();
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
  EXPECT_NE(v.message.find("the main thread has used up its stack"), std::string::npos)
      << v.message;
}

// The frames are larger than a page, and the stack of the thread before it is just below.
struct recurses_in_steps {
  static constexpr int threads = 2;
  static int deeper(volatile char* above) {
    volatile char here[40 * 1024];
    here[0] = above == nullptr ? 0 : 1;
    return above == nullptr ? 0 : deeper(here) + here[0];
  }
  void thread(int id) {
    volatile char start = 0;
    if (id == 1) deeper(&start);
  }
};
TEST(Misuse, LargeFramesDoNotStepOverTheGuard) {
  const model::verdict v = model::check<recurses_in_steps>();
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
  EXPECT_NE(v.message.find("thread 1 has used up its stack"), std::string::npos) << v.message;
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

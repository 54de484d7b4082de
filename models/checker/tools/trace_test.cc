#include "models/checker/tools/trace.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/testing/small_programs.h"
#include "models/env/env_checker.h"

namespace wyn::model {
namespace {

using env = env_checker;

constexpr site<"set up", order::relaxed> set_up{};
constexpr site<"fence", order::seq_cst> fence{};
constexpr site<"store", order::relaxed> store{};
constexpr site<"load", order::relaxed> load{};
constexpr site<"swap", order::acq_rel, order::acquire> swap{};

// A program with steps of every kind, before, in and after its threads.
struct everything {
  static constexpr int threads = 2;
  void before() { x.store(5, set_up); }
  void thread(int id) {
    if (id == 0) {
      int expected = 5;
      x.compare_exchange(expected, 6, swap);
      env::fence(fence);
      env::choose(2);
    } else {
      x.load(load);
      y.store(1, store);
    }
  }
  void after() { x.load(load); }
  env::atomic<int> x{0};
  env::atomic<int> y{0};
};

template <class Program>
std::vector<execution_trace> traces_of(trace_order order = trace_order::machine_lowest_first,
                                       options o = {}) {
  std::vector<execution_trace> traces;
  trace_recorder recorder([&](const execution_trace& t) { traces.push_back(t); }, order);
  o.watched_by = &recorder;
  EXPECT_EQ(traces.size(), 0u);
  const verdict v = check<Program>(o);
  EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
  EXPECT_EQ(v.executions, traces.size());
  return traces;
}

TEST(Trace, IsReadByAPerson) {
  EXPECT_EQ(to_text(traces_of<everything>()[0]),
            "trace 7 run\n"
            "main store relaxed 0 - - 5 set up\n"
            "0 cas acq_rel 0 0 5 6 swap\n"
            "0 fence seq_cst@1 - - - - fence\n"
            "0 choice relaxed - - 0 - choose\n"
            "1 load relaxed 0 1 6 - load\n"
            "1 store relaxed 1 - - 1 store\n"
            "main load relaxed 0 1 6 - load\n");
}

TEST(Trace, MayPreferOtherThreads) {
  for (const execution_trace& t : traces_of<everything>(trace_order::machine_highest_first)) {
    const bool reads_swap = t.steps[1].thread == 0;
    EXPECT_EQ(t.steps[1].site, reads_swap ? "swap" : "load");
  }
}

TEST(Trace, IsReadBackAsItWas) {
  std::string text;
  const std::vector<execution_trace> traces = traces_of<everything>();
  ASSERT_EQ(traces.size(), 4u);
  for (const execution_trace& t : traces) text += to_text(t);
  std::istringstream in(text);
  execution_trace t;
  std::string problem;
  for (const execution_trace& expected : traces) {
    ASSERT_TRUE(read_trace(in, t, problem)) << problem;
    EXPECT_EQ(t, expected);
  }
  EXPECT_FALSE(read_trace(in, t, problem));
  EXPECT_EQ(problem, "");
}

TEST(Trace, ThatIsDamagedIsRefusedWithTheLine) {
  for (const char* text : {"nonsense\n", "trace 1 walk\n", "trace -1 run\n", "trace 1 run\n",
                           "trace 1 run\n0 store relaxed 0 - - - no value\n",
                           "trace 1 run\n0 load relaxed 0 0 1 - reads from itself\n",
                           "trace 1 run\n0 load strange 0 init 1 - order\n",
                           "trace 1 run\n0 fence seq_cst 4 - - - fence\n",
                           "trace 1 run\n0 fence seq_cst@0 - - - - place\n",
                           "trace 1 run\n0x load relaxed 0 init 1 - thread\n"}) {
    std::istringstream in(text);
    execution_trace t;
    std::string problem;
    EXPECT_FALSE(read_trace(in, t, problem)) << text;
    EXPECT_NE(problem, "") << text;
  }
}

using isa2 = small_programs::isa2<order::seq_cst, order::seq_cst, order::relaxed>;

TEST(Trace, OfAnExecutionWithoutAMachineRunSaysSo) {
  int without = 0;
  for (const execution_trace& t : traces_of<isa2>()) without += t.machine_run ? 0 : 1;
  EXPECT_EQ(without, 1);
}

// In an order of the machine a fence that sees nothing comes before one whose store it misses,
// though its thread has the higher number.
TEST(Trace, IsInAnOrderThatExtendsPsc) {
  int met = 0;
  for (const execution_trace& t : traces_of<isa2>()) {
    if (!t.machine_run) continue;
    std::size_t first = 0, second = 0;
    bool missed = false;
    for (std::size_t n = 0; n < t.steps.size(); ++n) {
      const trace_step& s = t.steps[n];
      if (s.kind == event_kind::fence) (s.thread == 0 ? first : second) = n;
      if (s.site == "I8 x.load") missed = s.read == 0;
    }
    if (!missed) continue;
    ++met;
    EXPECT_LT(second, first) << to_text(t);
  }
  EXPECT_GT(met, 0);
}

// Without psc it need not: then the place in the order of the seq_cst steps does.
TEST(Trace, InACausalOrderHasTheSeqCstOrderBesideIt) {
  int against = 0;
  for (const execution_trace& t : traces_of<isa2>(trace_order::causal_lowest_first)) {
    int place[2] = {};
    bool missed = false, first_came_first = false;
    for (const trace_step& s : t.steps) {
      if (s.kind == event_kind::fence) {
        first_came_first = first_came_first || (s.thread == 0 && place[1] == 0);
        place[s.thread == 0 ? 0 : 1] = s.sc_place;
      }
      if (s.site == "I8 x.load") missed = s.read == 0;
    }
    EXPECT_EQ(place[0] + place[1], 3);
    if (missed && first_came_first) {
      ++against;
      EXPECT_GT(place[0], place[1]) << to_text(t);
    }
  }
  EXPECT_GT(against, 0);
}

// Plain data before, in and behind events, and of the main thread.
struct with_plain_data {
  static constexpr int threads = 1;
  void before() { data.write(3); }
  void thread(int) {
    data.write(4);
    x.store(1, store);
    static_cast<void>(data.read());
  }
  void after() { static_cast<void>(data.read()); }
  env::plain<int> data{0};
  env::atomic<int> x{0};
};

TEST(Trace, HasTheStepsThatAreNoEventsOnRequest) {
  std::vector<execution_trace> traces;
  trace_recorder recorder([&](const execution_trace& t) { traces.push_back(t); },
                          trace_order::machine_lowest_first, true);
  ASSERT_EQ(check<with_plain_data>({.watched_by = &recorder}).kind, verdict_kind::pass);
  ASSERT_EQ(traces.size(), 1u);
  std::string seen;
  for (const trace_step& s : traces[0].steps) {
    const bool is_data =
        s.beside == side_step_kind::plain_read || s.beside == side_step_kind::plain_write;
    if (s.beside && !is_data) continue;
    seen += s.thread == trace_step::main_thread ? "main " : "";
    seen += !s.beside                                ? s.site + "; "
            : s.beside == side_step_kind::plain_read ? "read " + std::to_string(s.read) + "; "
                                                     : "write " + std::to_string(s.written) + "; ";
  }
  EXPECT_EQ(seen, "main write 3; write 4; store; read 4; main read 4; ");
  std::istringstream in(to_text(traces[0]));
  execution_trace back;
  std::string problem;
  ASSERT_TRUE(read_trace(in, back, problem)) << problem;
  EXPECT_EQ(back, traces[0]);
}

struct blocked_half {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0)
      x.store(1, store);
    else
      env::assume(x.load(load) == 1);
  }
  env::atomic<int> x{0};
};

TEST(Trace, OfABlockedExecutionIsNone) { EXPECT_EQ(traces_of<blocked_half>().size(), 1u); }

TEST(Trace, EachComesOnceFromSeveralExplorers) {
  options o;
  o.jobs = 3;
  EXPECT_EQ(traces_of<everything>(trace_order::machine_lowest_first, o).size(), 4u);
}

}  // namespace
}  // namespace wyn::model

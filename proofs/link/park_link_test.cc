// Every execution of the models of the event count, and of the smaller ones of the work signal, is
// a run of the machine of its proof, with either table, awake and asleep, with every conjunct of
// the invariant in every state; and each row of the table that links the two is needed for that.
// park_long_link_test has the larger ones.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "core/park/event_count.h"
#include "core/park/work_signal.h"
#include "core/park/work_signal_orders.h"
#include "models/env/env_checker.h"
#include "models/park/announced.h"
#include "models/park/everybody_wakes.h"
#include "models/park/nap_token.h"
#include "models/park/one_sleeper.h"
#include "models/park/search_first.h"
#include "models/park/search_handover.h"
#include "models/park/token.h"
#include "models/park/two_sleepers.h"
#include "proofs/link/link_testing.h"
#include "proofs/link/park_replay.h"

namespace wyn::link {
namespace {

using model::execution_trace;
using model::trace_order;

// A call of settled_waiters against a waiter, for the one access that the models of the event count
// alone do not make. By hand: the call comes before the announcement (and then the re-check sees
// the item), after it (the re-check sees the item or not), or after the withdrawal (the same): 5.
template <class Env, class Orders>
struct settled {
  static constexpr int threads = 2;
  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      static_cast<void>(events.settled_waiters());
      return;
    }
    static_cast<void>(events.prepare_wait());
    static_cast<void>(x.queued_here());
    events.cancel_wait();
  }
  void after() {}

  park_models::item<Env> x;
  event_count<Env, Orders> events;
};

// A notification, with a condition or without one, against a waiter that never sleeps. Without, by
// hand: the load reads the count 0 of the beginning, or the 0 behind the withdrawal, or 1, and then
// the epoch changes before the withdrawal or after it: 4. With one, the re-check sees the item if
// the load read the beginning, and may miss it if not: 7.
template <class Env, class Orders, bool Puts>
struct no_sleeper {
  static constexpr int threads = 2;
  void before() {}
  void thread(int id) {
    if (id == 0) {
      if (Puts) x.put();
      events.notify_one();
      return;
    }
    static_cast<void>(events.prepare_wait());
    if (Puts) static_cast<void>(x.queued_here());
    events.cancel_wait();
  }
  void after() {}

  park_models::item<Env> x;
  event_count<Env, Orders> events;
};

// A nap against a notification of one or of all. By hand: the look finds the count 0 of the
// beginning, or the 0 behind the nap, and then the re-check has seen the item or naps its time: 2
// and 2. Or it finds 1, and the epoch changes after the nap is over or before, in both cases with
// the item seen or not; in the last of the four the kernel finds the new epoch or the old one: 5.
template <class Env, class Orders, bool All>
struct napper {
  static constexpr int threads = 2;
  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      All ? events.notify_all() : events.notify_one();
      return;
    }
    const auto ticket = events.prepare_nap();
    x.queued_here() ? events.cancel_nap() : void(events.nap(ticket, park_models::some_time));
  }
  void after() {}

  park_models::item<Env> x;
  event_count<Env, Orders> events;
};

// A searcher that is asked, takes the request on and turns back: models/park/request.h has that
// with a sleep that has begun before the threads, which the machine does not start with. Here it is
// the searcher that has announced itself, as no worker would. The number is the explorer's.
template <class Env, class Orders>
struct taken_request {
  static constexpr int threads = 2;
  void before() { Env::check(signal.try_enter_search(1), "the only searcher is admitted"); }
  void thread(int id) {
    if (id == 0) {
      x.put();
      signal.work_added();
      return;
    }
    const auto look = [&] { return x.queued_here(); };
    static_cast<void>(signal.announce());
    signal.withdraw();
    const bool relied_on = signal.leave_search();
    signal.sleep([] { return true; }, look, relied_on);
    signal.found_work(look);
  }
  void after() {}

  struct announced_searcher : park_models::announced<work_signal<Env, Orders>> {
    void withdraw() noexcept { this->events_.cancel_wait(); }
  };

  park_models::item<Env> x;
  announced_searcher signal;
};

// The client that two_workers has, alone.
template <class Env, class Orders>
struct taken_once {
  static constexpr int threads = 1;
  void before() {}
  void thread(int) {
    items.put(1);
    events.notify_one();
    static_cast<void>(items.take());
  }
  void after() {}

  park_models::counted_items<Env> items;
  event_count<Env, Orders> events;
};

struct linked_model {
  models::model_run check;
  bool notifies_all;
  std::uint64_t executions;  ///< the golden count, where there is one event_count_model_test.cc's
};

constexpr trace_order all_orders[] = {
    trace_order::machine_lowest_first, trace_order::machine_highest_first,
    trace_order::causal_lowest_first, trace_order::causal_highest_first};

struct recorded {
  linked_model model;
  std::vector<execution_trace> traces;
};

template <class Orders>
class ParkLink : public ::testing::Test {
 protected:
  using orders = Orders;

  // Two light fences order nothing, two ordinary ones do.
  static constexpr bool asymmetric = std::is_same_v<orders, work_signal_asymmetric_orders>;
  static constexpr std::uint64_t handover_executions = asymmetric ? 44843 : 44842;
  static constexpr std::uint64_t request_executions = asymmetric ? 378 : 369;

  static std::map<std::string, linked_model> models() {
    using namespace park_models;
    return {
        {"everybody_wakes", {model::check<everybody_wakes<env_checker, orders>>, true, 121}},
        {"nap_token",
         {model::check<nap_token<env_checker, orders>>, false, asymmetric ? 1316 : 721}},
        {"napper", {model::check<napper<env_checker, orders, false>>, false, 9}},
        {"napper_among_all", {model::check<napper<env_checker, orders, true>>, true, 9}},
        {"no_sleeper", {model::check<no_sleeper<env_checker, orders, true>>, false, 7}},
        {"no_sleeper_and_no_item",
         {model::check<no_sleeper<env_checker, orders, false>>, false, 4}},
        {"one_sleeper", {model::check<one_sleeper<env_checker, orders>>, false, 6}},
        {"one_sleeper_spurious",
         {[](model::options o) {
            o.spurious_wakeups = 1;
            return model::check<one_sleeper<env_checker, orders>>(o);
          },
          false, 17}},
        {"search_first", {model::check<search_first<env_checker, orders>>, false, 149}},
        {"search_handover",
         {model::check<search_handover<env_checker, orders>>, false, handover_executions}},
        {"settled", {model::check<settled<env_checker, orders>>, false, 5}},
        {"token", {model::check<token<env_checker, orders>>, false, 28}},
        {"two_sleepers", {model::check<two_sleepers<env_checker, orders>>, false, 6790}},
        {"taken_request",
         {model::check<taken_request<env_checker, orders>>, false, request_executions}},
        {"taken_once", {model::check<taken_once<env_checker, orders>>, false, 1}},
    };
  }

  static std::vector<park_row> steps() { return work_signal_steps(); }

  static const std::vector<recorded>& recordings() {
    static const std::vector<recorded> all = [] {
      std::vector<recorded> result;
      for (const auto& [name, m] : models()) {
        recorded r{m, {}};
        for (const trace_order order : all_orders) {
          std::size_t most = r.traces.size() + 300;
          each_trace(
              m.check, {}, order,
              [&](const execution_trace& t) {
                if (r.traces.size() < most) r.traces.push_back(t);
                return std::string();
              },
              true);
        }
        result.push_back(std::move(r));
      }
      return result;
    }();
    return all;
  }

  static std::string problem_of(const std::vector<park_row>& rows, bool pass_over_unknown_sites) {
    for (const recorded& r : recordings()) {
      for (const bool sleeps : {false, true}) {
        park_replay replayed_by(rows, r.model.notifies_all, sleeps);
        if (pass_over_unknown_sites) replayed_by.pass_over_unknown_sites();
        for (const execution_trace& t : r.traces) {
          std::string problem = replayed_by.run(t);
          if (!problem.empty()) return problem;
        }
      }
    }
    return {};
  }
};

using tables = ::testing::Types<work_signal_asymmetric_orders, work_signal_symmetric_orders>;
TYPED_TEST_SUITE(ParkLink, tables);

TYPED_TEST(ParkLink, EveryExecutionIsARunOfTheMachine) {
  std::uint64_t executions = 0, states = 0;
  for (const auto& [name, m] : this->models()) {
    for (const trace_order order : all_orders) {
      park_replay awake(this->steps(), m.notifies_all, false);
      park_replay asleep(this->steps(), m.notifies_all, true);
      EXPECT_EQ(problem_of_all(
                    m.check, m.executions, order,
                    [&](const execution_trace& t) {
                      const std::string problem = awake.run(t);
                      return problem.empty() ? asleep.run(t) : problem;
                    },
                    true),
                "")
          << name;
      states += awake.machine().states() + asleep.machine().states();
    }
    executions += m.executions;
  }
  std::printf("%llu executions, each in 4 orders, awake and asleep; %llu states, %zu conjuncts\n",
              static_cast<unsigned long long>(executions), static_cast<unsigned long long>(states),
              std::size(park::machine::invariant));
}

// What the proof does not use of the orders: the executions that they forbid are runs, too. A
// search gate needs some of them, else it misses a token, which ends the exploration.
TYPED_TEST(ParkLink, OrdersThatTheProofDoesNotUseMayBeWeaker) {
  const model::options without_a_gate{.overrides = {{"EC1", order::relaxed},
                                                    {"EC3", order::relaxed},
                                                    {"EC4", order::relaxed},
                                                    {"EC7", order::relaxed},
                                                    {"EC9", order::relaxed},
                                                    {"EC10", order::relaxed}}};
  const model::options with_a_gate{.overrides = {{"EC1", order::relaxed},
                                                 {"EC3", order::acquire},
                                                 {"EC4", order::acquire},
                                                 {"EC9", order::relaxed},
                                                 {"EC10", order::acquire}}};
  const std::set<std::string> gated = {"nap_token", "search_first", "search_handover", "token"};
  for (const auto& [name, m] : this->models()) {
    park_replay replay(this->steps(), m.notifies_all, false);
    const replayed r = each_trace(
        m.check, gated.contains(name) ? with_a_gate : without_a_gate,
        trace_order::causal_lowest_first, [&](const execution_trace& t) { return replay.run(t); },
        true);
    EXPECT_EQ(r.problem, "") << name;
    EXPECT_GE(r.traces, m.executions) << name;
  }
}

// Weaker fences have executions that the machine has not: each of the two misses the other.
TYPED_TEST(ParkLink, AWeakerFenceIsNoRun) {
  const linked_model m = this->models().at("no_sleeper");
  for (const char* row : {"EC2", "EC5"}) {
    park_replay replay(this->steps(), m.notifies_all, false);
    const bool is_light = std::string(TypeParam::notify_fence.id).starts_with("EC5 ");
    const std::string site = is_light ? row : std::string(row) + "s";
    model::options o{.overrides = {{site, order::acq_rel}}};
    const replayed r = each_trace(
        m.check, o, trace_order::causal_lowest_first,
        [&](const execution_trace& t) { return replay.run(t); }, true);
    EXPECT_NE(r.problem, "") << row;
  }
}

// Under the explorer's x86 a heavy fence is membarrier itself, a barrier in each thread, and no
// rule on pairs of fences: it gives what the machine takes of it.
TYPED_TEST(ParkLink, ExecutionsOfX86AreRuns) {
  for (const auto& [name, m] : this->models()) {
    park_replay replay(this->steps(), m.notifies_all, false);
    const replayed r = each_trace(
        m.check, {.model = model::memory_model::tso}, trace_order::causal_lowest_first,
        [&](const execution_trace& t) { return replay.run(t); }, true);
    EXPECT_EQ(r.verdict.kind, model::verdict_kind::pass) << name << ": " << r.verdict.report;
    EXPECT_EQ(r.problem, "") << name;
    EXPECT_GT(r.traces, 0u) << name;
    EXPECT_LE(r.traces, m.executions) << name;
  }
}

// An ordinary fence of the waiter's against light ones is too little there.
TEST(ParkLinkX86, AnOrdinaryFenceAgainstALightOneIsNoRun) {
  using program = no_sleeper<env_checker, work_signal_asymmetric_orders, true>;
  park_replay replay(work_signal_steps(), false, false);
  const replayed r = each_trace(
      model::check<program>,
      {.model = model::memory_model::tso, .overrides = {{"EC2", order::seq_cst}}},
      trace_order::causal_lowest_first, [&](const execution_trace& t) { return replay.run(t); },
      true);
  EXPECT_NE(r.problem, "");
}

// Nor is a call of settled_waiters that does not release: who was announced after it, and not
// counted, misses what came before.
TYPED_TEST(ParkLink, ARelaxedSettleIsNoRun) {
  park_replay replay(this->steps(), false, false);
  const replayed r = each_trace(
      this->models().at("settled").check, {.overrides = {{"EC8", order::relaxed}}},
      trace_order::causal_lowest_first, [&](const execution_trace& t) { return replay.run(t); },
      true);
  EXPECT_EQ(r.traces, 6u);
  EXPECT_NE(r.problem.find("settled_waiters"), std::string::npos) << r.problem;
}

TYPED_TEST(ParkLink, TheTableIsEnough) { EXPECT_EQ(this->problem_of(this->steps(), false), ""); }

TYPED_TEST(ParkLink, EachRowIsMet) {
  expect_each_row_is_met<park_row>(this->steps(), this->problem_of);
}

TYPED_TEST(ParkLink, EachRowThatIsAStepIsNeeded) {
  expect_each_step_row_is_needed<park_row>(this->steps(), this->problem_of, {});
}

TYPED_TEST(ParkLink, EachStepIsNeeded) {
  expect_each_step_is_needed<park_row>(this->steps(), this->problem_of);
}

TYPED_TEST(ParkLink, TheCodeTakesEveryStepOfTheMachine) {
  std::set<std::string> taken;
  for (const recorded& r : this->recordings()) {
    for (const bool sleeps : {false, true}) {
      park_replay replay(this->steps(), r.model.notifies_all, sleeps);
      for (const execution_trace& t : r.traces) replay.run(t);
      const std::set<std::string>& some = replay.machine().steps_taken();
      taken.insert(some.begin(), some.end());
    }
  }
  for (const auto& t : park::machine::transitions) {
    EXPECT_EQ(taken.count(t.name), 1u) << t.name;
  }
}

TYPED_TEST(ParkLink, AnotherWordIsAProblem) {
  int changed = 0;
  for (const recorded& r : this->recordings()) {
    park_replay replay(this->steps(), r.model.notifies_all, true);
    for (const execution_trace& right : r.traces) {
      for (std::size_t n = 0; n < right.steps.size() && changed < 2000; ++n) {
        const model::trace_step& s = right.steps[n];
        const bool is_word = s.site.starts_with("EC") && s.location >= 0;
        if (!is_word || s.thread == model::trace_step::main_thread) continue;
        execution_trace t = right;
        (model::writes(s.kind) ? t.steps[n].written : t.steps[n].read) += 1;
        EXPECT_NE(replay.run(t), "") << s.site << "\n" << model::to_text(right);
        ++changed;
      }
    }
  }
  EXPECT_GT(changed, 500);
}

// With the condition unseen in a trace that has it seen: where the machine's wait must see it, that
// is no run.
TYPED_TEST(ParkLink, ARecheckThatMissesWhatItMustSeeIsAProblem) {
  int problems = 0;
  for (const recorded& r : this->recordings()) {
    park_replay replay(this->steps(), r.model.notifies_all, false);
    for (const execution_trace& right : r.traces) {
      for (std::size_t n = 0; n < right.steps.size(); ++n) {
        if (right.steps[n].site != "W2 look" || right.steps[n].reads_from < 0) continue;
        execution_trace t = right;
        t.steps[n].reads_from = model::trace_step::initial;
        problems += replay.run(t).empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(problems, 0);
}

}  // namespace
}  // namespace wyn::link

// The bound on preemptions: against all schedules of all executions of random programs, and as a
// user meets it. WYN_PREEMPTION_PROGRAMS is the number of programs, WYN_PREEMPTION_SEED the first
// seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/gtest.h"
#include "models/checker/run/execution.h"
#include "models/checker/run/observer.h"
#include "models/checker/sync/mutex.h"
#include "models/checker/testing/canonical_graphs.h"
#include "models/checker/testing/sample_models.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using explore_samples::relaxed;
using model::event;
using model::event_ref;
using model::memory_model;
using model::operation;
using model::operation_kind;
using model::verdict;
using model::verdict_kind;

// ---- Reference: the definition of trust/preemptions.h, over all schedules.

class all_schedules {
 public:
  all_schedules(const model::graph& g, const model::execution& e)
      : g_(g), operations_(e.operations()), interleaves_(e.model() == memory_model::sc) {}

  int fewest_preemptions() {
    const std::vector<int> none(static_cast<std::size_t>(g_.threads()), 0);
    return fewest(none, -1);
  }

 private:
  using place = std::vector<int>;
  static constexpr int impossible = 1000;

  bool done(const place& at, event_ref r) const {
    return r == model::initial_write ||
           model::index_of(r) < at[static_cast<std::size_t>(model::thread_of(r))];
  }
  std::uint32_t source_place(const event& e) const { return g_.place_of(e.reads_from); }

  // Whether `a` comes before `b` in rf, mo or fr.
  bool before(event_ref a, event_ref b) const {
    const event& x = g_.at(a);
    const event& y = g_.at(b);
    if (model::reads(y.kind) && y.reads_from == a) return true;
    if (!interleaves_ || a == b || !model::accesses(x.kind) || !model::accesses(y.kind) ||
        x.location != y.location) {
      return false;
    }
    if (!model::writes(y.kind)) return false;
    if (model::writes(x.kind) && x.position < y.position) return true;
    return model::reads(x.kind) && source_place(x) < y.position;
  }
  bool possible(const place& at, int t) const {
    const event_ref next = model::make_ref(t, at[static_cast<std::size_t>(t)]);
    for (int u = 0; u < g_.threads(); ++u) {
      for (int i = at[static_cast<std::size_t>(u)]; i < g_.size(u); ++i) {
        if (before(model::make_ref(u, i), next)) return false;
      }
    }
    return true;
  }
  bool waits(const place& at, int t) const {
    const int i = at[static_cast<std::size_t>(t)];
    const event& e = g_.at(t, i);
    const operation& op =
        operations_[static_cast<std::size_t>(t)][static_cast<std::size_t>(i)];
    if (op.kind == operation_kind::await_change) return !done(at, e.reads_from);
    if (op.kind != operation_kind::take || op.tries) return false;
    std::uint64_t value = 0;  // an unlocked mutex
    for (std::uint32_t p = 1; p <= g_.mo().last(e.location); ++p) {
      const event_ref w = g_.mo().at(e.location, p);
      if (done(at, w)) value = g_.at(w).value_written;
    }
    return model::is_kept_waiting(op, value);
  }
  int fewest(const place& at, int last) {
    const auto known = known_.find({at, last});
    if (known != known_.end()) return known->second;
    bool ended = true;
    int best = impossible;
    for (int t = 0; t < g_.threads(); ++t) {
      if (at[static_cast<std::size_t>(t)] == g_.size(t)) continue;
      ended = false;
      if (!possible(at, t)) continue;
      const bool stops = last >= 0 && last != t &&
                         at[static_cast<std::size_t>(last)] < g_.size(last) && !waits(at, last);
      place next = at;
      ++next[static_cast<std::size_t>(t)];
      best = std::min(best, fewest(next, t) + (stops ? 1 : 0));
    }
    return known_[{at, last}] = ended ? 0 : best;
  }

  const model::graph& g_;
  const model::recorded_operations& operations_;
  bool interleaves_;
  std::map<std::pair<place, int>, int> known_;
};

// The complete executions of a check, and the preemptions of each.
class preemptions_of_all : public model::observer {
 public:
  explicit preemptions_of_all(bool count) : counts_(count) {}
  void meets(const operation&) override {}
  void ended(const model::graph& g, const model::execution& e) override {
    std::string key;
    for (int t = 0; t < g.threads(); ++t) {
      if (e.state_of(t) != model::thread_state::finished) return;
      for (int i = 0; i < g.size(t); ++i) {
        const event& x = g.at(t, i);
        key += std::to_string(static_cast<int>(x.kind)) + "," + std::to_string(x.reads_from) +
               "," + std::to_string(model::writes(x.kind) ? x.position : 0) + " ";
      }
      key += "|";
    }
    of_[key] = counts_ ? all_schedules(g, e).fewest_preemptions() : 0;
  }
  const std::map<std::string, int>& all() const { return of_; }

 private:
  bool counts_;
  std::map<std::string, int> of_;
};

// ---- Random programs.

enum class what : std::uint8_t { load, store, add, compare_exchange, wait, lock, unlock };

struct step {
  what kind = what::load;
  int location = 0;
  std::uint64_t operand = 1;
  int only_if_last = -1;  // skipped unless the thread has read that last
};
using random_program = std::vector<std::vector<step>>;
const random_program* exploring = nullptr;

struct machine {
  env::atomic<std::uint64_t> memory[2];
  model::mutex mutex;

  void thread(int id) {
    std::uint64_t last = 0;
    bool locked = false;
    for (const step& s : (*exploring)[static_cast<std::size_t>(id)]) {
      if (s.only_if_last >= 0 && last != static_cast<std::uint64_t>(s.only_if_last)) continue;
      env::atomic<std::uint64_t>& at = memory[s.location];
      switch (s.kind) {
        case what::load: last = at.load(relaxed); break;
        case what::store: at.store(s.operand, relaxed); break;
        case what::add: last = at.fetch_add(s.operand, relaxed); break;
        case what::compare_exchange:
          last = 0;
          at.compare_exchange(last, s.operand, relaxed);
          break;
        case what::wait: {
          operation op;
          op.kind = operation_kind::await_change;
          op.site = "wait";
          last = model::calls::atomic_access(&at, op);
          break;
        }
        case what::lock:
          if (!locked) mutex.lock();
          locked = true;
          break;
        case what::unlock:
          if (locked) mutex.unlock();
          locked = false;
          break;
      }
    }
    if (locked) mutex.unlock();
  }
};

random_program any_program(std::mt19937& random) {
  static constexpr what kinds[] = {what::load,  what::load, what::load, what::store, what::store,
                                   what::store, what::add,  what::compare_exchange,  what::wait,
                                   what::lock,  what::lock, what::unlock};
  const auto pick = [&](std::size_t n) { return random() % n; };
  random_program p(2 + pick(3));
  const bool waits = pick(2) == 0;
  const std::size_t most = p.size() == 2 ? 6 : p.size() == 3 ? 4 : 3;
  for (std::vector<step>& body : p) {
    for (std::size_t n = 1 + pick(most); n > 0; --n) {
      step s;
      s.kind = kinds[pick(waits ? std::size(kinds) : 8)];
      s.location = static_cast<int>(pick(2));
      s.operand = 1 + pick(2);
      s.only_if_last = pick(5) == 0 ? static_cast<int>(pick(2)) : -1;
      body.push_back(s);
    }
  }
  return p;
}

model::program program_of(const random_program& p) {
  model::program m;
  m.threads = static_cast<int>(p.size());
  m.bytes = sizeof(machine);
  m.alignment = alignof(machine);
  m.construct = [](void* object) { ::new (object) machine(); };
  m.before = [](void*) {};
  m.thread = [](void* object, int id) { static_cast<machine*>(object)->thread(id); };
  m.after = [](void*) {};
  m.destroy = [](void*) {};
  return m;
}

unsigned number(const char* variable, unsigned standard) {
  const char* text = std::getenv(variable);
  return text == nullptr ? standard : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

struct tally_of_programs {
  unsigned compared = 0;
  std::uint64_t executions = 0;
  std::uint64_t beyond = 0;
};

void compare_at(const model::program& program, model::options o, int bound,
                const std::map<std::string, int>& all, tally_of_programs& sum) {
  std::map<std::string, int> within;
  for (const auto& [key, preemptions] : all) {
    if (preemptions <= bound) within[key] = 0;
  }
  preemptions_of_all met(false);
  o.max_preemptions = bound;
  o.watched_by = &met;
  const verdict v = model::check(program, o);
  if (v.kind == verdict_kind::fail) return;  // a deadlock: not all has been explored
  EXPECT_EQ(met.all(), within) << "bound " << bound << ": executions are missing or too many";
  EXPECT_EQ(v.executions, within.size());
  EXPECT_EQ(v.duplicates, 0u);
  EXPECT_EQ(v.runs, v.executions + v.blocked + v.beyond);
  const bool all_of_them = within.size() == all.size();
  EXPECT_TRUE(all_of_them || v.kind != verdict_kind::pass) << v.report;
  EXPECT_TRUE(all_of_them || v.cut_off + v.beyond > 0);
  sum.executions += v.executions;
  sum.beyond += v.beyond;
}

// Returns false when the program is too large or fails.
bool compare(const random_program& p, memory_model m, tally_of_programs& sum) {
  exploring = &p;
  const model::program program = program_of(p);
  model::options o{.model = m, .max_executions = 400, .minimise = 0, .count_duplicates = true};
  preemptions_of_all all(true);
  o.watched_by = &all;
  if (model::check(program, o).kind != verdict_kind::pass) return false;
  o.max_executions = 0;
  int most = 0;
  for (const auto& [key, preemptions] : all.all()) most = std::max(most, preemptions);
  for (int bound = 0; bound <= most + 1; ++bound) compare_at(program, o, bound, all.all(), sum);
  ++sum.compared;
  return true;
}

TEST(Preemptions, BoundExploresTheExecutionsOfRandomProgramsThatHaveNoMore) {
  const unsigned first = number("WYN_PREEMPTION_SEED", 1);
  const unsigned programs = number("WYN_PREEMPTION_PROGRAMS", 1500);
  tally_of_programs sum;
  for (unsigned seed = first; seed < first + programs && !HasFailure(); ++seed) {
    std::mt19937 random(seed);
    const random_program p = any_program(random);
    const memory_model m = seed % 2 == 0 ? memory_model::sc : memory_model::rc11_20;
    SCOPED_TRACE("WYN_PREEMPTION_SEED=" + std::to_string(seed) + " " + to_string(m));
    compare(p, m, sum);
  }
  std::printf("%u of %u programs compared at every bound; %llu executions within it, %llu met "
              "beyond\n",
              sum.compared, programs, static_cast<unsigned long long>(sum.executions),
              static_cast<unsigned long long>(sum.beyond));
  EXPECT_GT(sum.compared, programs / 3);
  EXPECT_GT(sum.beyond, 0u) << "no program needed the slack";
}

std::set<std::string> classes_within(const model::program& p, model::options o, bool symmetry) {
  model::canonical_graphs graphs(p);
  o.symmetry = symmetry;
  o.watched_by = &graphs;
  return model::check(p, o).kind == verdict_kind::fail ? std::set<std::string>() : graphs.keys();
}

// Permutations of threads have as many preemptions.
TEST(Preemptions, BoundAndSymmetryReductionLoseNothingTogether) {
  std::size_t classes = 0;
  for (unsigned seed = 1; seed <= 300 && !HasFailure(); ++seed) {
    std::mt19937 random(seed);
    random_program p = any_program(random);
    if (p.size() > 3) continue;
    for (std::vector<step>& body : p) body = p[0];
    exploring = &p;
    model::program program = program_of(p);
    program.symmetric[program.symmetric_groups++] = {0, program.threads};
    const memory_model m = seed % 2 == 0 ? memory_model::sc : memory_model::rc11_20;
    for (int bound = 0; bound < 3; ++bound) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", bound " + std::to_string(bound));
      const model::options o{.model = m, .max_preemptions = bound, .minimise = 0};
      const std::set<std::string> all = classes_within(program, o, false);
      EXPECT_EQ(classes_within(program, o, true), all);
      classes += all.size();
    }
  }
  EXPECT_GT(classes, 1000u);
}

// ---- By hand.

// One execution: who must not go on in another way is stopped by assume(). The writer is stopped
// behind `a`, so that both waiters wait for it, which is free. To let it go on costs a stop of each
// of them, in front of their last loads.
struct early_stop {
  static constexpr int threads = 4;
  using word = env::atomic<std::uint64_t>;
  word a{0}, awaited{0}, last{0};
  word begun[2];

  static void read_one(word& x) { env::assume(x.load(relaxed) == 1); }
  void wait() {
    operation op;
    op.kind = operation_kind::await_change;
    op.site = "wait";
    model::calls::atomic_access(&awaited, op);
  }
  void thread(int id) {
    if (id == 0) {
      a.store(1, relaxed);
      awaited.store(1, relaxed);
    } else if (id == 3) {
      read_one(begun[0]);
      read_one(begun[1]);
      last.store(1, relaxed);
    } else {
      read_one(a);
      begun[id - 1].store(1, relaxed);
      wait();
      read_one(last);
    }
  }
};
TEST(Preemptions, StopInFrontOfAnAwaitedWriteMayBeTheBest) {
  for (const memory_model m : {memory_model::sc, memory_model::rc11_20}) {
    EXPECT_EQ(model::check<early_stop>({.model = m}).executions, 1u);
    EXPECT_EQ(model::check<early_stop>({.model = m, .max_preemptions = 0}).executions, 0u);
    EXPECT_EQ(model::check<early_stop>({.model = m, .max_preemptions = 1}).executions, 1u);
  }
}

using explore_samples::lossy_counter;
TEST(Preemptions, UpdateIsLostByOneUnderScAndByNoneWhereReadsMayBeStale) {
  using outcomes = std::vector<model::outcome_count>;
  constexpr memory_model sc = memory_model::sc;
  const verdict none = model::check<lossy_counter<1>>({.model = sc, .max_preemptions = 0});
  EXPECT_EQ(none.kind, verdict_kind::bounded) << none.report;
  EXPECT_TRUE(none.explored);
  EXPECT_EQ(none.outcomes, (outcomes{{"sum=2", 2}}));
  const verdict one = model::check<lossy_counter<1>>({.model = sc, .max_preemptions = 1});
  EXPECT_EQ(one.kind, verdict_kind::pass) << one.report;
  EXPECT_EQ(one.outcomes, (outcomes{{"sum=1", 2}, {"sum=2", 2}}));
  const verdict stale = model::check<lossy_counter<1>>({.max_preemptions = 0});
  EXPECT_EQ(stale.kind, verdict_kind::pass) << stale.report;
  EXPECT_EQ(stale.outcomes, one.outcomes);
}

// What is met on the way beyond the bound is an execution of the program all the same.
struct lost_update : lossy_counter<1> {
  void after() { env::check(sum.load(relaxed) == 2, "both are counted"); }
};
TEST(Preemptions, FailureThatIsMetBeyondTheBoundIsReported) {
  const verdict v = model::check<lost_update>({.model = memory_model::sc, .max_preemptions = 0});
  EXPECT_EQ(v.failure, model::failure::assertion) << v.report;
  EXPECT_NE(v.report.find("1 preemption"), std::string::npos) << v.report;
  EXPECT_EQ(v.report.find("all were looked at"), std::string::npos) << v.report;
}

struct two_locks {
  static constexpr int threads = 2;
  model::mutex mutex;
  env::atomic<int> x{0};
  void thread(int id) {
    for (int n = 0; n < 2; ++n) {
      mutex.lock();
      x.store(id, relaxed);
      mutex.unlock();
    }
  }
};
// Six orders of four critical sections: two of them without a stop in front of a free lock, two
// with one, and so on.
TEST(Preemptions, ThreadThatWaitsForALockIsNotStopped) {
  const std::uint64_t by_bound[] = {2, 4, 6};
  for (int bound = 0; bound < 3; ++bound) {
    const verdict v = model::check<two_locks>({.max_preemptions = bound});
    EXPECT_EQ(v.executions, by_bound[bound]) << v.report;
  }
}

template <class Program>
void expect_counts_to_grow(memory_model m) {
  const verdict all = model::check<Program>({.model = m});
  ASSERT_EQ(all.kind, verdict_kind::pass);
  std::uint64_t last = 0;
  for (int bound = 0;; ++bound) {
    const verdict v = model::check<Program>({.model = m, .max_preemptions = bound});
    EXPECT_TRUE(v.explored) << v.report;
    EXPECT_GE(v.executions, last);
    EXPECT_LE(v.executions, all.executions);
    EXPECT_EQ(v.kind == verdict_kind::pass, v.beyond + v.cut_off == 0);
    last = v.executions;
    if (v.kind == verdict_kind::pass) break;
    EXPECT_EQ(v.kind, verdict_kind::bounded) << v.report;
    ASSERT_LT(bound, 30);
  }
  EXPECT_EQ(last, all.executions);
}
TEST(Preemptions, CountsGrowWithTheBoundUpToAll) {
  using namespace explore_samples;
  for (const memory_model m : {memory_model::sc, memory_model::rc11_20, memory_model::tso}) {
    expect_counts_to_grow<fib_bench<2>>(m);
    expect_counts_to_grow<tagged_stack<1>>(m);
    expect_counts_to_grow<lossy_counter<3>>(m);
  }
}

TEST(Preemptions, JobsSharesAndCheckpointsAddUp) {
  using explore_samples::fib_bench;
  const model::options o{.model = memory_model::sc, .max_preemptions = 2};
  const verdict whole = model::check<fib_bench<3>>(o);
  EXPECT_EQ(whole.kind, verdict_kind::bounded);
  model::options jobs = o;
  jobs.jobs = 3;
  const verdict parallel = model::check<fib_bench<3>>(jobs);
  EXPECT_EQ(parallel.report, whole.report);
  std::uint64_t executions = 0;
  std::uint64_t beyond = 0;
  for (int i = 0; i < 3; ++i) {
    model::options share = o;
    share.shard = {i, 3};
    const verdict v = model::check<fib_bench<3>>(share);
    EXPECT_TRUE(v.explored);
    executions += v.executions;
    beyond += v.beyond;
  }
  EXPECT_EQ(executions, whole.executions);
  EXPECT_EQ(beyond, whole.beyond);
  model::options piece = o;
  piece.checkpoint = ::testing::TempDir() + "/preemptions.checkpoint";
  std::remove(piece.checkpoint.c_str());
  piece.max_executions = whole.runs / 3;
  verdict v = model::check<fib_bench<3>>(piece);
  for (int pieces = 1; !v.explored && pieces < 10; ++pieces) v = model::check<fib_bench<3>>(piece);
  EXPECT_EQ(v.message, whole.message);
  EXPECT_EQ(v.cut_off, whole.cut_off);
}

TEST(Preemptions, SampleTakesNoBound) {
  const verdict v = model::check<lost_update>(
      {.max_preemptions = 1, .mode = model::exploration_mode::random});
  EXPECT_EQ(v.kind, verdict_kind::model_error);
  EXPECT_NE(v.message.find("options::depth"), std::string::npos) << v.message;
  EXPECT_EQ(model::check<lost_update>({.max_preemptions = -2}).kind, verdict_kind::model_error);
}

MODEL_TEST(PreemptionsOfAModelTest, GoldenNumberIsThatWithinTheBound, (two_locks),
           executions_within(2), {.max_preemptions = 0});

}  // namespace
}  // namespace wyn

// The bound on preemptions against all schedules of all executions of random programs.
// WYN_PREEMPTION_PROGRAMS is the number of programs, WYN_PREEMPTION_SEED the first seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/sync/mutex.h"
#include "models/checker/sync/thread.h"
#include "models/checker/testing/all_schedules.h"
#include "models/checker/testing/canonical_graphs.h"
#include "models/checker/testing/random_programs.h"
#include "models/checker/testing/sample_models.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using explore_samples::relaxed;
using model::memory_model;
using model::operation;
using model::operation_kind;
using model::preemptions_of_all;
using model::verdict;
using model::verdict_kind;

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
  return model::program_of_threads<machine>(static_cast<int>(p.size()));
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
  const unsigned first = model::number_given("WYN_PREEMPTION_SEED", 1);
  const unsigned programs = model::number_given("WYN_PREEMPTION_PROGRAMS", 1500);
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

// Starts and joins are waits, too.
struct starts_two {
  static constexpr int threads = 3;
  static constexpr int initial_threads = 1;
  env::atomic<int> x{0}, y{0};
  void thread(int) {
    model::thread a([this] {
      x.store(1, relaxed);
      y.store(x.load(relaxed) + 1, relaxed);
    });
    model::thread b([this] {
      y.store(5, relaxed);
      x.store(y.load(relaxed) + 1, relaxed);
    });
    x.load(relaxed);
    a.join();
    y.load(relaxed);
    b.join();
  }
};
TEST(Preemptions, BoundExploresProgramsThatStartTheirThreads) {
  for (const memory_model m : {memory_model::sc, memory_model::rc11_20}) {
    SCOPED_TRACE(to_string(m));
    const model::program program = model::program_of<starts_two>();
    model::options o{.model = m, .minimise = 0, .count_duplicates = true};
    preemptions_of_all all(true);
    o.watched_by = &all;
    ASSERT_EQ(model::check(program, o).kind, verdict_kind::pass);
    tally_of_programs sum;
    for (int bound = 0; bound < 5; ++bound) compare_at(program, o, bound, all.all(), sum);
    EXPECT_GT(sum.executions, 20u);
  }
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

}  // namespace
}  // namespace wyn

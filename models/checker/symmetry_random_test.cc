// Symmetry reduction on random programs: the complete graphs are the same up to a permutation of
// the symmetric threads, whether the reduction is on or off; so are the failures; and none is met
// twice. WYN_SYMMETRY_PROGRAMS is the number of programs, WYN_SYMMETRY_SEED the first seed.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/sync/mutex.h"
#include "models/checker/testing/canonical_graphs.h"
#include "models/checker/testing/random_programs.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using model::operation_kind;

enum class what : std::uint8_t {
  load, store, add, exchange, compare_exchange, weak_compare_exchange, fence,
  wait_change,   // a loop that waits until the location is not `expected`
  await,         // a wait that any other value ends
  choose, plain_read, plain_write, lock, unlock,
  own_store,     // to an atomic object that the thread has allocated itself
  own_load,
  publish,       // its address goes to the location of pointers
  follow,        // an access through that location
  kinds
};

struct step {
  what kind = what::load;
  int location = 0;
  order success = order::relaxed;
  order failure = order::relaxed;
  std::uint64_t operand = 1;
  std::uint64_t expected = 0;
  bool adds_last = false;    // the operand grows by what the thread read last
  int only_if_last = -1;     // skipped unless that is so
};

struct random_program {
  std::vector<std::vector<step>> threads;
  std::vector<model::thread_group> groups;
};

constexpr int locations = 2;
const random_program* exploring = nullptr;

struct machine {
  struct word {
    alignas(8) std::uint64_t place = 0;
  };
  word memory[locations];
  word pointers;
  env::plain<int> data;
  model::mutex mutex;

  machine() {
    for (word& w : memory) model::calls::construct_atomic(&w, 0);
    model::calls::construct_atomic(&pointers, 0);
  }

  static std::uint64_t access(const void* at, operation_kind kind, const step& s,
                              std::uint64_t operand) {
    model::operation op;
    op.kind = kind;
    op.success = s.success;
    op.failure = s.failure;
    op.operand = operand;
    op.expected = s.expected;
    op.weak = s.kind == what::weak_compare_exchange;
    op.site = "step";
    return model::calls::atomic_access(at, op);
  }

  void thread(int id) {
    std::uint64_t last = 0;
    word* own = nullptr;
    bool locked = false;
    for (const step& s : exploring->threads[static_cast<std::size_t>(id)]) {
      if (s.only_if_last >= 0 && last != static_cast<std::uint64_t>(s.only_if_last)) continue;
      const std::uint64_t operand = s.operand + (s.adds_last ? last % 4 : 0);
      const word* at = &memory[s.location];
      switch (s.kind) {
        case what::load: last = access(at, operation_kind::load, s, 0); break;
        case what::store: access(at, operation_kind::store, s, operand); break;
        case what::add: last = access(at, operation_kind::fetch_add, s, operand); break;
        case what::exchange: last = access(at, operation_kind::exchange, s, operand); break;
        case what::compare_exchange:
        case what::weak_compare_exchange:
          last = access(at, operation_kind::compare_exchange, s, operand);
          break;
        case what::fence: model::calls::fence(s.success, "fence"); break;
        case what::wait_change:
          while ((last = access(at, operation_kind::load, s, 0)) == s.expected) env::pause();
          break;
        case what::await: last = access(at, operation_kind::await_change, s, 0); break;
        case what::choose: last = static_cast<std::uint64_t>(model::calls::choose(2)); break;
        case what::plain_read: last = static_cast<std::uint64_t>(data.read()); break;
        case what::plain_write: data.write(static_cast<int>(operand)); break;
        case what::lock:
          if (!locked) mutex.lock();
          locked = true;
          break;
        case what::unlock:
          if (locked) mutex.unlock();
          locked = false;
          break;
        case what::own_store:
          if (own == nullptr) {
            own = static_cast<word*>(env::allocate(sizeof(word), alignof(word)));
            model::calls::construct_atomic(own, 0);
          }
          access(own, operation_kind::store, s, operand);
          break;
        case what::own_load:
          if (own != nullptr) last = access(own, operation_kind::load, s, 0);
          break;
        case what::publish:
          if (own != nullptr) {
            access(&pointers, operation_kind::store, s, reinterpret_cast<std::uintptr_t>(own));
          }
          break;
        case what::follow: {
          const std::uint64_t found = access(&pointers, operation_kind::load, s, 0);
          if (found != 0) {
            last = access(reinterpret_cast<const void*>(found), operation_kind::fetch_add, s, 1);
          }
          break;
        }
        case what::kinds: break;
      }
    }
    if (locked) mutex.unlock();
  }
};

class generator {
 public:
  explicit generator(unsigned seed) : random_(seed) {}

  random_program next() {
    random_program p;
    static const std::vector<std::vector<int>> shapes = {{2}, {3}, {1, 2}, {2, 1}, {2, 2}, {1, 3}};
    const std::vector<int>& shape = shapes[pick(shapes.size())];
    std::size_t all = 0;
    for (const int n : shape) all += static_cast<std::size_t>(n);
    for (const int n : shape) {
      const std::size_t most = all == 2 ? 5 : all == 3 ? 3 : 2;
      std::vector<step> body;
      for (std::size_t left = 1 + pick(most); left > 0; --left) body.push_back(any_step());
      if (n > 1) p.groups.push_back({static_cast<int>(p.threads.size()), n});
      for (int t = 0; t < n; ++t) p.threads.push_back(body);
    }
    return p;
  }
  model::memory_model memory_model() {
    using enum model::memory_model;
    static constexpr model::memory_model models[] = {rc11_20, rc11, sc, tso};
    return models[pick(4)];
  }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }
  order pick(std::vector<order> orders) { return orders[pick(orders.size())]; }

  step any_step() {
    using enum order;
    // Some kinds are useful more often than others.
    static constexpr what kinds[] = {
        what::load,        what::load,       what::load,   what::store,    what::store,
        what::add,         what::add,        what::exchange, what::compare_exchange,
        what::compare_exchange, what::weak_compare_exchange, what::fence, what::wait_change,
        what::await,       what::choose,     what::plain_read, what::plain_write, what::lock,
        what::unlock,      what::own_store,  what::own_store,  what::own_load, what::publish,
        what::follow};
    step s;
    s.kind = kinds[pick(std::size(kinds))];
    s.location = static_cast<int>(pick(locations));
    s.success = pick({relaxed, relaxed, acquire, release, seq_cst});
    const bool only_reads = s.kind == what::load || s.kind == what::wait_change ||
                            s.kind == what::await || s.kind == what::own_load;
    if (only_reads && s.success == release) s.success = relaxed;
    const bool stores = s.kind == what::store || s.kind == what::own_store ||
                        s.kind == what::publish;
    if (stores && s.success == acquire) s.success = release;
    if (s.kind == what::fence) s.success = pick({acquire, release, seq_cst});
    if (s.kind == what::publish) s.success = pick({relaxed, release});
    if (s.kind == what::follow) s.success = pick({relaxed, acquire});
    s.operand = 1 + pick(2);
    s.expected = pick(2);
    s.adds_last = pick(4) == 0;
    s.only_if_last = pick(4) == 0 ? static_cast<int>(pick(3)) : -1;
    return s;
  }

  std::mt19937 random_;
};

model::program program_of(const random_program& p) {
  auto m = model::program_of_threads<machine>(static_cast<int>(p.threads.size()));
  for (const model::thread_group& g : p.groups) m.symmetric[m.symmetric_groups++] = g;
  return m;
}

struct explored {
  model::verdict verdict;
  std::set<std::string> keys;
};

explored explore(const random_program& p, model::memory_model m, bool on) {
  exploring = &p;
  const model::program program = program_of(p);
  model::canonical_graphs graphs(program);
  model::options o;
  o.model = m;
  o.symmetry = on;
  o.count_duplicates = true;
  o.minimise = 0;
  o.spurious_failures = 1;
  o.max_executions = 4000;
  o.watched_by = &graphs;
  explored result;
  result.verdict = model::check(program, o);
  result.keys = graphs.keys();
  return result;
}

// A race or another failure stops a check; which one is met first depends on the order.
bool same_end(const model::verdict& a, const model::verdict& b) {
  const bool failed = a.kind == model::verdict_kind::fail;
  return a.kind == b.kind && (!failed || b.kind == model::verdict_kind::fail);
}

TEST(SymmetryRandom, OnAndOffHaveTheSameGraphsUpToPermutations) {
  const unsigned first = model::number_given("WYN_SYMMETRY_SEED", 1);
  const unsigned programs = model::number_given("WYN_SYMMETRY_PROGRAMS", 1500);
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::uint64_t all = 0;
  std::uint64_t reduced = 0;
  std::uint64_t classes = 0;
  for (unsigned seed = first; seed < first + programs; ++seed) {
    generator g(seed);
    const random_program p = g.next();
    const model::memory_model m = g.memory_model();
    const explored off = explore(p, m, false);
    if (off.verdict.kind == model::verdict_kind::bounded) continue;  // too large
    const explored on = explore(p, m, true);
    SCOPED_TRACE("WYN_SYMMETRY_SEED=" + std::to_string(seed) + " " + to_string(m));
    ASSERT_TRUE(same_end(off.verdict, on.verdict))
        << off.verdict.report << "\n" << on.verdict.report;
    ASSERT_EQ(on.verdict.duplicates, 0u);
    if (off.verdict.kind != model::verdict_kind::pass) {
      failed += off.verdict.kind == model::verdict_kind::fail ? 1 : 0;
      continue;
    }
    ASSERT_EQ(off.keys, on.keys);
    ASSERT_GE(on.verdict.executions, off.keys.size());
    ASSERT_LE(on.verdict.executions, off.verdict.executions);
    ++passed;
    all += off.verdict.executions;
    reduced += on.verdict.executions;
    classes += off.keys.size();
  }
  std::printf("%u programs: %llu passed, %llu failed; executions %llu, with reduction %llu, "
              "classes %llu\n",
              programs, static_cast<unsigned long long>(passed),
              static_cast<unsigned long long>(failed), static_cast<unsigned long long>(all),
              static_cast<unsigned long long>(reduced), static_cast<unsigned long long>(classes));
  EXPECT_LT(reduced, all) << "no program had any symmetry";
}

}  // namespace
}  // namespace wyn

// A loop that waits leaves no failed iteration in any graph. That reduction loses nothing and adds
// nothing: the same program whose failed iterations are recorded has the same complete graphs, once
// these iterations are taken out. (A checker that loses executions here loses them in spin locks;
// GenMC v0.11 by default finds one of the six orders in which three threads take a TTAS lock.)
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "models/checker/program.h"
#include "models/checker/run/execution.h"
#include "models/checker/run/signal_guard.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using model::event;
using model::event_kind;
using model::event_ref;
using model::graph;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};
constexpr site<"acq_rel", order::acq_rel> acq_rel{};
constexpr site<"seq_cst", order::seq_cst> seq_cst{};

// The failed iterations of one loop that are recorded; a thread that wants more is given up.
constexpr int recorded_failures = 2;

// Choices of one alternative mark where an iteration begins (one), fails (one), succeeds (three).
void mark(int times) {
  for (int i = 0; i < times; ++i) env::choose(1);
}

template <bool Reduced, class Iteration>
void wait_until(Iteration succeeds) {
  if constexpr (Reduced) {
    while (!succeeds()) env::pause();
    return;
  }
  for (int failures = 0; failures <= recorded_failures; ++failures) {
    mark(1);
    if (succeeds()) return mark(3);
    mark(1);
  }
  env::assume(false);
}

// For each thread the events that remain when marks and failed iterations are taken out. Behind a
// mark that begins an iteration come its events, and then two marks if it failed and the next one
// begins, three if it succeeded, four if another loop begins behind it.
std::vector<event_ref> essential_events(const graph& g, int t) {
  std::vector<event_ref> kept;
  std::vector<event_ref> iteration;
  bool inside = false;
  for (int i = 0; i < g.size(t);) {
    int marks = 0;
    while (i < g.size(t) && g.at(t, i).kind == event_kind::choice) ++marks, ++i;
    if (inside && marks >= 3) kept.insert(kept.end(), iteration.begin(), iteration.end());
    if (marks > 0) iteration.clear();
    if (marks > 0) inside = marks != 3;
    if (i == g.size(t)) break;
    (inside ? iteration : kept).push_back(model::make_ref(t, i++));
  }
  return kept;
}

// A key of what remains of `g`: where reads read from, the values, and the order of the writes.
std::string key_of(const graph& g) {
  std::vector<std::vector<event_ref>> rows;
  std::set<event_ref> kept;
  for (int t = 0; t < g.threads(); ++t) {
    rows.push_back(essential_events(g, t));
    kept.insert(rows.back().begin(), rows.back().end());
  }
  const auto name = [&](event_ref r) -> std::string {
    if (r == model::initial_write) return "i";
    const auto& row = rows[static_cast<std::size_t>(model::thread_of(r))];
    for (std::size_t n = 0; n < row.size(); ++n) {
      if (row[n] == r) return std::to_string(model::thread_of(r)) + "." + std::to_string(n);
    }
    return "removed";  // by no event that remains: a failed iteration leaves what it read
  };
  std::string key;
  for (const auto& row : rows) {
    for (const event_ref r : row) {
      const event& e = g.at(r);
      key += std::to_string(static_cast<int>(e.kind)) + "," + std::to_string(e.location) + ",";
      if (model::reads(e.kind)) key += name(e.reads_from);
      key += "=" + std::to_string(e.value_read) + ">" + std::to_string(e.value_written) + " ";
    }
    key += "|";
  }
  for (std::uint32_t l = 0; l < g.mo().locations(); ++l) {
    for (std::uint32_t p = 1; p <= g.mo().last(l); ++p) {
      if (kept.count(g.mo().at(l, p)) != 0) key += name(g.mo().at(l, p)) + "<";
    }
    key += "/";
  }
  return key;
}

struct explored {
  std::set<std::string> keys;
  std::size_t complete = 0;
};

template <class Program>
explored explore(model::memory_model m) {
  const model::program p = model::program_of<Program>();
  model::options o;
  o.model = m;
  const model::signal_guard guard;
  const model::thread_guard this_thread(o.max_silent_seconds);
  model::work_list work;
  model::execution run(p, o, work);
  explored result;
  work.push(std::make_unique<graph>(Program::threads));
  while (!work.empty()) {
    model::work_list::item g = work.pop();
    const auto end = run.run(*g);
    EXPECT_NE(end, model::execution::result::stopped) << run.stop_text();
    if (end == model::execution::result::complete) {
      ++result.complete;
      result.keys.insert(key_of(*g));
    }
    work.drop(std::move(g));
  }
  return result;
}

template <template <bool> class Program>
void expect_same_graphs(std::size_t graphs) {
  using model::memory_model;
  for (const auto m : {memory_model::rc11_20, memory_model::rc11, memory_model::sc,
                       memory_model::tso}) {
    const explored on = explore<Program<true>>(m);
    const explored off = explore<Program<false>>(m);
    EXPECT_EQ(on.keys, off.keys) << to_string(m);
    EXPECT_EQ(on.complete, on.keys.size()) << "a failed iteration is left in a graph";
    EXPECT_GT(off.complete, off.keys.size()) << "the other program records no failed iteration";
    if (m == memory_model::rc11_20) {
      EXPECT_EQ(on.complete, graphs);
    }
  }
}

template <bool Reduced>
struct flag {
  static constexpr int threads = 2;
  env::atomic<int> data, ready;
  void thread(int id) {
    if (id == 0) {
      data.store(1, relaxed);
      return ready.store(1, release);
    }
    wait_until<Reduced>([&] { return ready.load(acquire) == 1; });
    env::check(data.load(relaxed) == 1, "what was written before the flag");
  }
};

// Relaxed: which of the values the reader sees afterwards is open.
template <bool Reduced>
struct relaxed_flag {
  static constexpr int threads = 3;
  env::atomic<int> data, ready;
  void thread(int id) {
    if (id == 0) return data.store(1, relaxed), ready.store(1, relaxed);
    if (id == 1) return ready.store(2, relaxed);
    wait_until<Reduced>([&] { return ready.load(relaxed) != 0; });
    data.load(relaxed);
  }
};

template <bool Reduced>
struct two_flags {
  static constexpr int threads = 3;
  env::atomic<int> x, y;
  void thread(int id) {
    if (id < 2) return (id == 0 ? x : y).store(1, release);
    wait_until<Reduced>([&] { return x.load(acquire) == 1 && y.load(acquire) == 1; });
  }
};

template <bool Reduced>
struct ping_pong {
  static constexpr int threads = 2;
  env::atomic<int> turn;
  void thread(int id) {
    for (int k = 0; k < 2; ++k) {
      wait_until<Reduced>([&] { return turn.load(acquire) == 2 * k + id; });
      turn.store(2 * k + id + 1, release);
    }
  }
};

// What a critical section does: two accesses that would show a lost order.
struct counted {
  env::atomic<int> counter;
  void enter() {
    const int n = counter.load(relaxed);
    counter.store(n + 1, relaxed);
  }
};

template <int Threads, bool Reduced>
struct ttas_lock : counted {
  static constexpr int threads = Threads;
  env::atomic<int> locked;
  void thread(int) {
    wait_until<Reduced>([&] {
      int free = 0;
      return locked.load(relaxed) == 0 && locked.compare_exchange(free, 1, acq_rel);
    });
    enter();
    locked.store(0, release);
  }
};
template <bool Reduced>
using ttas_of_two = ttas_lock<2, Reduced>;
template <bool Reduced>
using ttas_of_three = ttas_lock<3, Reduced>;

template <bool Reduced>
struct cas_lock : counted {
  static constexpr int threads = 3;
  env::atomic<int> locked;
  void thread(int) {
    wait_until<Reduced>([&] {
      int free = 0;
      return locked.compare_exchange(free, 1, acq_rel);
    });
    enter();
    locked.store(0, release);
  }
};

template <bool Reduced>
struct ticket_lock : counted {
  static constexpr int threads = 3;
  env::atomic<int> next, serving;
  void thread(int) {
    const int mine = next.fetch_add(1, relaxed);
    wait_until<Reduced>([&] { return serving.load(acquire) == mine; });
    enter();
    serving.store(mine + 1, release);
  }
};

template <bool Reduced>
struct peterson : counted {
  static constexpr int threads = 2;
  env::atomic<int> wants[2], turn;
  void thread(int id) {
    wants[id].store(1, seq_cst);
    turn.store(1 - id, seq_cst);
    wait_until<Reduced>(
        [&] { return wants[1 - id].load(seq_cst) == 0 || turn.load(seq_cst) == id; });
    enter();
    wants[id].store(0, seq_cst);
  }
};

// A queue of waiters, each on a word of its own (MCS).
template <bool Reduced>
struct mcs_lock : counted {
  static constexpr int threads = 2;
  env::atomic<int> tail, next[3], waits[3];
  void thread(int id) {
    const int me = id + 1;
    waits[me].store(1, relaxed);
    const int before = tail.exchange(me, acq_rel);
    if (before != 0) {
      next[before].store(me, release);
      wait_until<Reduced>([&] { return waits[me].load(acquire) == 0; });
    }
    enter();
    int last = me;
    if (next[me].load(acquire) == 0 && tail.compare_exchange(last, 0, acq_rel)) return;
    int after = 0;
    wait_until<Reduced>([&] { return (after = next[me].load(acquire)) != 0; });
    waits[after].store(0, release);
  }
};

template <bool Reduced>
struct barrier {
  static constexpr int threads = 3;
  env::atomic<int> arrived, sense;
  void thread(int) {
    if (arrived.fetch_add(1, acq_rel) == 2) return sense.store(1, release);
    wait_until<Reduced>([&] { return sense.load(acquire) == 1; });
  }
};

template <bool Reduced>
struct seqlock {
  static constexpr int threads = 2;
  env::atomic<int> sequence, a, b;
  void thread(int id) {
    if (id == 0) {
      sequence.store(1, relaxed);
      env::fence(release);
      a.store(1, relaxed);
      b.store(1, relaxed);
      return sequence.store(2, release);
    }
    wait_until<Reduced>([&] {
      const int before = sequence.load(acquire);
      const int sum = a.load(relaxed) + b.load(relaxed);
      env::fence(acquire);
      const bool good = before % 2 == 0 && sequence.load(relaxed) == before;
      if (good) env::check(sum % 2 == 0, "both or neither");
      return good;
    });
  }
};

TEST(AwaitReduction, Flag) { expect_same_graphs<flag>(1); }
TEST(AwaitReduction, RelaxedFlag) { expect_same_graphs<relaxed_flag>(8); }
TEST(AwaitReduction, TwoFlags) { expect_same_graphs<two_flags>(1); }
TEST(AwaitReduction, PingPong) { expect_same_graphs<ping_pong>(1); }
TEST(AwaitReduction, TtasLockOfTwo) { expect_same_graphs<ttas_of_two>(4); }
TEST(AwaitReduction, TtasLockOfThree) { expect_same_graphs<ttas_of_three>(36); }
TEST(AwaitReduction, CasLock) { expect_same_graphs<cas_lock>(6); }
TEST(AwaitReduction, TicketLock) { expect_same_graphs<ticket_lock>(6); }
TEST(AwaitReduction, Peterson) { expect_same_graphs<peterson>(4); }
TEST(AwaitReduction, McsLock) { expect_same_graphs<mcs_lock>(6); }
TEST(AwaitReduction, Barrier) { expect_same_graphs<barrier>(6); }
TEST(AwaitReduction, Seqlock) { expect_same_graphs<seqlock>(2); }

}  // namespace
}  // namespace wyn

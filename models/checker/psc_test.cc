// The seq_cst axiom among few events, and among so many that a set of them is no single word.
#include <gtest/gtest.h>

#include <cstdint>

#include "models/checker/checker.h"
#include "models/env/env_checker.h"

namespace wyn::model {
namespace {

using env = env_checker;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"seq_cst", order::seq_cst> seq_cst{};

// Each thread begins with so many seq_cst stores that no other thread looks at.
template <int Stores>
struct prelude {
  void run(int id) {
    for (int i = 0; i < Stores; ++i) own[id].store(i, seq_cst);
  }
  env::atomic<int> own[4];
};

template <order First, order Second, int Stores>
struct fenced_store_buffering : prelude<Stores> {
  static constexpr int threads = 2;
  static constexpr site<"first fence", First> first{};
  static constexpr site<"second fence", Second> second{};

  void thread(int id) {
    this->run(id);
    (id == 0 ? x : y).store(1, relaxed);
    if (id == 0) env::fence(first);
    else env::fence(second);
    (id == 0 ? y : x).load(relaxed);
  }
  env::atomic<int> x, y;
};

template <order Store, order Load, int Stores>
struct store_buffering : prelude<Stores> {
  static constexpr int threads = 2;
  static constexpr site<"store", Store> store{};
  static constexpr site<"load", Load> load{};

  void thread(int id) {
    this->run(id);
    (id == 0 ? x : y).store(1, store);
    (id == 0 ? y : x).load(load);
  }
  env::atomic<int> x, y;
};

// Two writers, and two readers that see them in either order.
template <bool Fences, int Stores>
struct two_readers : prelude<Stores> {
  static constexpr int threads = 4;

  void thread(int id) {
    this->run(id);
    if (id < 2) return (id == 0 ? x : y).store(1, seq_cst);
    if constexpr (Fences) {
      (id == 2 ? x : y).load(relaxed);
      env::fence(seq_cst);
      (id == 2 ? y : x).load(relaxed);
    } else {
      (id == 2 ? x : y).load(seq_cst);
      (id == 2 ? y : x).load(seq_cst);
    }
  }
  env::atomic<int> x, y;
};

// A fence before the write that is read, and a read-modify-write between accesses.
template <int Stores>
struct fence_and_exchange : prelude<Stores> {
  static constexpr int threads = 2;

  void thread(int id) {
    this->run(id);
    if (id == 0) {
      x.store(1, relaxed);
      env::fence(seq_cst);
      y.load(relaxed);
    } else {
      y.exchange(1, seq_cst);
      x.load(seq_cst);
    }
  }
  env::atomic<int> x, y;
};

template <class Program>
std::uint64_t executions() {
  const verdict v = check<Program>();
  EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
  return v.executions;
}

template <int Stores>
void expect_known_counts() {
  using enum order;
  EXPECT_EQ((executions<store_buffering<order::seq_cst, order::seq_cst, Stores>>()), 3u);
  EXPECT_EQ((executions<store_buffering<release, order::seq_cst, Stores>>()), 4u);
  EXPECT_EQ(
      (executions<fenced_store_buffering<order::seq_cst, order::seq_cst, Stores>>()), 3u);
  EXPECT_EQ((executions<fenced_store_buffering<order::seq_cst, acq_rel, Stores>>()), 4u);
  EXPECT_EQ((executions<fenced_store_buffering<light, heavy, Stores>>()), 3u);
  EXPECT_EQ((executions<fenced_store_buffering<heavy, heavy, Stores>>()), 3u);
  EXPECT_EQ((executions<fenced_store_buffering<light, light, Stores>>()), 4u);
  EXPECT_EQ((executions<fenced_store_buffering<light, order::seq_cst, Stores>>()), 4u);
  EXPECT_EQ((executions<two_readers<false, Stores>>()), 15u);
  EXPECT_EQ((executions<two_readers<true, Stores>>()), 15u);
  EXPECT_EQ((executions<fence_and_exchange<Stores>>()), 3u);
}

TEST(Psc, ForbidsWhatItShouldAmongFewEvents) { expect_known_counts<0>(); }

TEST(Psc, ForbidsTheSameAmongMoreThanSixtyFour) { expect_known_counts<40>(); }

}  // namespace
}  // namespace wyn::model

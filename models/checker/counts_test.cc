// Golden numbers of executions, equal to those of GenMC (rc11) and of the brute-force enumerator
// behind models/litmus, on programs that were published or that the core ships.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <string>

#include "models/checker/gtest.h"
#include "models/checker/testing/small_programs.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};
constexpr site<"acq_rel", order::acq_rel> acq_rel{};
constexpr site<"seq_cst", order::seq_cst> seq_cst{};
constexpr site<"release/relaxed", order::release, order::relaxed> release_or_relaxed{};
constexpr site<"seq_cst/relaxed", order::seq_cst, order::relaxed> seq_cst_or_relaxed{};

// Two threads compute Fibonacci numbers from each other's; a third looks (SV-COMP's fib_bench).
struct fib_bench {
  static constexpr int threads = 3;
  env::atomic<int> i{1}, j{1};

  void thread(int id) {
    if (id == 2) {
      env::check(i.load(acquire) <= 144 && j.load(acquire) <= 144, "at most the 12th number");
      return;
    }
    for (int k = 0; k < 5; ++k) {
      const int sum = i.load(acquire) + j.load(acquire);
      (id == 0 ? i : j).store(sum, release);
    }
  }
};

// The client of Chase-Lev that GenMC was run on: a ring of ten slots that does not grow.
template <int Pushes, int Pops, int Thieves>
struct chase_lev_client {
  static constexpr int threads = 1 + Thieves;
  env::atomic<unsigned> top, bottom;
  env::atomic<int> slots[10];
  env::atomic<int> taken[16];

  void take(int v) {
    env::check(v > 0 && v < 16, "an item that was pushed");
    env::check(taken[v].fetch_add(1, relaxed) == 0, "no item is taken twice");
  }
};

// Mistakes that were made in published code.
enum class mistake {
  none,
  release_store,  // push has a release store in place of a release fence; pop's stores are relaxed
  no_pop_fence,
};

template <int Pushes, int Pops, int Thieves, int MorePushes = 0, mistake Made = mistake::none>
struct fence_form : chase_lev_client<Pushes, Pops, Thieves> {
  void push(int v) {
    const unsigned b = this->bottom.load(relaxed);
    const unsigned t = this->top.load(acquire);
    if (static_cast<int>(b - t) >= 10) return;
    this->slots[b % 10].store(v, relaxed);
    if constexpr (Made == mistake::release_store) {
      this->bottom.store(b + 1, release);
    } else {
      env::fence(release);
      this->bottom.store(b + 1, relaxed);
    }
  }
  void pop() {
    const unsigned b = this->bottom.load(relaxed);
    this->bottom.store(b - 1, relaxed);
    if constexpr (Made != mistake::no_pop_fence) env::fence(seq_cst);
    unsigned t = this->top.load(relaxed);
    const int length = static_cast<int>(b - t);
    if (length <= 0) return this->bottom.store(b, relaxed);
    const int v = this->slots[(b - 1) % 10].load(relaxed);
    if (length > 1) return this->take(v);
    const bool won = this->top.compare_exchange(t, t + 1, acq_rel);
    this->bottom.store(b, relaxed);
    if (won) this->take(v);
  }
  void steal() {
    unsigned t = this->top.load(relaxed);
    env::fence(seq_cst);
    const unsigned b = this->bottom.load(acquire);
    if (static_cast<int>(b - t) <= 0) return;
    const int v = this->slots[t % 10].load(relaxed);
    if (this->top.compare_exchange(t, t + 1, release_or_relaxed)) this->take(v);
  }
  void thread(int id) {
    if (id != 0) return steal();
    for (int k = 0; k < Pushes; ++k) push(k + 1);
    for (int k = 0; k < Pops; ++k) pop();
    for (int k = 0; k < MorePushes; ++k) push(Pushes + k + 1);
  }
};

template <int Pushes, int Pops, int Thieves>
struct fence_free_form : chase_lev_client<Pushes, Pops, Thieves> {
  void push(int v) {
    const unsigned b = this->bottom.load(relaxed);
    const unsigned t = this->top.load(acquire);
    if (static_cast<int>(b - t) >= 10) return;
    this->slots[b % 10].store(v, relaxed);
    this->bottom.store(b + 1, release);
  }
  void pop() {
    const unsigned b = this->bottom.load(relaxed);
    this->bottom.store(b - 1, seq_cst);
    unsigned t = this->top.load(seq_cst);
    const int length = static_cast<int>(b - t);
    if (length <= 0) return this->bottom.store(b, release);
    const int v = this->slots[(b - 1) % 10].load(relaxed);
    if (length > 1) return this->take(v);
    const bool won = this->top.compare_exchange(t, t + 1, seq_cst_or_relaxed);
    this->bottom.store(b, release);
    if (won) this->take(v);
  }
  void steal() {
    unsigned t = this->top.load(seq_cst);
    const unsigned b = this->bottom.load(seq_cst);
    if (static_cast<int>(b - t) <= 0) return;
    const int v = this->slots[t % 10].load(relaxed);
    if (this->top.compare_exchange(t, t + 1, seq_cst_or_relaxed)) this->take(v);
  }
  void thread(int id) {
    if (id != 0) return steal();
    for (int k = 0; k < Pushes; ++k) push(k + 1);
    for (int k = 0; k < Pops; ++k) pop();
  }
};

MODEL_TEST(Counts, FibBench, (fib_bench), executions(525630));

MODEL_TEST(Counts, ChaseLevOneItemOneThief, (fence_form<1, 1, 1>), executions(8));
MODEL_TEST(Counts, ChaseLevTwoItemsOneThief, (fence_form<2, 2, 1>), executions(18));
MODEL_TEST(Counts, ChaseLevTwoItemsTwoThieves, (fence_form<2, 2, 2>), executions(348));
MODEL_TEST(Counts, ChaseLevThreeItemsThreeThieves, (fence_form<3, 3, 3>), executions(42268));
MODEL_TEST(Counts, ChaseLevSevenItemsOneThief, (fence_form<5, 3, 1, 2>), executions(59));
MODEL_TEST(Counts, ChaseLevFourItemsThreeThieves, (fence_form<4, 4, 3>), executions(142668));
MODEL_TEST(Counts, ChaseLevWithoutFences, (fence_free_form<3, 3, 3>), executions(37408));

// GenMC and Nidhugg agree on these.
constexpr model::memory_model sc = model::memory_model::sc;
constexpr model::memory_model tso = model::memory_model::tso;

MODEL_TEST(CountsUnderSc, FibBench, (fib_bench), executions(218243), {.model = sc});
MODEL_TEST(CountsUnderSc, TwoThieves, (fence_form<2, 2, 2>), executions(332), {.model = sc});
MODEL_TEST(CountsUnderSc, ThreeThieves, (fence_form<3, 3, 3>), executions(37201), {.model = sc});
MODEL_TEST(CountsUnderSc, WithoutFences, (fence_free_form<3, 3, 3>), executions(37201),
           {.model = sc});
MODEL_TEST(CountsUnderTso, TwoThieves, (fence_form<2, 2, 2>), executions(332), {.model = tso});
MODEL_TEST(CountsUnderTso, ThreeThieves, (fence_form<3, 3, 3>), executions(37408),
           {.model = tso});

MODEL_TEST(CountsUnderSc, OneItem, (fence_form<1, 1, 1>), executions(8), {.model = sc});
MODEL_TEST(CountsUnderSc, TwoItems, (fence_form<2, 2, 1>), executions(18), {.model = sc});
MODEL_TEST(CountsUnderSc, SevenItems, (fence_form<5, 3, 1, 2>), executions(59), {.model = sc});
MODEL_TEST(CountsUnderTso, OneItem, (fence_form<1, 1, 1>), executions(8), {.model = tso});
MODEL_TEST(CountsUnderTso, TwoItems, (fence_form<2, 2, 1>), executions(18), {.model = tso});
MODEL_TEST(CountsUnderTso, SevenItems, (fence_form<5, 3, 1, 2>), executions(59), {.model = tso});

// The release sequence that C++20 dropped: right under every model but the language's.
using release_store_form = fence_form<2, 2, 1, 0, mistake::release_store>;
constexpr model::memory_model rc11 = model::memory_model::rc11;
MODEL_TEST(ReleaseStore, IsRightUnderSc, (release_store_form), executions(18), {.model = sc});
MODEL_TEST(ReleaseStore, IsRightUnderTso, (release_store_form), executions(18), {.model = tso});
MODEL_TEST(ReleaseStore, IsRightUnderRc11AsPublished, (release_store_form), executions(18),
           {.model = rc11});
TEST(ReleaseStore, HandsOutAnEmptySlotUnderCpp20) {
  const model::verdict v = model::check<release_store_form>();
  EXPECT_EQ(v.failure, model::failure::assertion);
  EXPECT_EQ(v.message, "assertion: an item that was pushed");
  EXPECT_NE(v.report.find("fails here"), std::string::npos) << v.report;
}

// Without the fence in pop the last item is handed out twice; only interleavings do not show it.
using no_pop_fence_form = fence_form<2, 2, 2, 0, mistake::no_pop_fence>;
MODEL_TEST(NoPopFence, IsRightUnderSc, (no_pop_fence_form), executions(332), {.model = sc});
MODEL_TEST_FAILS(NoPopFence, HandsOutAnItemTwiceUnderTso, (no_pop_fence_form),
                 model::failure::assertion, {.model = tso});
TEST(NoPopFence, HandsOutAnItemTwice) {
  const model::verdict v = model::check<no_pop_fence_form>();
  EXPECT_EQ(v.failure, model::failure::assertion);
  EXPECT_EQ(v.message, "assertion: no item is taken twice");
}

// RC11 as published adds synchronisation; here none of it shows.
MODEL_TEST(CountsUnderRc11, ThreeThieves, (fence_form<3, 3, 3>), executions(42268),
           {.model = model::memory_model::rc11});

template <class Program>
void expect_no_duplicates(model::memory_model m = model::memory_model::rc11_20) {
  model::options o;
  o.model = m;
  o.count_duplicates = true;
  const model::verdict v = model::check<Program>(o);
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
  EXPECT_EQ(v.duplicates, 0u);
  EXPECT_EQ(v.runs, v.executions + v.blocked);
}

TEST(Duplicates, NoneWithFences) { expect_no_duplicates<fence_form<3, 3, 3>>(); }
TEST(Duplicates, NoneWithoutFences) { expect_no_duplicates<fence_free_form<3, 3, 3>>(); }

TEST(Duplicates, NoneUnderSc) { expect_no_duplicates<fence_form<3, 3, 3>>(sc); }
TEST(Duplicates, NoneUnderTso) { expect_no_duplicates<fence_form<3, 3, 3>>(tso); }

// What expect_pass() objects to: "" for nothing.
std::string objection(const model::verdict& v, const model::executions& golden) {
  ::testing::TestPartResultArray results;
  {
    ::testing::ScopedFakeTestPartResultReporter reporter(
        ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
    model::detail::expect_pass(v, golden);
  }
  EXPECT_LE(results.size(), 1);
  return results.size() == 0 ? "" : results.GetTestPartResult(0).message();
}

TEST(GoldenCount, FailureNamesExpectedAndActual) {
  const std::string said = objection(model::check<fence_form<1, 1, 1>>(), model::executions(9));
  EXPECT_NE(said.find("expected 9, actual 8"), std::string::npos) << said;
}

// Of the eight executions of this program one is no run of a machine of views.
TEST(GoldenCount, ExecutionsWithoutMachineRunHaveToBeStated) {
  using model::executions;
  const auto v =
      model::check<small_programs::isa2<order::seq_cst, order::seq_cst, order::relaxed>>();
  const std::string said = objection(v, executions(8));
  EXPECT_NE(said.find("expected 0, actual 1"), std::string::npos) << said;
  EXPECT_NE(said.find("executions(8).no_machine_run(1)"), std::string::npos) << said;
  EXPECT_EQ(objection(v, executions(8).no_machine_run(1)), "");
  EXPECT_NE(objection(v, executions(8).no_machine_run(2)), "");
}

}  // namespace
}  // namespace wyn

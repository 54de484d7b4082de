#include "models/checker/tools/load_buffering.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/testing/small_programs.h"

namespace wyn::model {
namespace {

using pairs = std::vector<std::string>;

template <class Program>
pairs pairs_of(options o = {}) {
  o.lint_load_buffering = true;
  return check<Program>(o).load_buffering;
}

template <order Load, order Store>
using crosswise = small_programs::load_buffering<Load, Store>;

TEST(LoadBuffering, OfTheLitmusTestIsReportedFromBothSides) {
  EXPECT_EQ((pairs_of<crosswise<order::relaxed, order::relaxed>>()),
            (pairs{"L1 first.load -> L2 first.store", "L3 second.load -> L4 second.store"}));
}

TEST(LoadBuffering, OneOrderedSideIsNotEnough) {
  options o;
  o.overrides = {{"L2", order::release, {}}};
  EXPECT_EQ((pairs_of<crosswise<order::relaxed, order::relaxed>>(o)),
            (pairs{"L3 second.load -> L4 second.store"}));
}

TEST(LoadBuffering, ReleaseStoresLeaveNone) {
  EXPECT_EQ((pairs_of<crosswise<order::relaxed, order::release>>()), pairs{});
}

TEST(LoadBuffering, AcquireLoadsLeaveNone) {
  EXPECT_EQ((pairs_of<crosswise<order::acquire, order::relaxed>>()), pairs{});
}

TEST(LoadBuffering, IsInTheReport) {
  options o;
  o.lint_load_buffering = true;
  const verdict v = check<crosswise<order::relaxed, order::relaxed>>(o);
  EXPECT_EQ(v.kind, verdict_kind::pass);
  EXPECT_NE(v.report.find("open to load buffering on hardware:\n"
                          "  L1 first.load -> L2 first.store\n"),
            std::string::npos)
      << v.report;
}

TEST(LoadBuffering, IsNotLookedForUnlessAsked) {
  EXPECT_TRUE((check<crosswise<order::relaxed, order::relaxed>>().load_buffering.empty()));
}

constexpr site<"load", order::relaxed> load{};
constexpr site<"store", order::relaxed> store{};
constexpr site<"add", order::relaxed> add{};

template <order Fence>
struct with_fence {
  static constexpr int threads = 2;
  static constexpr site<"fence", Fence> fence{};
  void thread(int id) {
    env_checker::atomic<int>& from = id == 0 ? x : y;
    env_checker::atomic<int>& to = id == 0 ? y : x;
    from.load(load);
    env_checker::fence(fence);
    to.store(1, store);
  }
  env_checker::atomic<int> x{0};
  env_checker::atomic<int> y{0};
};

TEST(LoadBuffering, AFenceOfEitherSideOrdersTheStep) {
  EXPECT_EQ(pairs_of<with_fence<order::none>>(), pairs{"load -> store"});
  EXPECT_EQ(pairs_of<with_fence<order::light>>(), pairs{"load -> store"});
  for (const pairs& p :
       {pairs_of<with_fence<order::acquire>>(), pairs_of<with_fence<order::release>>(),
        pairs_of<with_fence<order::seq_cst>>(), pairs_of<with_fence<order::heavy>>()}) {
    EXPECT_EQ(p, pairs{});
  }
}

// The written value never comes back: nobody who reads it writes what was read before.
struct one_way {
  static constexpr int threads = 3;
  void thread(int id) {
    if (id == 0) {
      x.load(load);
      y.store(1, store);
    } else if (id == 1) {
      y.load(load);
    } else {
      x.store(1, store);
    }
  }
  env_checker::atomic<int> x{0};
  env_checker::atomic<int> y{0};
};

TEST(LoadBuffering, AValueThatCannotComeBackIsLeftAlone) {
  EXPECT_EQ(pairs_of<one_way>(), pairs{});
}

// It comes back through a read-modify-write of a third thread.
struct through_an_addition {
  static constexpr int threads = 3;
  void thread(int id) {
    if (id == 0) {
      x.load(load);
      y.store(1, store);
    } else if (id == 1) {
      y.fetch_add(1, add);
      z.store(1, store);
    } else {
      z.load(load);
      x.store(1, store);
    }
  }
  env_checker::atomic<int> x{0};
  env_checker::atomic<int> y{0};
  env_checker::atomic<int> z{0};
};

TEST(LoadBuffering, ARoundOfThreeThreadsIsFound) {
  EXPECT_EQ(pairs_of<through_an_addition>(), (pairs{"add -> store", "load -> store"}));
}

// The second thread would write x if it ever found 1 there, which nobody writes.
struct thin_air {
  static constexpr int threads = 2;
  static constexpr site<"cas", order::relaxed> cas{};
  void thread(int id) {
    if (id == 0) {
      x.load(load);
      y.store(2, store);
    } else {
      int expected = 1;
      y.load(load);
      x.compare_exchange(expected, 2, cas);
    }
  }
  env_checker::atomic<int> x{0};
  env_checker::atomic<int> y{0};
};

TEST(LoadBuffering, ACompareExchangeThatFailsInEveryExecutionCountsAsAWrite) {
  EXPECT_EQ(pairs_of<thin_air>(), (pairs{"load -> cas", "load -> store"}));
  options o;
  o.overrides = {{"cas", order::release, {}}};
  EXPECT_EQ(pairs_of<thin_air>(o), pairs{"load -> store"});
}

// Both accesses go to one location: coherence orders them.
struct one_location {
  static constexpr int threads = 2;
  void thread(int) {
    x.load(load);
    x.store(1, store);
  }
  env_checker::atomic<int> x{0};
};

TEST(LoadBuffering, OneLocationIsNoMatter) { EXPECT_EQ(pairs_of<one_location>(), pairs{}); }

TEST(LoadBuffering, SeveralExplorersFindTheSame) {
  options o;
  o.jobs = 3;
  EXPECT_EQ(pairs_of<through_an_addition>(o), (pairs{"add -> store", "load -> store"}));
}

}  // namespace
}  // namespace wyn::model

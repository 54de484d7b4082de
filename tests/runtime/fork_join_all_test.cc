// fork_join of three functions and more.
#include <concepts>
#include <string>
#include <tuple>
#include <vector>

#include "core/runtime/wyn.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

TEST(ForkJoinAllResult, IsATupleInTheOrderOfTheFunctions) {
  for (const unsigned workers : {0u, 1u, 3u}) {
    runtime rt(with_workers(workers));
    const auto [number, text, letter, none] = rt.fork_join(
        [] { return 1; }, [] { return std::string("two"); }, [] { return 'c'; }, [] {});
    EXPECT_EQ(number, 1);
    EXPECT_EQ(text, "two");
    EXPECT_EQ(letter, 'c');
    static_assert(std::same_as<decltype(none), const std::monostate>);
  }
}

TEST(ForkJoinAllResult, OfVoidIsMonostateBesideAValueAndNothingIfAllAreVoid) {
  runtime rt(with_workers(1));
  std::atomic<int> calls{0};
  const auto call = [&] { calls.fetch_add(1); };
  const auto all = rt.fork_join(call, call, [&] { return 5; });
  static_assert(std::same_as<decltype(all), const std::tuple<std::monostate, std::monostate, int>>);
  EXPECT_EQ(std::get<2>(all), 5);
  const auto first = rt.fork_join([&] { return 6; }, call, call);
  EXPECT_EQ(std::get<0>(first), 6);
  static_assert(std::is_void_v<decltype(rt.fork_join(call, call, call))>);
  rt.fork_join(call, call, call, call, call);
  EXPECT_EQ(calls, 9);
}

TEST(ForkJoinAllResult, MayBeMoveOnly) {
  runtime rt(with_workers(2));
  const auto make = [](int n) { return [n] { return std::make_unique<int>(n); }; };
  const auto [a, b, c] = rt.fork_join(make(1), make(2), make(3));
  EXPECT_EQ(*a + *b + *c, 6);
}

TEST(ForkJoinAll, CallsRvaluesAsRvaluesAndLvaluesInPlace) {
  struct once {
    std::unique_ptr<int> n;
    std::unique_ptr<int> operator()() && { return std::move(n); }
  };
  struct counter {
    int calls = 0;
    void operator()() & { ++calls; }
  };
  runtime rt(with_workers(1));
  counter in_place;
  const auto [a, b, c] =
      rt.fork_join(once{std::make_unique<int>(1)}, in_place, once{std::make_unique<int>(3)});
  EXPECT_EQ(*a + *c, 4);
  EXPECT_EQ(in_place.calls, 1);
}

template <class... F>
concept joinable_here = requires(runtime& rt, F... f) {
  rt.fork_join(f...);
};
static_assert(joinable_here<void (*)(), void (*)(), void (*)()>);
static_assert(!joinable_here<void (*)(), void (*)(int), void (*)()>);
static_assert(!joinable_here<runtime*, void (*)(), void (*)()>);

TEST(ForkJoinAll, RunsTheFirstInTheCallerAndAllAtTheSameTimeIfThereAreThreads) {
  runtime rt(with_workers(3));
  for (int round = 0; round < 50; ++round) {
    std::atomic<int> running{0};
    std::vector<std::thread::id> threads(4);
    const auto meet = [&](std::size_t i) {
      return [&, i] {
        threads[i] = std::this_thread::get_id();
        running.fetch_add(1);
        spin_until([&] { return running == 4; });
      };
    };
    rt.fork_join(meet(0), meet(1), meet(2), meet(3));
    EXPECT_EQ(threads[0], std::this_thread::get_id());
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t k = 0; k < i; ++k) EXPECT_NE(threads[i], threads[k]);
    }
  }
}

// Whoever runs what, and however many of the later ones throw too.
TEST(ForkJoinAllException, IsThatOfTheFirstThatThrewWhenAllAreComplete) {
  for (const unsigned workers : {0u, 1u, 3u}) {
    runtime rt(with_workers(workers));
    for (unsigned throwing = 1; throwing < 16; ++throwing) {
      std::atomic<int> complete{0};
      const auto part = [&](int i) {
        return [&, i]() -> int {
          if (i % 2 == 1) std::this_thread::yield();
          complete.fetch_add(1);
          if ((throwing >> i & 1) != 0) throw i;
          return i;
        };
      };
      int thrown = -1;
      try {
        rt.fork_join(part(0), part(1), part(2), part(3));
      } catch (int i) {
        thrown = i;
      }
      EXPECT_EQ(thrown, __builtin_ctz(throwing));
      EXPECT_EQ(complete, 4);
    }
  }
}

TEST(ForkJoinAll, MayBeNestedInsideATaskAndOnTheDefaultRuntime) {
  struct tree {
    static int leaves(int levels) {
      if (levels == 0) return 1;
      const auto down = [=] { return leaves(levels - 1); };
      const auto [a, b, c] = wyn::fork_join(down, down, down);
      return a + b + c;
    }
  };
  runtime rt(with_workers(2));
  EXPECT_EQ(rt.submit([] { return tree::leaves(6); }).get(), 729);
  EXPECT_EQ(tree::leaves(5), 243);
}

}  // namespace
}  // namespace wyn::tests

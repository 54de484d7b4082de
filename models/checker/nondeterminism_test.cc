// What a program does not determine, and options let be explored: weak compare-exchanges that fail,
// waits that end, memory that is used again, choices before the threads.
#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <string>

#include "models/checker/gtest.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using model::failure;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};
constexpr site<"acq_rel", order::acq_rel> acq_rel{};

// ---- weak compare-exchange ----

struct exchanges_once {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  bool done[2] = {};
  void thread(int id) {
    int expected = 0;
    done[id] = n.compare_exchange_weak(expected, id + 1, acq_rel);
  }
};
MODEL_TEST(WeakCompareExchange, OneOfTwoSucceeds, (exchanges_once), executions(2));
// Either succeeds, and the other fails for a cause or without one; or both fail.
MODEL_TEST(WeakCompareExchange, EachMayFailWithoutACause, (exchanges_once), executions(5),
           {.spurious_failures = 1});
struct one_succeeds : exchanges_once {
  void after() { env::check(done[0] || done[1], "one of the two succeeds"); }
};
MODEL_TEST(WeakCompareExchange, OneSucceedsWithoutSpuriousFailures, (one_succeeds),
           executions(2));
MODEL_TEST_FAILS(WeakCompareExchange, BothMayFailWithoutACause, (one_succeeds),
                 failure::assertion, {.spurious_failures = 1});

struct counts_in_a_loop {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  void thread(int) {
    for (int seen = n.load(relaxed); !n.compare_exchange_weak(seen, seen + 1, relaxed);) {
    }
  }
  void after() { env::check(n.load(relaxed) == 2, "both increments count"); }
};
TEST(WeakCompareExchange, LoopStandsFailuresAndNoneIsExploredTwice) {
  std::uint64_t before = 0;
  for (int failures = 0; failures <= 2; ++failures) {
    model::options o;
    o.spurious_failures = failures;
    o.count_duplicates = true;
    const model::verdict v = model::check<counts_in_a_loop>(o);
    EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
    EXPECT_EQ(v.duplicates, 0u);
    EXPECT_EQ(v.blocked, 0u);
    EXPECT_GT(v.executions, before);
    before = v.executions;
  }
}

struct strong {
  static constexpr int threads = 1;
  env::atomic<int> n{0};
  void thread(int) {
    int expected = 0;
    env::check(n.compare_exchange(expected, 1, relaxed), "a strong one does not fail");
  }
};
MODEL_TEST(WeakCompareExchange, StrongOneNeverFailsWithoutACause, (strong), executions(1),
           {.spurious_failures = 3});

// Alone: it succeeds, or fails without a cause.
struct alone {
  static constexpr int threads = 1;
  env::atomic<int> n{0};
  void thread(int) {
    int expected = 0;
    const bool done = n.compare_exchange_weak(expected, 1, relaxed);
    env::check(expected == 0, "the value found is the value expected");
    env::check(n.load(relaxed) == (done ? 1 : 0), "it writes iff it succeeds");
  }
};
MODEL_TEST(WeakCompareExchange, FailsOrNot, (alone), executions(2), {.spurious_failures = 1});

// With a pause in the loop: what gave up is no iteration that waits.
struct pauses {
  static constexpr int threads = 1;
  env::atomic<int> n{0};
  void thread(int) {
    for (int e = 0; !n.compare_exchange_weak(e, 1, relaxed); e = 0) env::pause();
  }
};
MODEL_TEST(WeakCompareExchange, LoopThatPausesIsNoLivelock, (pauses), executions(4),
           {.spurious_failures = 3});

// ---- futex ----

template <bool Loop>
struct sleeper {
  static constexpr int threads = 2;
  env::atomic<std::uint64_t> word{0};
  void thread(int id) {
    if (id == 0) {
      do {
        env::wait_upper(word, 0);
      } while (Loop && word.load(acquire) == 0);
      env::check(word.load(acquire) != 0, "the wait ends by a wake call");
    } else {
      word.store(std::uint64_t{1} << 32, release);
      env::wake_upper(word, 1);
    }
  }
};
MODEL_TEST(WaitUpper, EndsByTheWakeCall, (sleeper<false>), executions(1));
MODEL_TEST_FAILS(WaitUpper, MayEndWithoutACause, (sleeper<false>), failure::assertion,
                 {.spurious_wakeups = 1});
MODEL_TEST(WaitUpper, LoopStandsIt, (sleeper<true>), executions(3), {.spurious_wakeups = 1});

// Two that sleep on one word, and a change that only one of them is woken for.
template <int Count, int Calls>
struct two_sleepers {
  static constexpr int threads = 3;
  env::atomic<std::uint64_t> word{0};
  void thread(int id) {
    if (id < 2) return env::wait_upper(word, 0);
    word.store(std::uint64_t{1} << 32, release);
    for (int i = 0; i < Calls; ++i) env::wake_upper(word, Count);
  }
};
MODEL_TEST_FAILS(WakeUpper, OneOfTwoSleepersIsLeft, (two_sleepers<1, 1>), failure::lost_wakeup);
MODEL_TEST(WakeUpper, ReachesAllUnlessLimited, (two_sleepers<1, 1>), executions(1),
           {.limited_wakes = false});
MODEL_TEST(WakeUpper, CountOfTwoWakesBoth, (two_sleepers<2, 1>), executions(1));
MODEL_TEST(WakeUpper, TwoCallsWakeBoth, (two_sleepers<1, 2>), executions(1));

// The one that is woken wakes the next.
struct passes_it_on {
  static constexpr int threads = 3;
  env::atomic<std::uint64_t> word{0};
  void thread(int id) {
    if (id < 2) env::wait_upper(word, 0);
    else word.store(std::uint64_t{1} << 32, release);
    env::wake_upper(word, 1);
  }
};
MODEL_TEST(WakeUpper, MayBePassedOn, (passes_it_on), executions(1));

// The other thread looks at the word when the change is long made: it takes no wake call.
struct looks_after_the_change {
  static constexpr int threads = 3;
  env::atomic<std::uint64_t> word{0};
  env::atomic<int> woken{0};
  void thread(int id) {
    if (id == 0) {
      env::wait_upper(word, 0);
    } else if (id == 1) {
      word.store(std::uint64_t{1} << 32, release);
      env::wake_upper(word, 1);
      woken.store(1, release);
    } else if (woken.load(acquire) == 1) {
      env::wait_upper(word, 0);
    }
  }
};
MODEL_TEST(WakeUpper, WaitThatBeginsAfterTheCallTakesNone, (looks_after_the_change), executions(2));

// ---- memory that is used again ----

struct node {
  env::plain<int> value{0};
  static node* create() { return ::new (env::allocate(sizeof(node), alignof(node))) node(); }
  static void destroy(node* n) {
    n->~node();
    env::deallocate(n, sizeof(node), alignof(node));
  }
};

struct frees_and_allocates {
  static constexpr int threads = 1;
  void thread(int) {
    node* first = node::create();
    node::destroy(first);
    node* second = node::create();
    node* third = node::create();
    env::check(second != third, "a block is handed out once");
    node::destroy(second);
    node::destroy(third);
  }
};
MODEL_TEST(Reuse, IsOff, (frees_and_allocates), executions(1), {.check_leaks = true});
// Second, third, or neither has the memory of the first.
MODEL_TEST(Reuse, FreedBlockIsHandedOutOnceOrNot, (frees_and_allocates), executions(3),
           {.check_leaks = true, .reuse_addresses = true});

struct freed_by_another {
  static constexpr int threads = 3;
  env::atomic<int> freed{0};
  node* old = nullptr;
  node* made[2] = {};
  void before() { old = node::create(); }
  void thread(int id) {
    if (id == 0) {
      node::destroy(old);
      freed.store(1, release);
    } else if (freed.load(acquire) == 1) {
      made[id - 1] = node::create();
      made[id - 1]->value.write(id);
    }
  }
  void after() {
    env::check(made[0] == nullptr || made[0] != made[1], "one thread at most has the memory");
  }
};
// Neither knows of the end of the old block: 1. One does: 2 for each. Both do: neither reuses it,
// or one of the two.
MODEL_TEST(Reuse, OfTwoThreadsOneHasTheMemory, (freed_by_another), executions(8),
           {.reuse_addresses = true});

struct not_known_to_be_free {
  static constexpr int threads = 2;
  node* old = nullptr;
  void before() { old = node::create(); }
  void thread(int id) {
    if (id == 0) node::destroy(old);
    else env::check(node::create() != old, "the free does not happen before");
  }
};
MODEL_TEST(Reuse, NeedsAFreeThatHappensBefore, (not_known_to_be_free), executions(1),
           {.reuse_addresses = true});

// Treiber's stack of which a popped node is freed once no one looks at it: the look at a node is
// guarded by a count of readers, so that nobody touches memory that is freed. What is left is ABA:
// the compare-exchange takes a new node at the old address for the old one.
struct treiber {
  struct item {
    explicit item(int v) : value(v) {}
    int value;
    env::atomic<item*> next{nullptr};
  };
  static constexpr int threads = 2;
  env::atomic<item*> head{nullptr};
  env::atomic<int> readers{0};
  int popped[2] = {};

  static item* create(int v) { return ::new (env::allocate(sizeof(item), alignof(item))) item(v); }
  void push(item* n) {
    item* h = head.load(relaxed);
    do {
      n->next.store(h, relaxed);
    } while (!head.compare_exchange(h, n, acq_rel));
  }
  item* pop() {
    for (;;) {
      readers.fetch_add(1, acq_rel);
      item* h = head.load(acquire);
      item* n = h == nullptr ? nullptr : h->next.load(relaxed);
      readers.fetch_add(-1, acq_rel);
      if (h == nullptr || head.compare_exchange(h, n, acq_rel)) return h;
    }
  }
  void release(item* n) {
    env::assume(readers.fetch_add(0, acq_rel) == 0);
    n->~item();
    env::deallocate(n, sizeof(item), alignof(item));
  }
  void before() {
    push(create(1));
    push(create(2));
  }
  void thread(int id) {
    if (id == 0) {
      if (item* mine = pop()) popped[0] = mine->value;
      return;
    }
    item* second = pop();
    if (second == nullptr || second->value != 2) return;
    item* first = pop();
    release(second);
    if (first == nullptr) return;
    popped[1] = first->value;
    push(create(3));
  }
  void after() {
    env::check(popped[0] == 0 || popped[0] != popped[1], "no item is popped twice");
    item* h = head.load(relaxed);
    env::check(h == nullptr || h->value != popped[1], "no popped item is still there");
  }
};
TEST(Reuse, AbaIsNotFoundWithoutIt) {
  const model::verdict v = model::check<treiber>();
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
}
MODEL_TEST_FAILS(Reuse, AbaThroughTheAllocatorIsFound, (treiber), failure::assertion,
                 {.reuse_addresses = true});

// ---- choices before the threads ----

// Who writes is chosen first; the other reads, and is revisited.
struct chooses_before {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  int writer = 0, written = 0, seen = -1;
  void before() {
    writer = env::choose(2);
    if (writer == 1) written = 1 + env::choose(3);
    else written = 9;
  }
  void thread(int id) {
    if (id == writer) n.store(written, release);
    else seen = n.load(acquire);
  }
  void after() {
    env::check(seen == 0 || seen == written, "what was chosen is read");
    env::outcome("written", written);
    env::outcome("seen", seen);
  }
};
MODEL_TEST(Choices, BeforeTheThreadsAreAllExplored, (chooses_before), executions(8),
           {.count_duplicates = true});
MODEL_TEST(Choices, BeforeTheThreadsAreExploredUnderSc, (chooses_before), executions(8),
           {.model = model::memory_model::sc, .count_duplicates = true});
MODEL_TEST(Choices, BeforeTheThreadsAreExploredUnderTso, (chooses_before), executions(8),
           {.model = model::memory_model::tso, .count_duplicates = true});
MODEL_TEST(Choices, BeforeTheThreadsAreExploredByTwo, (chooses_before), executions(8),
           {.jobs = 2});

// As many executions as the same choice has in a thread of its own that does nothing else.
template <bool Before>
struct chosen_start {
  static constexpr int threads = 4;
  env::atomic<int> n{0};
  int first = 0;
  void before() {
    if (Before) first = env::choose(3);
  }
  void thread(int id) {
    if (id == 3) {
      if (!Before) first = env::choose(3);
      return;
    }
    n.fetch_add(id + 1, acq_rel);
    n.load(relaxed);
  }
};
TEST(Choices, CountAsMuchBeforeTheThreadsAsInOneOfThem) {
  const model::options o = {.count_duplicates = true};
  const model::verdict before = model::check<chosen_start<true>>(o);
  const model::verdict inside = model::check<chosen_start<false>>(o);
  EXPECT_EQ(before.kind, model::verdict_kind::pass) << before.report;
  EXPECT_EQ(before.executions, inside.executions);
  EXPECT_EQ(before.executions % 3, 0u);
  EXPECT_EQ(before.duplicates, 0u);
}

struct fails_after_one_choice {
  static constexpr int threads = 1;
  env::atomic<int> n{0};
  int chosen = 0;
  void before() { chosen = env::choose(3); }
  void thread(int) { n.store(chosen, relaxed); }
  void after() { env::check(n.load(relaxed) != 2, "two is wrong"); }
};
TEST(Choices, BeforeTheThreadsAreInReportAndReplay) {
  const model::verdict v = model::check<fails_after_one_choice>();
  EXPECT_EQ(v.failure, failure::assertion);
  EXPECT_NE(v.report.find("before.choose"), std::string::npos) << v.report;
  const model::verdict again = model::check<fails_after_one_choice>({.replay = v.replay});
  EXPECT_EQ(again.failure, failure::assertion) << again.report;
}

int runs = 0;
struct chooses_more_each_time {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  void before() {
    for (int i = 0; i < runs; ++i) env::choose(2);
    ++runs;
  }
  void thread(int id) {
    if (id == 0) n.load(relaxed);
    else n.store(1, relaxed);
  }
};
TEST(Choices, BeforeThatChoosesMoreEachTimeIsNondeterministic) {
  runs = 0;
  EXPECT_EQ(model::check<chooses_more_each_time>().kind, model::verdict_kind::nondeterministic);
}

struct chooses_after {
  static constexpr int threads = 1;
  void thread(int) {}
  void after() { env::choose(2); }
};
TEST(Choices, AfterTheThreadsAreAModelError) {
  const model::verdict v = model::check<chooses_after>();
  EXPECT_EQ(v.kind, model::verdict_kind::model_error);
  EXPECT_EQ(v.message, "choose() in after(): choose in before() or in a thread");
}

}  // namespace
}  // namespace wyn

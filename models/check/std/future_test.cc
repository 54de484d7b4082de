// Promises, futures, tasks and async() of the drop-in.
#include "models/check/std/future.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "models/check/std/as_std.h"
#include "models/check/std/checked.h"
#include "models/check/std/main_program.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::main_program;
using std_::with_new;
using wyn::model::failure;
using wyn::model::verdict_kind;

// Whether f() throws a future_error of this kind.
template <class F>
bool throws(std_::future_errc e, F f) {
  try {
    f();
  } catch (const std_::future_error& error) {
    return error.code() == e;
  }
  return false;
}

// As it is written anywhere: nothing of the explorer, and std:: throughout.
namespace checked {
namespace std = wyn::as_std;

int doubled(int n) {
  std::promise<int> in;
  std::future<int> given = in.get_future();
  std::packaged_task<int(int)> task([&](int factor) { return factor * given.get(); });
  std::future<int> result = task.get_future();
  std::jthread worker(std::move(task), 2);
  in.set_value(n);
  return result.get();
}
}  // namespace checked

void doubles() { std_::require(checked::doubled(21) == 42, "the result arrives"); }
MODEL_TEST(StdFuture, APromiseAndATaskHandOver, (main_program<&doubles, 2>), executions(1),
           {.count_duplicates = true});
MODEL_TEST(StdFuture, TheyLeaveNothingBehind, (with_new<main_program<&doubles, 2>>), executions(1),
           {.check_leaks = true});

void publishes() {
  std_::var<int> data = 0;
  std_::promise<void> done;
  std_::jthread worker([&] {
    data = 1;
    done.set_value();
  });
  done.get_future().wait();
  std_::require(data == 1, "what came before the result is seen");
}
MODEL_TEST(StdFuture, AResultPublishes, (main_program<&publishes>), executions(1));

void writes_too_late() {
  std_::var<int> data = 0;
  std_::promise<void> done;
  std_::jthread worker([&] {
    done.set_value();
    data = 1;
  });
  done.get_future().wait();
  data.get();
}
MODEL_TEST_FAILS(StdFuture, WhatComesAfterAResultRaces, (main_program<&writes_too_late>),
                 failure::data_race);

void forgets_the_result() {
  std_::promise<int> p;
  std_::future<int> f = p.get_future();
  std_::jthread worker([&] { static_cast<void>(p); });
  f.get();
}
MODEL_TEST_FAILS(StdFuture, WithoutAResultAWaitIsForEver, (main_program<&forgets_the_result>),
                 failure::lost_wakeup);

// The promise ends with its thread, and says so instead of a value.
void breaks_a_promise() {
  std_::promise<std::string> p;
  std_::future<std::string> f = p.get_future();
  std_::jthread worker([p = std::move(p)] {});
  std_::require(throws(std_::future_errc::broken_promise, [&] { f.get(); }), "it is broken");
  std_::require(!f.valid(), "and was taken");
}
MODEL_TEST(StdFuture, APromiseThatEndsIsBroken, (with_new<main_program<&breaks_a_promise>>),
           executions(1), {.check_leaks = true});

void relies_on_a_promise() {
  std_::future<int> f = std_::promise<int>().get_future();
  f.get();
}
TEST(StdFuture, ABrokenPromiseThatNobodyCatchesIsReported) {
  const auto v = wyn::model::check<main_program<&relies_on_a_promise>>();
  EXPECT_NE(v.kind, verdict_kind::pass);
  EXPECT_NE(v.message.find("Broken promise"), std::string::npos) << v.message;
}

// Of two results one is refused, whichever it is.
struct two_results {
  static constexpr int threads = 2;
  std_::promise<int> p;
  std_::future<int> f = p.get_future();
  std_::var<int> refused[2];
  void thread(int id) {
    const bool second =
        throws(std_::future_errc::promise_already_satisfied, [&] { p.set_value(id); });
    refused[id] = second ? 1 : 0;
  }
  void after() {
    const int r = f.get();
    std_::require(refused[1 - r] == 1 && refused[r] == 0, "the other one was refused");
  }
};
MODEL_TEST(StdFuture, ASecondResultIsRefused, (two_results), executions(2));

void carries_an_exception() {
  std_::promise<int> p;
  std_::future<int> f = p.get_future();
  std_::jthread worker([&] {
    p.set_exception(std::make_exception_ptr(std::runtime_error(std::string(40, 'x'))));
  });
  bool caught = false;
  try {
    f.get();
  } catch (const std::runtime_error& e) {
    caught = std::string(e.what()) == std::string(40, 'x');
  }
  std_::require(caught, "what was thrown arrives");
}
MODEL_TEST(StdFuture, AnExceptionArrives, (with_new<main_program<&carries_an_exception>>),
           executions(1), {.check_leaks = true});

void misuses() {
  using enum std_::future_errc;
  std_::promise<int> p;
  std_::future<int> f = p.get_future();
  std_::require(throws(future_already_retrieved, [&] { static_cast<void>(p.get_future()); }), "1");
  std_::future<int> none;
  std_::require(!none.valid() && throws(no_state, [&] { none.get(); }), "2");
  std_::promise<int> moved(std::move(p));
  std_::require(throws(no_state, [&] { p.set_value(1); }), "3");
  moved.set_value(1);
  std_::require(throws(promise_already_satisfied, [&] { moved.set_value(2); }), "4");
  std_::require(f.get() == 1 && throws(no_state, [&] { f.wait(); }), "5");
  int n = 0;
  std_::promise<int&> by_reference;
  std_::future<int&> reference = by_reference.get_future();
  by_reference.set_value(n);
  std_::require(&reference.get() == &n, "6");
  std_::promise<std::unique_ptr<int>> unused;
  unused.set_value(std::make_unique<int>(1));
  std_::packaged_task<int()> task;
  std_::require(!task.valid() && throws(no_state, [&] { task(); }), "7");
  task = std_::packaged_task<int()>([] { return 7; });
  auto first = task.get_future();
  task();
  std_::require(throws(promise_already_satisfied, [&] { task(); }), "8");
  task.reset();
  auto second = task.get_future();
  task();
  std_::require(first.get() + second.get() == 14, "9");
}
MODEL_TEST(StdFuture, MisuseIsThrown, (with_new<main_program<&misuses>>), executions(1),
           {.check_leaks = true});

// The result ends with whoever comes last.
void is_not_interested() {
  std_::promise<std::unique_ptr<std_::var<int>>> p;
  auto f = p.get_future();
  std_::jthread worker([p = std::move(p)]() mutable {
    p.set_value(std::make_unique<std_::var<int>>(1));
  });
  f = {};
}
MODEL_TEST(StdFuture, AResultThatNobodyTakesEnds, (with_new<main_program<&is_not_interested>>),
           executions(2), {.check_leaks = true});

void shares() {
  std_::promise<std::string> p;
  std_::shared_future<std::string> f = p.get_future().share();
  const auto looks = [](std_::shared_future<std::string> mine) {
    std_::require(mine.get() == std::string(30, 's') && mine.valid(), "the same for all");
  };
  std_::jthread other(looks, f);
  p.set_value(std::string(30, 's'));
  looks(std::move(f));
}
TEST(StdSharedFuture, AllSeeTheResult) {
  const auto v = wyn::model::check<with_new<main_program<&shares>>>(
      {.check_leaks = true, .count_duplicates = true});
  EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
  EXPECT_EQ(v.duplicates, 0u);
  EXPECT_GE(v.executions, 2u);
}

void keeps_a_reference() {
  std_::promise<std::unique_ptr<std_::var<int>>> p;
  std_::shared_future<std::unique_ptr<std_::var<int>>> f = p.get_future().share();
  p.set_value(std::make_unique<std_::var<int>>(1));
  std_::var<int>* kept = f.get().get();
  std_::jthread other([mine = std::move(f)] { static_cast<void>(mine); });
  kept->get();
}
MODEL_TEST_FAILS(StdSharedFuture, TheResultEndsWithTheLastOfThem,
                 (with_new<main_program<&keeps_a_reference>>), failure::use_after_free);

void waits_in_vain() {
  using namespace std::chrono_literals;
  std_::promise<int> p;
  std_::future<int> f = p.get_future();
  std_::jthread worker([&] { p.set_value(1); });
  if (f.wait_for(1s) == std_::future_status::ready) std_::require(f.get() == 1, "in time");
  else std_::outcome("timeout", 1);
}
TEST(StdFuture, AWaitForATimeEndsEitherWay) {
  const auto v = wyn::model::check<main_program<&waits_in_vain>>();
  EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
  EXPECT_GE(v.executions, 2u);
}

void polls() {
  using namespace std::chrono_literals;
  std_::promise<int> p;
  std_::future<int> f = p.get_future();
  std_::jthread worker([&] { p.set_value(1); });
  while (f.wait_for(0s) != std_::future_status::ready) std_::this_thread::yield();
  std_::require(f.get() == 1, "it is there");
}
MODEL_TEST(StdFuture, MayBePolled, (main_program<&polls>), executions(1));

template <std_::launch Policy>
void calls() {
  std_::var<int> data = 1;
  const auto add = [&](int n) { return (data += n).get(); };
  std_::future<int> f = std_::async(Policy, add, 41);
  std_::require(f.get() == 42 && data == 42, "the call has ended");
}
MODEL_TEST(StdAsync, StartsAThread, (with_new<main_program<&calls<std_::launch::async>>>),
           executions(1), {.check_leaks = true});
MODEL_TEST(StdAsync, OrWaitsUntilItIsAsked,
           (with_new<main_program<&calls<std_::launch::deferred>>>), executions(1),
           {.check_leaks = true});
// Where the library may choose, both are explored.
MODEL_TEST(StdAsync, OrEither,
           (main_program<&calls<std_::launch::async | std_::launch::deferred>>), executions(2));

void joins_at_its_end() {
  std_::var<int> data = 0;
  { const auto f = std_::async(std_::launch::async, [&] { data = 1; }); }
  std_::require(data == 1, "the end of the future waits for the thread");
}
MODEL_TEST(StdAsync, TheEndOfItsFutureWaits, (main_program<&joins_at_its_end>), executions(1));

void reads_before_it_asks() {
  std_::var<int> data = 0;
  const auto f = std_::async(std_::launch::async, [&] { data = 1; });
  data.get();
}
MODEL_TEST_FAILS(StdAsync, ThereIsNoOrderBeforeThat, (main_program<&reads_before_it_asks>),
                 failure::data_race);

// What the library may defer is never ready by itself.
void waits_for_what_is_deferred() {
  using namespace std::chrono_literals;
  auto f = std_::async([] {});
  while (f.wait_for(0s) != std_::future_status::ready) std_::pause();
}
MODEL_TEST_FAILS(StdAsync, PollingWhatMayBeDeferredIsForEver,
                 (main_program<&waits_for_what_is_deferred>), failure::livelock);

void is_never_asked() {
  std::string text(40, 'x');
  const auto f = std_::async(std_::launch::deferred, [text] { std_::require(false, "it runs"); });
}
MODEL_TEST(StdAsync, WhatIsDeferredAndNotAskedForEnds, (with_new<main_program<&is_never_asked>>),
           executions(1), {.check_leaks = true});

// Of two that ask for it, one runs it, and the other waits.
void is_asked_twice() {
  std_::var<int> runs = 0;
  std_::shared_future<int> f =
      std_::async(std_::launch::deferred, [&] { return ++runs == 1 ? 7 : 0; }).share();
  std_::jthread other([f] { std_::require(f.get() == 7, "for the one"); });
  std_::require(f.get() == 7, "for the other");
  other.join();
  std_::require(runs == 1, "once");
}
TEST(StdAsync, WhatIsDeferredRunsOnce) {
  const auto v = wyn::model::check<main_program<&is_asked_twice>>({.count_duplicates = true});
  EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
  EXPECT_GE(v.executions, 2u);
  EXPECT_EQ(v.duplicates, 0u);
}

}  // namespace

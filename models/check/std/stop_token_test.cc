// Stop tokens of the drop-in: callbacks, and waits that a request ends.
#include "models/check/std/stop_token.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

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

// Of a request and a callback that begins, whoever comes last runs the callback.
template <bool Ends>
struct calls_back {
  static constexpr int threads = 2;
  std_::stop_source source;
  std_::var<int> data = 0, calls = 0;
  void thread(int id) {
    if (id == 0) {
      data = 1;
      std_::require(source.request_stop(), "the first request");
      return;
    }
    std_::var<int> own = 0;
    {
      const auto callback = [&] {
        if (!Ends) std_::require(data == 1, "the callback sees what came before the request");
        ++own;
      };
      std_::stop_callback registered(source.get_token(), callback);
      if (!Ends) wait_until_stopped();
    }
    std_::require(own <= 1 && (Ends || own == 1), "it runs once, or has ended before");
    calls = own.get();
  }
  void wait_until_stopped() {
    while (!source.get_token().stop_requested()) std_::pause();
  }
};
// The request, before or after the beginning of the callback.
MODEL_TEST(StdStopCallback, RunsOnceHoweverItMeetsTheRequest, (calls_back<false>), executions(2),
           {.count_duplicates = true});
// Or after its end.
MODEL_TEST(StdStopCallback, ItsEndWaitsForItsRun, (calls_back<true>), executions(3),
           {.count_duplicates = true});

// The same with a flag and no wait at the end: the callback touches what has gone.
struct callback_without_end {
  static constexpr int threads = 2;
  std_::atomic<bool> requested{false};
  std_::atomic<std_::var<int>*> target{nullptr};
  void thread(int id) {
    if (id == 0) {
      if (std_::var<int>* p = target.load()) ++*p;
      return;
    }
    std_::var<int> own = 0;
    target = &own;
    target = nullptr;
  }
};
MODEL_TEST_FAILS(StdStopCallback, HasAnEndForAReason, (callback_without_end),
                 failure::use_after_free);

void two_callbacks() {
  std_::stop_source source;
  std_::var<int> order = 0;
  const std_::stop_callback first(source.get_token(), [&] { order = order * 10 + 1; });
  {
    const std_::stop_callback second(source.get_token(), [&] { order = order * 10 + 2; });
    std_::thread other([&] { source.request_stop(); });
    other.join();
  }
  std_::require(order == 21, "each once, one after the other");
}
MODEL_TEST(StdStopCallback, TwoRunOneAfterTheOther, (main_program<&two_callbacks>), executions(1));

// One begins while the other may run already: in two threads at once.
struct callbacks_that_share {
  static constexpr int threads = 2;
  std_::stop_source source;
  std_::var<int> runs = 0;
  void thread(int id) {
    if (id == 1) {
      source.request_stop();
      return;
    }
    const std_::stop_callback first(source.get_token(), [&] { ++runs; });
    const std_::stop_callback second(source.get_token(), [&] { ++runs; });
  }
};
MODEL_TEST_FAILS(StdStopCallback, ALateOneMayRunBesideAnother, (callbacks_that_share),
                 failure::data_race);

void ends_itself() {
  std_::stop_source source;
  int runs = 0;
  std::optional<std_::stop_callback<std::function<void()>>> callback;
  callback.emplace(source.get_token(), [&] {
    ++runs;
    callback.reset();
  });
  source.request_stop();
  std_::require(runs == 1 && !source.request_stop(), "it need not wait for itself");
}
MODEL_TEST(StdStopCallback, MayEndItself, (main_program<&ends_itself>), executions(1));

struct waits_for_each_other {
  static constexpr int threads = 2;
  std_::stop_source source;
  std_::mutex m;
  void thread(int id) {
    if (id == 0) {
      source.request_stop();
      return;
    }
    const std_::lock_guard guard(m);
    const std_::stop_callback callback(source.get_token(), [&] { const std_::lock_guard g(m); });
  }
};
MODEL_TEST_FAILS(StdStopCallback, ALockAroundItsEndIsADeadlock, (waits_for_each_other),
                 failure::deadlock);

void has_a_state_or_not() {
  std_::stop_source none(std_::nostopstate), some;
  std_::require(!none.stop_possible() && !none.request_stop() && some.stop_possible(), "sources");
  std_::stop_token token = some.get_token();
  std_::stop_token other;
  std_::require(token != other && !other.stop_possible(), "tokens");
  swap(token, other);
  std_::require(other == some.get_token() && !token.stop_possible(), "swapped");
  bool called = false;
  some.request_stop();
  const std_::stop_callback late(other, [&] { called = true; });
  const std_::stop_callback never(token, [&] { called = false; });
  std_::require(called, "late callbacks run at once");
  std_::jthread idle;
  std_::require(!idle.get_stop_source().stop_possible(), "no thread, no state");
}
MODEL_TEST(StdStopSource, HasAStateOrNot, (main_program<&has_a_state_or_not>), executions(1));

// As it is written anywhere.
namespace checked {
namespace std = wyn::as_std;

class inbox {
 public:
  void put() {
    {
      const std::lock_guard<std::mutex> guard(mutex_);
      full_ = true;
    }
    arrived_.notify_one();
  }
  bool take(std::stop_token stop) {
    std::unique_lock<std::mutex> guard(mutex_);
    return arrived_.wait(guard, stop, [this] { return full_.get(); });
  }
  bool take_without_token() {
    std::unique_lock<std::mutex> guard(mutex_);
    arrived_.wait(guard, [this] { return full_.get(); });
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std_::var<bool> full_ = false;
};
}  // namespace checked

void is_stopped() {
  checked::inbox box;
  std_::var<int> before = 0;
  std_::jthread taker([&](std_::stop_token stop) {
    if (!box.take(stop)) std_::require(before == 1, "what came before the request is seen");
  });
  before = 1;
}
TEST(StdConditionVariableAny, ARequestEndsAWait) {
  const auto v = wyn::model::check<with_new<main_program<&is_stopped>>>(
      {.check_leaks = true, .count_duplicates = true});
  EXPECT_EQ(v.kind, wyn::model::verdict_kind::pass) << v.report;
  EXPECT_GE(v.executions, 2u);
  EXPECT_EQ(v.duplicates, 0u);
}

void is_not_stopped() {
  checked::inbox box;
  std_::jthread taker([&](std_::stop_token) { box.take_without_token(); });
}
MODEL_TEST_FAILS(StdConditionVariableAny, AWaitWithoutTheTokenIsNotStopped,
                 (main_program<&is_not_stopped>), failure::lost_wakeup);

void takes_or_is_stopped() {
  checked::inbox box;
  std_::atomic<int> taken{-1};
  {
    std_::jthread taker([&](std_::stop_token stop) { taken = box.take(stop) ? 1 : 0; });
    box.put();
  }
  std_::require(taken.load() == 1, "the letter was there before the request");
}
TEST(StdConditionVariableAny, WhatIsThereIsTaken) {
  const auto v = wyn::model::check<main_program<&takes_or_is_stopped>>();
  EXPECT_EQ(v.kind, wyn::model::verdict_kind::pass) << v.report;
}

void takes_in_time() {
  std_::mutex m;
  std_::condition_variable_any c;
  std_::jthread taker([&](std_::stop_token stop) {
    std_::unique_lock guard(m);
    c.wait_for(guard, stop, 1, [] { return false; });
  });
  taker.detach();
}
TEST(StdConditionVariableAny, AWaitForATimeEndsWithoutARequest) {
  const auto v = wyn::model::check<main_program<&takes_in_time, 2>>();
  EXPECT_NE(v.failure, failure::lost_wakeup) << v.report;
}

}  // namespace

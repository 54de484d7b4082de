// Clients that write down who runs a task, and what those who join it are told: one result, and
// each joiner has it. The shipped state and sleep, put together as result_block.h does it; here the
// result is an atomic word, so that a stale one is a wrong answer and no data race.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "core/base/site.h"
#include "core/park/event_count.h"
#include "models/checker/linearizability/history.h"
#include "models/env/env_checker.h"
#include "models/runtime/result_block.h"

namespace wyn::runtime_models {

/// A task and its result: one thread begins it and finishes it, and from then on everybody finds it
/// done, with the same result. A join is no operation before that.
class result_spec {
 public:
  struct begin {
    using result = bool;
    std::string text() const { return "begin()"; }
  };
  struct finish {
    using result = void;
    int value;
    std::string text() const { return "finish(" + std::to_string(value) + ")"; }
  };
  struct look {
    using result = bool;
    std::string text() const { return "look()"; }
  };
  struct join {
    using result = int;
    std::string text() const { return "join()"; }
  };
  using operations = std::variant<begin, finish, look, join>;
  using others = model::overlap<result_spec>;

  bool apply(const begin&) {
    const bool first = !begun_;
    begun_ = true;
    return first;
  }
  bool admit(const finish& op, const std::monostate*, const others&) {
    if (!begun_ || done_) return false;
    done_ = true;
    value_ = op.value;
    return true;
  }
  bool apply(const look&) { return done_; }
  bool admit(const join&, const int* observed, const others&) const {
    return done_ && (observed == nullptr || *observed == value_);
  }

  bool operator==(const result_spec&) const = default;
  std::size_t hash() const {
    return static_cast<std::size_t>(value_) * 4 + (begun_ ? 2 : 0) + (done_ ? 1 : 0);
  }

 private:
  bool begun_ = false;
  bool done_ = false;
  int value_ = 0;
};

/// A task whose result is the number of the thread that ran it.
template <class Orders, class Join>
class recorded_result {
  using spec = result_spec;
  using env = env_checker;

 public:
  /// The queue's entry, in the thread that took it.
  void run_entry(int me) {
    if (begin()) run(me);
  }

  /// Runs the task if nobody has begun it, else sleeps until it is done.
  void join(int me) {
    if (!look() && begin()) run(me);
    auto op = past_.call(spec::join{});
    while (!state_.done()) {
      if (!Join::sleep(state_, sleepers_)) env::pause();
    }
    op.returns(value_.load(site<"H1 value.load", order::relaxed>{}));
  }

  bool look() {
    auto op = past_.call(spec::look{});
    const bool done = state_.done();
    op.returns(done);
    return done;
  }

 private:
  bool begin() {
    auto op = past_.call(spec::begin{});
    const bool first = state_.claim();
    op.returns(first);
    return first;
  }
  void run(int me) {
    auto op = past_.call(spec::finish{me});
    value_.store(me, site<"H2 value.store", order::relaxed>{});
    Join::finish(state_, sleepers_);
    op.returns();
  }

  typename Join::template state<env, Orders> state_;
  event_count<env, Orders> sleepers_;
  env::atomic<int> value_{0};
  model::history<spec> past_;
};

/// The entry is taken while its handle is joined, and joined again.
template <class Orders, class Join = shipped_join>
struct entry_and_joins {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) {
      task.run_entry(1);
      task.look();
    } else {
      task.join(2);
      task.join(2);
    }
  }
  recorded_result<Orders, Join> task;
};

/// Two threads join while a third has the entry.
template <class Orders, class Join = shipped_join>
struct entry_and_two_joiners {
  static constexpr int threads = 3;
  void thread(int id) {
    if (id == 0) {
      task.run_entry(1);
    } else {
      task.join(id + 1);
    }
  }
  recorded_result<Orders, Join> task;
};

}  // namespace wyn::runtime_models

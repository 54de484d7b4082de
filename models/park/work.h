// What the models of parking share: sources of work that are one word each, with a payload in plain
// data, and the rows of their accesses, relaxed wherever the protocol under test claims to give the
// order. Whoever takes an item reads its payload: a race if the put was not before that.
#pragma once

#include <chrono>

#include "core/base/named.h"
#include "core/base/site.h"

namespace wyn::park_models {

/// What an item brings along.
template <class Env>
class payload {
 public:
  payload() { name_object<Env>(value_, "payload"); }
  void fill() { value_.write(full); }
  void check() const { Env::check(value_.read() == full, "the payload came with the item"); }

 private:
  static constexpr int full = 42;
  typename Env::template plain<int> value_{0};
};

/// One item, put once and taken at most once.
template <class Env>
class item {
 public:
  item() { name_object<Env>(state_, "item"); }
  void put() {
    payload_.fill();
    state_.store(queued, site<"W1 put", order::release>{});
  }
  /// As a sleeper's re-check looks.
  bool queued_here() const { return state_.load(site<"W2 look", order::relaxed>{}) == queued; }
  bool take() {
    int expected = queued;
    if (!state_.compare_exchange(expected, taken,
                                 site<"W3 take", order::acquire, order::relaxed>{})) {
      return false;
    }
    payload_.check();
    return true;
  }
  bool was_taken() const { return state_.load(site<"W4 check", order::relaxed>{}) == taken; }

 private:
  static constexpr int queued = 1;
  static constexpr int taken = 2;
  typename Env::template atomic<int> state_{0};
  payload<Env> payload_;
};

/// Several items of up to two producers; each has a byte of the count, and one payload for all.
template <class Env>
class counted_items {
 public:
  void put(int n, int producer = 0) {
    payload_[producer].fill();
    count_.fetch_add(n << 8 * producer, site<"W5 put", order::release>{});
  }
  bool any() const { return count_.load(site<"W6 look", order::relaxed>{}) > 0; }
  bool take() {
    int seen = count_.load(site<"W7 take.load", order::relaxed>{});
    while (seen > 0) {
      const int producer = (seen & 255) != 0 ? 0 : 1;
      if (count_.compare_exchange(seen, seen - (1 << 8 * producer),
                                  site<"W8 take", order::acquire, order::relaxed>{})) {
        payload_[producer].check();
        return true;
      }
    }
    return false;
  }

 private:
  typename Env::template atomic<int> count_{0};
  payload<Env> payload_[2];
};

/// work_added() by a producer that has seen a sleeper, which is gone by now.
template <class Signal>
void work_added_for_sleeper(Signal& signal) {
  static_cast<void>(signal.somebody_sleeps());
  signal.wake_sleeper();
}

/// At the end of a model.
template <class Env, class Signal>
void check_gate_is_empty(const Signal& signal) {
  Env::check(signal.tokens() == 0, "no token is left in the gate");
  Env::check(signal.searching() == 0, "no searching unit is left");
}

/// A worker's life around a work signal, from a look as a searcher until it has taken one item.
template <class Signal, class Take, class Look>
void search_until_taken(Signal& signal, Take take, Look anything_queued) {
  while (!take()) {
    const bool relied_on = signal.leave_search();
    signal.sleep([] { return false; }, anything_queued, relied_on);
  }
  signal.found_work(anything_queued);
}

/// The same, and it begins by falling asleep.
template <class Signal, class Take, class Look>
void sleep_until_taken(Signal& signal, Take take, Look anything_queued) {
  signal.sleep([] { return false; }, anything_queued);
  search_until_taken(signal, take, anything_queued);
}

/// How long a nap lasts: models have no clock.
inline constexpr std::chrono::nanoseconds some_time{1};

/// sleep_until_taken() for a worker that naps first, and sleeps behind a heavy fence after a nap
/// that has ended by itself, or at the first request (work_cycle.h).
template <class Signal, class Take, class Look>
void nap_until_taken(Signal& signal, Take take, Look anything_queued) {
  const auto no_other_concern = [] { return false; };
  bool must_sleep = false;
  bool relied_on = false;
  for (;;) {
    if (must_sleep || relied_on) {
      signal.sleep(no_other_concern, anything_queued, relied_on);
      must_sleep = false;
    } else {
      must_sleep = !signal.nap(no_other_concern, anything_queued, some_time);
    }
    if (take()) break;
    relied_on = signal.leave_search();
  }
  signal.found_work(anything_queued);
}

}  // namespace wyn::park_models

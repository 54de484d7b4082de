#include "models/checker/run/liveness.h"

#include <string>

#include "models/checker/graph/coherence.h"

namespace wyn::model {

namespace {

std::uint64_t final_value(const graph& g, const object_table& objects, std::uint32_t location) {
  const event_ref last = g.mo().at(location, g.mo().last(location));
  return last == initial_write ? objects.initial_value(location) : g.at(last).value_written;
}

std::string thread_name(int t) { return "thread " + std::to_string(t); }

class judge {
 public:
  judge(const graph& g, const object_table& objects, const recorded_operations& operations,
        const std::vector<thread_end>& ends, const std::vector<wake_call>& wakes)
      : g_(g), objects_(objects), operations_(operations), ends_(ends), wakes_(wakes) {}

  violation verdict() const {
    int sleepers = 0;
    int spinners = 0;
    int finished = 0;
    int waiters = 0;
    std::string names;
    for (int t = 0; t < g_.threads(); ++t) {
      const thread_state state = end(t).state;
      if (state == thread_state::finished) {
        ++finished;
        continue;
      }
      if (state == thread_state::assumed) return {};
      if (state == thread_state::joining) {
        ++waiters;
        continue;
      }
      const bool asleep = state == thread_state::asleep;
      if (asleep && last_operation(t).timed) return {};
      if (asleep ? !sleeps_for_ever(t) : !spins_for_ever(t)) return {};
      if (asleep && is_lock(last_operation(t))) {
        ++waiters;
        continue;
      }
      ++(asleep ? sleepers : spinners);
      names += (names.empty() ? "" : ", ") + thread_name(t);
    }
    if (waiters != 0) {
      std::string circle = deadlock_among_threads();
      if (!circle.empty()) return {failure::deadlock, std::move(circle)};
    }
    const std::string others_wait = waiters == 0 ? "" : "; " + waits_in_words();
    if (sleepers == 0) {
      return {failure::livelock, names + ": spins for ever on values that are final" + others_wait};
    }
    if (finished == 0 && sleepers > 1) {
      return {failure::deadlock,
              names + ": all threads wait and none is left to wake them" + others_wait};
    }
    const char* others = finished == 0 && waiters != 0 ? "" : ", and the other threads have ended";
    return {failure::lost_wakeup, names + ": sleeps for ever" + others + others_wait};
  }

 private:
  const thread_end& end(int t) const { return ends_[static_cast<std::size_t>(t)]; }
  const event& last_event(int t) const { return g_.at(t, g_.size(t) - 1); }
  const operation& operation_of(event_ref r) const {
    return operations_[static_cast<std::size_t>(thread_of(r))]
                      [static_cast<std::size_t>(index_of(r))];
  }
  const operation& last_operation(int t) const {
    return operation_of(make_ref(t, g_.size(t) - 1));
  }
  static bool is_lock(const operation& op) {
    return op.kind == operation_kind::take || op.kind == operation_kind::take_share;
  }

  bool spins_for_ever(int thread) const {
    for (int i = end(thread).spin_from; i < g_.size(thread); ++i) {
      const event& e = g_.at(thread, i);
      if (reads(e.kind) && e.value_read != final_value(g_, objects_, e.location)) return false;
    }
    return true;
  }

  bool sleeps_for_ever(int thread) const {
    const event& await = last_event(thread);
    const std::uint32_t place = g_.place_of(await.reads_from);
    if (wakes_by_value(last_operation(thread))) return place == g_.mo().last(await.location);
    if (depends_on_later(thread, place)) return false;
    for (const wake_call& k : wakes_) {
      if (k.location == await.location && k.thread != thread && knows_later(k, place)) {
        return wakes_are_spent();
      }
    }
    return true;
  }

  // Then it would not have fallen asleep: the kernel compares after everything that led to the
  // call.
  bool depends_on_later(int sleeper, std::uint32_t place) const {
    const std::uint32_t location = last_event(sleeper).location;
    const view& prefix = g_.views(sleeper, g_.size(sleeper) - 1).prefix;
    for (std::uint32_t p = place + 1; p <= g_.mo().last(location); ++p) {
      if (contains(prefix, g_.mo().at(location, p))) return true;
    }
    return false;
  }

  bool knows_later(const wake_call& k, std::uint32_t place) const {
    for (std::uint32_t p = place + 1; p <= g_.mo().last(k.location); ++p) {
      if (contains(k.known, g_.mo().at(k.location, p))) return true;
    }
    // What the thread's own waits have found counts as well: their comparison and the call are
    // ordered by the kernel's lock.
    for (int i = 0; i < k.position; ++i) {
      const event& e = g_.at(k.thread, i);
      if (!is_wait_on_word(operation_of(make_ref(k.thread, i)))) continue;
      if (e.location == k.location && g_.place_of(e.reads_from) > place) return true;
    }
    return false;
  }

  bool sleeps_on_word(int t) const {
    return end(t).state == thread_state::asleep && !wakes_by_value(last_operation(t));
  }
  bool reaches_a_sleeper(const wake_call& k) const {
    for (int t = 0; t < g_.threads(); ++t) {
      if (t == k.thread || !sleeps_on_word(t) || last_event(t).location != k.location) continue;
      if (knows_later(k, g_.place_of(last_event(t).reads_from))) return true;
    }
    return false;
  }

  // Whether the wait `r`, which has ended, may have been asleep when `k` was called.
  bool may_have_taken(const wake_call& k, event_ref r) const {
    const operation& op = operation_of(r);
    const event& e = g_.at(r);
    const int t = thread_of(r);
    if (e.location != k.location || t == k.thread) return false;
    // No event takes place before what it reads from.
    if (contains(views_before(k.thread, k.position).prefix, r)) return false;
    const event_views& views = views_before(t, index_of(r));
    if (views.prefix.contains(k.thread, k.position)) return false;
    const view& before = views.hb;
    const std::uint32_t last = g_.place_of(e.reads_from);
    for (std::uint32_t p = earliest_readable(g_, before, k.location); p < last; ++p) {
      const event_ref w = g_.mo().at(k.location, p);
      const std::uint64_t value =
          w == initial_write ? objects_.initial_value(k.location) : g_.at(w).value_written;
      if (is_kept_waiting(op, value)) return true;
    }
    return false;
  }
  const event_views& views_before(int t, int index) const {
    static constexpr event_views nothing{};
    return index == 0 ? nothing : g_.views(t, index - 1);
  }
  static bool is_wait_on_word(const operation& op) {
    return op.kind == operation_kind::await || op.kind == operation_kind::await_upper;
  }

  // Whether every wake call that reaches a sleeper can have been spent on other waits: a matching
  // of the calls, each as often as it counts, with the waits that may have taken them.
  bool wakes_are_spent() const {
    std::vector<event_ref> waits;
    for (int t = 0; t < g_.threads(); ++t) {
      const int ended = g_.size(t) - (end(t).state == thread_state::asleep ? 1 : 0);
      for (int i = 0; i < ended; ++i) {
        if (is_wait_on_word(operation_of(make_ref(t, i)))) waits.push_back(make_ref(t, i));
      }
    }
    std::vector<int> taken(waits.size(), -1);
    for (std::size_t k = 0; k < wakes_.size(); ++k) {
      if (!reaches_a_sleeper(wakes_[k])) continue;
      if (wakes_[k].count < 0 || wakes_[k].count > g_.threads()) return false;
      for (int n = 0; n < wakes_[k].count; ++n) {
        std::vector<bool> tried(waits.size(), false);
        if (!spend(k, waits, taken, tried)) return false;
      }
    }
    return true;
  }
  bool spend(std::size_t k, const std::vector<event_ref>& waits, std::vector<int>& taken,
             std::vector<bool>& tried) const {
    for (std::size_t w = 0; w < waits.size(); ++w) {
      if (tried[w] || !may_have_taken(wakes_[k], waits[w])) continue;
      tried[w] = true;
      if (taken[w] >= 0 && !spend(static_cast<std::size_t>(taken[w]), waits, taken, tried)) {
        continue;
      }
      taken[w] = static_cast<int>(k);
      return true;
    }
    return false;
  }

  // The thread that holds the lock for which `thread` waits; -1 when that is the main thread. A
  // lock is taken by takes, and given back by stores and by additions of other kinds (see sync/).
  int holder(int thread) const {
    const std::uint32_t location = last_event(thread).location;
    int count[max_threads] = {};
    for (std::uint32_t p = 1; p <= g_.mo().last(location); ++p) {
      const event_ref w = g_.mo().at(location, p);
      int& held = count[thread_of(w)];
      if (is_lock(operation_of(w))) ++held;
      else if (operation_of(w).kind == operation_kind::store) held = 0;
      else --held;
    }
    int found = -1;
    for (int t = 0; t < g_.threads(); ++t) {
      // A thread that waits for what it holds itself is the most telling.
      if (count[t] > 0 && (found < 0 || t == thread)) found = t;
    }
    return found;
  }

  bool waits_for_lock(int t) const {
    return end(t).state == thread_state::asleep && is_lock(last_operation(t));
  }
  bool waits_for_thread(int t) const {
    return end(t).state == thread_state::joining || waits_for_lock(t);
  }
  // For which thread such a thread waits; -1: the main thread.
  int next(int t) const {
    return end(t).state == thread_state::joining ? end(t).joins : holder(t);
  }

  std::string wait_in_words(int t) const {
    if (end(t).state == thread_state::joining) {
      return thread_name(t) + " waits for the end of " + thread_name(end(t).joins);
    }
    const int by = holder(t);
    std::string text = thread_name(t) + " waits for the lock at " +
                       objects_.location_name(last_event(t).location) + ", which " +
                       (by < 0 ? "the main thread" : thread_name(by)) + " holds";
    if (by >= 0 && end(by).state == thread_state::finished) text += " and has ended";
    return text;
  }

  std::string waits_in_words() const {
    std::string text;
    for (int t = 0; t < g_.threads(); ++t) {
      if (waits_for_thread(t)) text += (text.empty() ? "" : "; ") + wait_in_words(t);
    }
    return text;
  }

  // In words, if some chain of threads that wait for threads is a circle or ends at one that will
  // give nothing back.
  std::string deadlock_among_threads() const {
    for (int t = 0; t < g_.threads(); ++t) {
      if (!waits_for_thread(t)) continue;
      int at = t;
      for (int steps = 0; at >= 0 && waits_for_thread(at) && steps <= g_.threads(); ++steps) {
        at = next(at);
      }
      if (at < 0 || waits_for_thread(at) || end(at).state == thread_state::finished) {
        return waits_in_words();
      }
    }
    return {};
  }

  const graph& g_;
  const object_table& objects_;
  const recorded_operations& operations_;
  const std::vector<thread_end>& ends_;
  const std::vector<wake_call>& wakes_;
};

}  // namespace

violation judge_blocked(const graph& g, const object_table& objects,
                        const recorded_operations& operations,
                        const std::vector<thread_end>& ends, const std::vector<wake_call>& wakes) {
  return judge(g, objects, operations, ends, wakes).verdict();
}

}  // namespace wyn::model

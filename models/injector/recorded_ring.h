// Clients that write down what they do to a producer ring: is it linearizable?
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <variant>

#include "models/checker/linearizability/history.h"
#include "models/checker/linearizability/specifications/hash.h"
#include "models/env/env_checker.h"
#include "models/injector/workload.h"

namespace wyn::injector_models {

/// A queue of at most `Room` items. A claim takes the oldest ones, as many as there are up to its
/// maximum, and answers "lost" only beside another claim that took some; a put is refused only when
/// the queue is full.
template <std::size_t Room>
class ring_spec {
 public:
  struct put {
    using result = bool;
    std::uint64_t value;
    std::string text() const { return "put(" + std::to_string(value) + ")"; }
  };
  struct answer {
    bool lost = false;
    std::size_t count = 0;
    std::array<std::uint64_t, 4> items = {};
    bool operator==(const answer&) const = default;
    std::string text() const {
      std::string all = lost ? "lost" : "[";
      for (std::size_t i = 0; i < count; ++i) all += std::to_string(items[i]) + " ";
      return all + (lost ? "" : "]");
    }
  };
  struct claim {
    using result = answer;
    std::size_t most;
    std::string text() const { return "claim(" + std::to_string(most) + ")"; }
  };
  using operations = std::variant<put, claim>;
  using others = model::overlap<ring_spec>;

  bool apply(const put& op) {
    if (items_.size() == Room) return false;
    items_.push_back(op.value);
    return true;
  }
  bool admit(const claim& op, const answer* observed, const others& around) {
    if (observed != nullptr && observed->lost) {
      return around.template any<claim>(
          [](const claim&, const answer* got, bool) { return got == nullptr || got->count != 0; });
    }
    answer taken;
    taken.count = std::min(op.most, items_.size());
    for (std::size_t i = 0; i < taken.count; ++i) {
      taken.items[i] = items_.front();
      items_.pop_front();
    }
    return observed == nullptr || *observed == taken;
  }

  bool operator==(const ring_spec&) const = default;
  std::size_t hash() const { return model::detail::hash_of_range(items_); }

 private:
  std::deque<std::uint64_t> items_;
};

/// A ring that begins with `First` slots, and has up to `Room`. Items are numbered from 1.
template <class Orders, class Ring, std::size_t First, std::size_t Room>
class recorded_ring {
  using spec = ring_spec<Room>;

 public:
  void push() {
    const std::uint64_t item = ++last_;
    auto op = past_.call(typename spec::put{item});
    op.returns(ring_.push(item));
  }
  void claim(std::size_t most) {
    std::int64_t unknown = 0;
    claim(most, unknown);
  }
  /// By what the caller's last claim has seen.
  void claim(std::size_t most, std::int64_t& pushed) {
    auto op = past_.call(typename spec::claim{most});
    typename spec::answer answer;
    std::array<std::uint64_t, 4> scratch = {};
    const claim_result got = ring_.claim(scratch.data(), most, pushed);
    answer.lost = got.lost;
    answer.count = got.count;
    std::copy_n(scratch.begin(), got.count, answer.items.begin());
    op.returns(answer);
  }

 private:
  typename Ring::template type<std::uint64_t, env_checker, Orders> ring_{First, Room};
  std::uint64_t last_ = 0;
  model::history<spec> past_;
};

/// Three items, and two claims of up to two by one consumer, with growth in between.
template <class Orders, class Ring = shipped_ring>
struct two_claims {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) {
      for (int i = 0; i < 3; ++i) work.push();
    } else {
      work.claim(2);
      work.claim(2);
    }
  }
  void after() { work.claim(4); }
  recorded_ring<Orders, Ring, 1, 8> work;
};

/// Two items, two consumers.
template <class Orders, class Ring = shipped_ring>
struct two_claimants {
  static constexpr int threads = 3;
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else {
      work.claim(1);
    }
  }
  void after() { work.claim(4); }
  recorded_ring<Orders, Ring, 2, 8> work;
};

/// Two consumers of a ring that grows while they claim, one of them twice.
template <class Orders, class Ring = shipped_ring>
struct two_claimants_and_growth {
  static constexpr int threads = 3;
  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else {
      work.claim(2);
      if (id == 1) work.claim(2);
    }
  }
  void after() { work.claim(4); }
  recorded_ring<Orders, Ring, 1, 8> work;
};

/// Two consumers of a ring that grows, one of which comes back with what it knows.
template <class Orders, class Ring = shipped_ring>
struct claimant_comes_back {
  static constexpr int threads = 3;
  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else {
      std::int64_t pushed = 0;
      work.claim(1, pushed);
      if (id == 1) work.claim(1, pushed);
    }
  }
  void after() { work.claim(4); }
  recorded_ring<Orders, Ring, 1, 8> work;
};

/// A ring of one slot that does not grow: a push is refused, or uses the slot again.
template <class Orders, class Ring = shipped_ring>
struct full_or_free {
  static constexpr int threads = 3;
  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else {
      work.claim(1);
      if (id == 1) work.claim(1);
    }
  }
  void after() { work.claim(4); }
  recorded_ring<Orders, Ring, 1, 1> work;
};

/// The producer claims, too, between its pushes.
template <class Orders, class Ring = shipped_ring>
struct producer_among_claimants {
  static constexpr int threads = 2;
  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.claim(2);
      work.push();
    } else {
      work.claim(1);
      work.claim(2);
    }
  }
  void after() { work.claim(4); }
  recorded_ring<Orders, Ring, 2, 2> work;
};

}  // namespace wyn::injector_models

// The producer ring is a queue: each claim takes the oldest items, as many as there are up to its
// maximum, and answers "lost" only beside another claim. Checked as linearizability in every
// execution of clients with two and three items and two claims.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <variant>

#include "models/checker/gtest.h"
#include "models/checker/linearizability/history.h"
#include "models/checker/linearizability/specifications/hash.h"
#include "models/env/env_checker.h"
#include "models/injector/broken_rings.h"
#include "models/injector/workload.h"

namespace wyn::injector_models {
namespace {

class ring_spec {
 public:
  struct put {
    using result = void;
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

  void apply(const put& op) { items_.push_back(op.value); }
  bool admit(const claim& op, const answer* observed, const others& around) {
    if (observed != nullptr && observed->lost) {
      return around.template any<claim>([](const claim&, const answer* got, bool) {
        return got == nullptr || got->count != 0;
      });
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

template <class Ring>
class recorded_ring {
 public:
  explicit recorded_ring(std::int64_t capacity) : ring_(capacity, 8) {}

  void push() {
    const std::uint64_t item = ++last_;
    auto op = past_.call(ring_spec::put{item});
    env_checker::check(ring_.push(item), "there is room");
    op.returns();
  }
  void claim(std::size_t most) {
    auto op = past_.call(ring_spec::claim{most});
    ring_spec::answer answer;
    std::array<std::uint64_t, 4> scratch = {};
    const claim_result got = ring_.claim(scratch.data(), most);
    answer.lost = got.lost;
    answer.count = got.count;
    std::copy_n(scratch.begin(), got.count, answer.items.begin());
    op.returns(answer);
  }

 private:
  typename Ring::template type<std::uint64_t, env_checker, producer_ring_orders> ring_;
  std::uint64_t last_ = 0;
  model::history<ring_spec> past_;
};

// Three items, and two claims of up to two by one consumer, with growth in between.
template <class Ring = shipped_ring>
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
  recorded_ring<Ring> work{1};
};

// Two items, two consumers.
template <class Ring = shipped_ring>
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
  recorded_ring<Ring> work{2};
};

MODEL_TEST(RingHistory, TwoClaims, (two_claims<>), executions(41));
MODEL_TEST(RingHistory, TwoClaimants, (two_claimants<>), executions(25));
MODEL_TEST(RingHistory, TheBrokenTextWithoutAMistake, (two_claims<broken<fault::none>>),
           executions(41));
MODEL_TEST_FAILS(RingHistory, ALargerBufferThatStartsEmpty, (two_claims<broken<fault::no_copy>>),
                 failure::not_linearizable);

}  // namespace
}  // namespace wyn::injector_models

// Any sequence of operations of one thread does what a plain queue does. Failing sequences are
// shrunk.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <ostream>
#include <thread>
#include <vector>

#include "core/injector/producer_ring.h"

namespace wyn {
namespace {

struct queue_model {
  std::deque<std::uint64_t> items;
  std::uint64_t next = 1;
  std::uint64_t pushed = 0;
  std::uint64_t most = 0;  // what the ring may hold
};

template <std::size_t Words>
std::array<std::uint64_t, Words> item_of(std::uint64_t n) {
  std::array<std::uint64_t, Words> item;
  for (std::size_t i = 0; i < Words; ++i) item[i] = n * (2 * i + 1);
  return item;
}

template <std::size_t Words>
struct commands {
  using item = std::array<std::uint64_t, Words>;
  struct ring : producer_ring<item> {
    using producer_ring<item>::producer_ring;
    std::int64_t known_pushed = 0;  // by its last claim that comes back
  };
  using command = rc::state::Command<queue_model, ring>;

  static void push_in(queue_model& model, int times) {
    for (int i = 0; i < times; ++i, ++model.next) {
      if (model.items.size() == model.most) continue;
      model.items.push_back(model.next);
      ++model.pushed;
    }
  }
  // What each of `times` pushes answers.
  static std::vector<bool> push_to(queue_model model, ring& sut, int times) {
    std::vector<bool> answers;
    for (int i = 0; i < times; ++i, ++model.next) {
      answers.push_back(sut.push(item_of<Words>(model.next)));
    }
    return answers;
  }
  static void agrees(const queue_model& model, const std::vector<bool>& answers) {
    std::size_t size = model.items.size();
    for (const bool accepted : answers) {
      RC_ASSERT(accepted == (size < model.most));
      size += accepted ? 1 : 0;
    }
  }

  struct push : command {
    const int times = *rc::gen::inRange(1, 6);
    void apply(queue_model& model) const override { push_in(model, times); }
    void run(const queue_model& model, ring& sut) const override {
      agrees(model, push_to(model, sut, times));
    }
    void show(std::ostream& os) const override { os << "push x" << times; }
  };

  // The role of the producer moves to a thread that ends, and back.
  struct push_elsewhere : command {
    const int times = *rc::gen::inRange(1, 6);
    void apply(queue_model& model) const override { push_in(model, times); }
    void run(const queue_model& model, ring& sut) const override {
      std::vector<bool> answers;
      std::thread([&] { answers = push_to(model, sut, times); }).join();
      agrees(model, answers);
    }
    void show(std::ostream& os) const override { os << "push elsewhere x" << times; }
  };

  struct claim : command {
    const std::size_t max = *rc::gen::inRange<std::size_t>(0, 8);
    void apply(queue_model& model) const override {
      for (std::size_t i = 0; i < max && !model.items.empty(); ++i) model.items.pop_front();
    }
    void run(const queue_model& model, ring& sut) const override {
      std::array<item, 8> out{};
      agrees_with(model, sut.claim(out.data(), max), out);
    }
    void agrees_with(const queue_model& model, const claim_result& got,
                     const std::array<item, 8>& out) const {
      RC_ASSERT_FALSE(got.lost);
      RC_ASSERT(got.count == std::min(max, model.items.size()));
      for (std::size_t i = 0; i < got.count; ++i) {
        RC_ASSERT(out[i] == item_of<Words>(model.items[i]));
      }
    }
    void show(std::ostream& os) const override { os << "claim " << max; }
  };

  struct come_back : claim {
    void run(const queue_model& model, ring& sut) const override {
      const std::int64_t known = sut.known_pushed;
      std::array<item, 8> out{};
      const claim_result got = sut.claim(out.data(), this->max, sut.known_pushed);
      this->agrees_with(model, got, out);
      const auto pushed = static_cast<std::int64_t>(model.pushed);
      RC_ASSERT(sut.known_pushed == known || sut.known_pushed == pushed);
    }
    void show(std::ostream& os) const override { os << "come back for " << this->max; }
  };

  // With no consumer about, the producer may do this at any time.
  struct free_outgrown : command {
    void run(const queue_model&, ring& sut) const override {
      sut.free_outgrown();
      RC_ASSERT(sut.outgrown_bytes() == 0u);
    }
    void show(std::ostream& os) const override { os << "free outgrown"; }
  };

  struct look : command {
    void run(const queue_model& model, ring& sut) const override {
      RC_ASSERT(sut.size_estimate() == static_cast<std::int64_t>(model.items.size()));
      RC_ASSERT(sut.pushed_total() == static_cast<std::int64_t>(model.pushed));
      RC_ASSERT(sut.capacity() >= sut.size_estimate());
      RC_ASSERT(sut.capacity() <= static_cast<std::int64_t>(model.most));
    }
    void show(std::ostream& os) const override { os << "look"; }
  };
};

template <std::size_t Words>
bool behaves_as_a_queue() {
  return rc::check("any sequence of operations answers as a queue does", [] {
    using c = commands<Words>;
    // Small capacities: every few operations wrap around, grow or meet the limit.
    const int initial = *rc::gen::inRange(0, 4);
    const int maximum = *rc::gen::inRange(initial, 6);
    queue_model model;
    model.most = std::uint64_t{1} << maximum;
    typename c::ring sut(std::int64_t{1} << initial, std::int64_t{1} << maximum);
    rc::state::check(model, sut,
                     rc::state::gen::execOneOfWithArgs<typename c::push, typename c::push,
                                                       typename c::push_elsewhere,
                                                       typename c::claim, typename c::come_back,
                                                       typename c::free_outgrown,
                                                       typename c::look>());
  });
}

TEST(ProducerRingProperty, OneWordItemsBehaveAsAQueue) { EXPECT_TRUE(behaves_as_a_queue<1>()); }

TEST(ProducerRingProperty, ThreeWordItemsBehaveAsAQueue) { EXPECT_TRUE(behaves_as_a_queue<3>()); }

}  // namespace
}  // namespace wyn

// Any sequence of operations of one thread does what a plain list does. Failing ones are shrunk.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <ostream>

#include "core/deque/work_stealing_deque.h"
#include "tests/deque/items.h"

namespace wyn {
namespace {

using deque_tests::four_words;
using deque_tests::one_word;

struct list_model {
  std::deque<std::uint64_t> items;
  std::uint64_t next = 1;
  std::uint64_t most = 0;  // what the deque may hold
};

template <class Item, class Orders>
struct commands {
  using deque = work_stealing_deque<Item, env_default, Orders>;
  using command = rc::state::Command<list_model, deque>;

  struct push : command {
    void apply(list_model& model) const override {
      if (model.items.size() < model.most) model.items.push_back(model.next);
      ++model.next;
    }
    void run(const list_model& model, deque& sut) const override {
      RC_ASSERT(sut.push(Item::of(model.next)) == (model.items.size() < model.most));
    }
    void show(std::ostream& os) const override { os << "push"; }
  };

  struct pop : command {
    void apply(list_model& model) const override {
      if (!model.items.empty()) model.items.pop_back();
    }
    void run(const list_model& model, deque& sut) const override {
      Item item{};
      const bool got = sut.pop(item);
      RC_ASSERT(got == !model.items.empty());
      if (got) RC_ASSERT(item == Item::of(model.items.back()));
    }
    void show(std::ostream& os) const override { os << "pop"; }
  };

  struct steal : command {
    void apply(list_model& model) const override {
      if (!model.items.empty()) model.items.pop_front();
    }
    void run(const list_model& model, deque& sut) const override {
      Item item{};
      const steal_result got = sut.steal(item);
      RC_ASSERT(got == (model.items.empty() ? steal_result::empty : steal_result::item));
      if (got == steal_result::item) RC_ASSERT(item == Item::of(model.items.front()));
    }
    void show(std::ostream& os) const override { os << "steal"; }
  };

  // With no thief about, the owner may do this at any time.
  struct free_outgrown : command {
    void run(const list_model&, deque& sut) const override {
      sut.free_outgrown();
      RC_ASSERT(sut.outgrown_bytes() == 0u);
    }
    void show(std::ostream& os) const override { os << "free outgrown"; }
  };

  struct take_oldest : command {
    void apply(list_model& model) const override {
      if (!model.items.empty()) model.items.pop_front();
    }
    void run(const list_model& model, deque& sut) const override {
      Item item{};
      const bool got = sut.take_oldest(item);
      RC_ASSERT(got == !model.items.empty());
      if (got) RC_ASSERT(item == Item::of(model.items.front()));
    }
    void show(std::ostream& os) const override { os << "take_oldest"; }
  };

  struct size : command {
    void run(const list_model& model, deque& sut) const override {
      RC_ASSERT(sut.size_estimate() == static_cast<std::int64_t>(model.items.size()));
      RC_ASSERT(sut.capacity() >= sut.size_estimate());
    }
    void show(std::ostream& os) const override { os << "size"; }
  };
};

template <class Item, class Orders>
bool behaves_as_a_list() {
  return rc::check("any sequence of operations answers as a list does", [] {
    // Small capacities: every few operations wrap around, grow or meet the limit.
    const int initial = *rc::gen::inRange(0, 4);
    const int most = *rc::gen::inRange(initial, 8);
    list_model model;
    model.most = std::uint64_t{1} << most;
    using c = commands<Item, Orders>;
    typename c::deque sut(std::int64_t{1} << initial, std::int64_t{1} << most);
    // Push is named twice so that the deque fills up.
    rc::state::check(
        model, sut,
        rc::state::gen::execOneOfWithArgs<typename c::push, typename c::push, typename c::pop,
                                          typename c::steal, typename c::take_oldest,
                                          typename c::free_outgrown, typename c::size>());
  });
}

#ifndef WYN_UNDER_TSAN
TEST(DequeProperties, OneWordItemsInTheBiasedDeque) {
  EXPECT_TRUE((behaves_as_a_list<one_word, biased_orders>()));
}
TEST(DequeProperties, FourWordItemsInTheBiasedDeque) {
  EXPECT_TRUE((behaves_as_a_list<four_words, biased_orders>()));
}
TEST(DequeProperties, OneWordItemsWithTheFenceTable) {
  EXPECT_TRUE((behaves_as_a_list<one_word, deque_fence_orders>()));
}
TEST(DequeProperties, FourWordItemsWithTheFenceTable) {
  EXPECT_TRUE((behaves_as_a_list<four_words, deque_fence_orders>()));
}
#endif
TEST(DequeProperties, OneWordItemsWithTheSeqCstTable) {
  EXPECT_TRUE((behaves_as_a_list<one_word, deque_seq_cst_orders>()));
}
TEST(DequeProperties, FourWordItemsWithTheSeqCstTable) {
  EXPECT_TRUE((behaves_as_a_list<four_words, deque_seq_cst_orders>()));
}

}  // namespace
}  // namespace wyn

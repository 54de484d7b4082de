// The deque against std::deque: one thread plays owner and thief, so every answer is determined.
//
// Input: a byte each for the initial and the largest capacity, then operations: a byte modulo 5
// says which, what is left of it how often. Each input runs on every ordering table and on items of
// one word and of two.
#include <bit>
#include <cstdint>
#include <deque>

#include "core/deque/work_stealing_deque.h"
#include "fuzz/input.h"

namespace {

using wyn::steal_result;

struct two_words {
  std::uint64_t first, second;
  bool operator==(const two_words&) const = default;
};

template <class Item>
Item item_number(std::uint64_t n);
template <>
std::uint64_t item_number(std::uint64_t n) {
  return n * 0x9e3779b97f4a7c15u;
}
template <>
two_words item_number(std::uint64_t n) {
  return {n, ~n};
}

constexpr std::int64_t unbounded = wyn::chase_lev_deque<std::uint64_t>::unbounded;
constexpr std::int64_t max_items = 1 << 14;

template <class Item, class Orders>
class comparison {
 public:
  comparison(std::int64_t initial, std::int64_t largest)
      : limit_(static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(largest)))),
        deque_(initial, largest) {}

  void run(wyn::fuzz::input in) {
    while (!in.empty()) {
      const std::uint8_t op = in.byte();
      int times = 1 + op / 5;
      if (times > 48) times *= 16;  // long enough to grow several times
      for (; times > 0; --times) step(op % 5);
      check_size();
    }
    while (!model_.empty()) pop();
    pop();
    steal();
    take_oldest();
  }

 private:
  void step(int op) {
    switch (op) {
      case 0: return push();
      case 1: return pop();
      case 2: return steal();
      case 3: return take_oldest();
      default: return push(), steal();  // a queue: indices move on, the size does not
    }
  }

  void push() {
    const auto size = static_cast<std::int64_t>(model_.size());
    if (size == max_items) return;
    const Item item = item_number<Item>(pushed_++);
    const bool accepted = deque_.push(item);
    FUZZ_CHECK(accepted == (size < limit_));
    if (accepted) model_.push_back(item);
    FUZZ_CHECK(deque_.capacity() <= limit_);
  }

  void pop() {
    const Item untouched = item_number<Item>(~std::uint64_t{0});
    Item item = untouched;
    if (!deque_.pop(item)) {
      FUZZ_CHECK(model_.empty());
      FUZZ_CHECK(item == untouched);
      return;
    }
    FUZZ_CHECK(!model_.empty());
    FUZZ_CHECK(item == model_.back());
    model_.pop_back();
  }

  void steal() {
    const Item untouched = item_number<Item>(~std::uint64_t{0});
    Item item = untouched;
    const steal_result r = deque_.steal(item);
    FUZZ_CHECK(r != steal_result::lost);  // there is nobody to lose against
    FUZZ_CHECK((r == steal_result::empty) == model_.empty());
    if (r == steal_result::empty) {
      FUZZ_CHECK(item == untouched);
      return;
    }
    FUZZ_CHECK(item == model_.front());
    model_.pop_front();
  }

  void take_oldest() {
    const Item untouched = item_number<Item>(~std::uint64_t{0});
    Item item = untouched;
    const bool got = deque_.take_oldest(item);
    FUZZ_CHECK(got == !model_.empty());
    FUZZ_CHECK(item == (got ? model_.front() : untouched));
    if (got) model_.pop_front();
  }

  void check_size() {
    const auto size = static_cast<std::int64_t>(model_.size());
    FUZZ_CHECK(deque_.size_estimate() == size);
    FUZZ_CHECK(deque_.capacity() >= size);
    const auto bytes = static_cast<std::int64_t>(deque_.memory_bytes());
    FUZZ_CHECK(bytes >= deque_.capacity() * static_cast<std::int64_t>(sizeof(Item)));
  }

  const std::int64_t limit_;
  wyn::work_stealing_deque<Item, wyn::env_default, Orders> deque_;
  std::deque<Item> model_;
  std::uint64_t pushed_ = 0;
};

template <class Item, class Orders>
void compare(std::int64_t initial, std::int64_t largest, const wyn::fuzz::input& in) {
  comparison<Item, Orders>(initial, largest).run(in);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1024) return 0;  // longer ones find nothing that shorter ones do not
  wyn::fuzz::input in(data, size);
  const std::int64_t initial = 1 + in.below(70);
  const std::uint8_t room = in.byte();
  const std::int64_t largest = room % 4 == 0 ? unbounded : initial + room;
  compare<std::uint64_t, wyn::biased_orders>(initial, largest, in);
  compare<std::uint64_t, wyn::deque_fence_orders>(initial, largest, in);
  compare<std::uint64_t, wyn::deque_seq_cst_orders>(initial, largest, in);
  compare<two_words, wyn::biased_orders>(initial, largest, in);
  compare<two_words, wyn::deque_fence_orders>(initial, largest, in);
  compare<two_words, wyn::deque_seq_cst_orders>(initial, largest, in);
  return 0;
}

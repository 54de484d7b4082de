// Treiber's stack over the cells of an array: a free list.
//
// ABA: a thread reads the top cell and its successor and stops; others pop both and push the first
// again; the compare-exchange of the first thread succeeds and makes the successor the top, which
// somebody else owns. A counter beside the index, raised by each push, makes the old top differ.
#include <cstdint>

#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::memory_order_acquire;
using std_::memory_order_relaxed;
using std_::memory_order_release;

template <bool Counted>
class free_list {
 public:
  static constexpr std::uint32_t none = 0xffff;

  void push(std::uint32_t cell) {
    std::uint32_t top = top_.load(memory_order_relaxed);
    for (;;) {
      next_[cell].store(top & 0xffff, memory_order_relaxed);
      const std::uint32_t count = Counted ? (top >> 16) + 1 : 0;
      if (top_.compare_exchange_weak(top, count << 16 | cell, memory_order_release,
                                     memory_order_relaxed)) {
        return;
      }
    }
  }
  std::uint32_t pop() {
    std::uint32_t top = top_.load(memory_order_acquire);
    for (;;) {
      const std::uint32_t cell = top & 0xffff;
      if (cell == none) return none;
      const std::uint32_t next = next_[cell].load(memory_order_relaxed);
      if (top_.compare_exchange_weak(top, (top & 0xffff0000) | next, memory_order_acquire,
                                     memory_order_acquire)) {
        return cell;
      }
    }
  }

 private:
  std_::atomic<std::uint32_t> top_{none};
  std_::atomic<std::uint32_t> next_[2];
};

// Two cells. One thread takes both and gives one back, the other takes what it can get.
template <bool Counted>
struct takers {
  static constexpr int threads = 2;

  free_list<Counted> cells;
  std_::var<int> owner[2];

  void before() {
    cells.push(1);
    cells.push(0);
  }
  void use(std::uint32_t cell, int id) {
    if (cell != cells.none) owner[cell] = id;
  }
  void thread(int id) {
    const std::uint32_t first = cells.pop();
    const std::uint32_t second = cells.pop();
    if (id == 1 && first != cells.none) cells.push(first);
    else use(first, id);
    use(second, id);
  }
};

MODEL_TEST(TreiberStack, ACountedTopOwnsEachCellOnce, (takers<true>), executions(42));
MODEL_TEST_FAILS(TreiberStack, ABareTopMeetsAba, (takers<false>), failure::data_race);

}  // namespace

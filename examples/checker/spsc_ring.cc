// A ring for one producer and one consumer.
//
// Each index is written by one side. The release of the tail publishes the item, the release of the
// head gives the cell back: the second is as necessary as the first and is forgotten more often.
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::memory_order_acquire;
using std_::memory_order_relaxed;

template <std::memory_order Publish, std::memory_order GiveBack>
class ring {
 public:
  bool push(int v) {
    const unsigned tail = tail_.load(memory_order_relaxed);
    if (tail - head_.load(memory_order_acquire) == capacity) return false;
    cells_[tail % capacity] = v;
    tail_.store(tail + 1, Publish);
    return true;
  }
  bool pop(int& v) {
    const unsigned head = head_.load(memory_order_relaxed);
    if (head == tail_.load(memory_order_acquire)) return false;
    v = cells_[head % capacity];
    head_.store(head + 1, GiveBack);
    return true;
  }

 private:
  static constexpr unsigned capacity = 1;
  std_::var<int> cells_[capacity];
  std_::atomic<unsigned> head_{0};
  std_::atomic<unsigned> tail_{0};
};

// Two items through one cell: the second must wait for the cell.
template <std::memory_order Publish, std::memory_order GiveBack>
struct two_items {
  static constexpr int threads = 2;

  ring<Publish, GiveBack> items;

  void thread(int id) {
    for (int i = 1; i <= 2; ++i) {
      int v = i;
      while (!(id == 0 ? items.push(v) : items.pop(v))) std_::pause();
      std_::require(v == i, "in order");
    }
  }
};

constexpr auto release = std::memory_order_release;
constexpr auto relaxed = std::memory_order_relaxed;
MODEL_TEST(SpscRing, HandsOverEachItem, (two_items<release, release>), executions(1));
MODEL_TEST_FAILS(SpscRing, AnUnpublishedItemRaces, (two_items<relaxed, release>),
                 failure::data_race);
MODEL_TEST_FAILS(SpscRing, ACellThatIsNotGivenBackRaces, (two_items<release, relaxed>),
                 failure::data_race);

}  // namespace

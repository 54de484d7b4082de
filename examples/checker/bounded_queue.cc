// The bounded queue of Vyukov, checked as it is; a line number names the order to weaken.
#include <atomic>
#include <cstddef>

#include "models/check/std/as_std.h"
#include "models/checker/gtest.h"

namespace {

namespace checked {
namespace std = wyn::as_std;
#include "examples/checker/textbook/bounded_queue.h"
}  // namespace checked

namespace std_ = wyn::check;
using wyn::order;

// Items are var<int>, so that a cell that is read while it is written is a data race.
using queue = checked::bounded_queue<std_::var<int>, 2>;

// Two producers, and each takes out what it finds.
struct two_of_each {
  static constexpr int threads = 2;

  queue items;
  int taken[2] = {};

  void take() {
    std_::var<int> item;
    if (items.pop(item)) ++taken[item - 1];
  }
  void thread(int id) {
    std_::require(items.push(id + 1), "there is room for two");
    take();
  }
  void after() {
    take();
    take();
    std_::require(taken[0] == 1 && taken[1] == 1, "each comes out once");
  }
};

// Three items through two cells: a cell is used again.
struct around_the_ring {
  static constexpr int threads = 2;

  queue items;

  void before() {
    items.push(1);
    items.push(2);
  }
  void thread(int id) {
    std_::var<int> item;
    if (id == 0) items.push(3);
    else std_::require(items.pop(item) && item == 1, "the oldest comes first");
  }
};

// The second thread knows of nothing but what it takes out.
struct one_item {
  static constexpr int threads = 2;

  queue items;

  void thread(int id) {
    std_::var<int> item;
    if (id == 0) items.push(42);
    else if (items.pop(item)) std_::require(item == 42, "the item is whole");
  }
};

MODEL_TEST(BoundedQueue, HandsOverEachItemOnce, (two_of_each), executions(54));
MODEL_TEST(BoundedQueue, UsesACellAgain, (around_the_ring), executions(2));
MODEL_TEST(BoundedQueue, PublishesAnItem, (one_item), executions(2));
MODEL_TEST_FAILS(BoundedQueue, ARelaxedPushDoesNotPublish, (one_item), failure::data_race,
                 {.overrides = {{"bounded_queue.h:33", order::relaxed}}});
MODEL_TEST_FAILS(BoundedQueue, ARelaxedPopDoesNotHandBack, (around_the_ring), failure::data_race,
                 {.overrides = {{"bounded_queue.h:52", order::relaxed}}});
MODEL_TEST_FAILS(BoundedQueue, ARelaxedLoadOfTheTurnDoesNotAcquire, (one_item), failure::data_race,
                 {.overrides = {{"bounded_queue.h:44", order::relaxed}}});

}  // namespace

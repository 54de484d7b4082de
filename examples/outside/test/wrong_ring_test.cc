// What a mistake looks like: the header's release store, weakened by its line.
#include <atomic>
#include <cstddef>

#include "models/check/std/as_std.h"
#include "models/checker/gtest.h"

namespace {

namespace checked {
namespace std = wyn::as_std;
#include "ring/ring.h"
}  // namespace checked

namespace std_ = wyn::check;

struct one_item {
  static constexpr int threads = 2;

  checked::ring::spsc_ring<std_::var<int>, 1> items;

  void thread(int id) {
    std_::var<int> item;
    if (id == 0) items.push(42);
    else if (items.pop(item)) std_::require(item == 42, "the item is whole");
  }
};

MODEL_TEST(Ring, PublishesAnItem, (one_item), executions(2),
           {.overrides = {{"ring.h:17", wyn::order::relaxed}}});

}  // namespace

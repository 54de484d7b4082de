// Your header, unchanged, in every execution that C++20 allows.
#include <atomic>
#include <cstddef>

#include "models/check/std/as_std.h"
#include "models/checker/gtest.h"

namespace {

namespace checked {
namespace std = wyn::as_std;  // std::atomic is the explorer's in what follows
#include "ring/ring.h"
}  // namespace checked

namespace std_ = wyn::check;

// Two items through one cell: the second push waits for the first pop, or fails.
struct two_items {
  static constexpr int threads = 2;

  checked::ring::spsc_ring<std_::var<int>, 1> items;

  void thread(int id) {
    if (id == 0) {
      items.push(1);
      items.push(2);
    } else {
      std_::var<int> item;
      int last = 0;
      for (int i = 0; i < 2; ++i) {
        if (!items.pop(item)) continue;
        std_::require(item == last + 1, "in order, none twice");
        last = item;
      }
    }
  }
};

MODEL_TEST(Ring, HandsOverInOrder, (two_items), executions(6));

}  // namespace

// A door with a sleeper: who opens it saves the notification when nobody sleeps.
//
// The opener stores the door and reads the count of sleepers; the sleeper stores the count and
// reads the door. That is Dekker's shape again: without a seq_cst fence between the two on both
// sides each may miss the other, and the sleeper sleeps for ever.
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::memory_order_acquire;
using std_::memory_order_relaxed;
using std_::memory_order_release;

template <std::memory_order Fence>
struct door {
  static constexpr int threads = 2;

  std_::atomic<int> is_open{0};
  std_::atomic<int> sleepers{0};
  std_::var<int> behind_it;

  void open() {
    is_open.store(1, memory_order_release);
    std_::atomic_thread_fence(Fence);
    if (sleepers.load(memory_order_relaxed) != 0) is_open.notify_all();
  }
  void pass() {
    if (is_open.load(memory_order_acquire) != 0) return;
    sleepers.fetch_add(1, memory_order_relaxed);
    std_::atomic_thread_fence(Fence);
    is_open.wait(0, memory_order_acquire);
    sleepers.fetch_sub(1, memory_order_relaxed);
  }

  void thread(int id) {
    if (id == 0) {
      behind_it = 7;
      open();
    } else {
      pass();
      std_::require(behind_it == 7, "the door was open");
    }
  }
};

MODEL_TEST(LostWakeup, SeqCstFencesWakeTheSleeper, (door<std::memory_order_seq_cst>),
           executions(4));
MODEL_TEST_FAILS(LostWakeup, WithoutThemItSleepsForEver, (door<std::memory_order_acq_rel>),
                 failure::lost_wakeup);

}  // namespace

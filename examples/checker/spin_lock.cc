// A spin lock on an atomic_flag.
//
// A loop that waits says so: yield() (or pause()) in each turn, else the check ends as BOUNDED.
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;

template <std::memory_order Unlock>
class spin_lock {
 public:
  void lock() {
    while (taken_.test_and_set(std_::memory_order_acquire)) std_::this_thread::yield();
  }
  void unlock() { taken_.clear(Unlock); }

 private:
  std_::atomic_flag taken_;
};

template <std::memory_order Unlock>
struct three_increments {
  static constexpr int threads = 3;

  spin_lock<Unlock> lock;
  std_::var<int> count = 0;

  void thread(int) {
    lock.lock();
    ++count;
    lock.unlock();
  }
  void after() { std_::require(count == 3, "no increment is lost"); }
};

MODEL_TEST(SpinLock, KeepsTheOthersOut, (three_increments<std::memory_order_release>),
           executions(6));
MODEL_TEST_FAILS(SpinLock, ARelaxedUnlockLetsThemRace,
                 (three_increments<std::memory_order_relaxed>), failure::data_race);

}  // namespace

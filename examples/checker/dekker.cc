// Dekker's entry protocol, the store-buffering shape: each thread raises its flag and enters if the
// other's is down.
//
// Both could miss the other's flag unless all four accesses are seq_cst: release and acquire order
// a store with earlier accesses and a load with later ones, but not a store with a later load.
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;

template <std::memory_order Raise, std::memory_order Look>
struct dekker {
  static constexpr int threads = 2;

  std_::atomic<bool> wants[2];
  std_::var<int> entries = 0;  // in the critical section

  void thread(int id) {
    wants[id].store(true, Raise);
    if (!wants[1 - id].load(Look)) ++entries;
  }
  void after() { std_::require(entries <= 1, "at most one of them enters"); }
};

MODEL_TEST(Dekker, SeqCstLetsOneIn,
           (dekker<std::memory_order_seq_cst, std::memory_order_seq_cst>), executions(3));
MODEL_TEST_FAILS(Dekker, ReleaseAndAcquireLetBothIn,
                 (dekker<std::memory_order_release, std::memory_order_acquire>),
                 failure::data_race);

}  // namespace

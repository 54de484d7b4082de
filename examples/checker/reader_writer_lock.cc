// A reader-writer lock in one word: the number of readers, or -1 for a writer.
//
// A reader only reads, and yet it must leave with a release: the writer that comes next overwrites
// what was read, and has to know that the reading is over.
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::memory_order_acquire;
using std_::memory_order_relaxed;
using std_::memory_order_release;

template <std::memory_order LeaveShared>
class reader_writer_lock {
 public:
  void lock_shared() {
    for (;;) {
      int readers = state_.load(memory_order_relaxed);
      if (readers >= 0 && state_.compare_exchange_strong(readers, readers + 1,
                                                         memory_order_acquire,
                                                         memory_order_relaxed)) {
        return;
      }
      std_::pause();
    }
  }
  void unlock_shared() { state_.fetch_sub(1, LeaveShared); }

  void lock() {
    int nobody = 0;
    while (!state_.compare_exchange_strong(nobody, -1, memory_order_acquire,
                                           memory_order_relaxed)) {
      nobody = 0;
      std_::pause();
    }
  }
  void unlock() { state_.store(0, memory_order_release); }

 private:
  std_::atomic<int> state_{0};
};

// One writer; the others read two words that belong together.
template <std::memory_order LeaveShared, int Readers>
struct one_writer {
  static constexpr int threads = 1 + Readers;

  reader_writer_lock<LeaveShared> lock;
  std_::var<int> left = 0, right = 0;

  void thread(int id) {
    if (id == 0) {
      lock.lock();
      left = 1;
      right = 1;
      lock.unlock();
    } else {
      lock.lock_shared();
      std_::require(left == right, "both words are of one write");
      lock.unlock_shared();
    }
  }
};

MODEL_TEST(ReaderWriterLock, ReadersSeeWholeWrites, (one_writer<memory_order_release, 2>),
           executions(34));
MODEL_TEST_FAILS(ReaderWriterLock, AReaderThatLeavesRelaxedRacesWithTheWriter,
                 (one_writer<memory_order_relaxed, 1>), failure::data_race);

}  // namespace

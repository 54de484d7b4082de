// Two fair locks: the ticket lock, and the queue lock of Mellor-Crummey and Scott (TOCS'91).
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::memory_order_acq_rel;
using std_::memory_order_acquire;
using std_::memory_order_relaxed;
using std_::memory_order_release;

template <std::memory_order Unlock>
class ticket_lock {
 public:
  void lock(int) {
    const int mine = next_.fetch_add(1, memory_order_relaxed);
    while (serving_.load(memory_order_acquire) != mine) std_::pause();
  }
  void unlock(int) { serving_.store(serving_.load(memory_order_relaxed) + 1, Unlock); }

 private:
  std_::atomic<int> next_{0};
  std_::atomic<int> serving_{0};
};

// `Patient`: an unlock that finds no successor and cannot empty the queue waits for the one that is
// about to announce itself.
template <bool Patient>
class mcs_lock {
 public:
  void lock(int id) {
    cell& mine = cells_[id];
    mine.next.store(nullptr, memory_order_relaxed);
    mine.waits.store(true, memory_order_relaxed);
    cell* before = last_.exchange(&mine, memory_order_acq_rel);
    if (before == nullptr) return;
    before->next.store(&mine, memory_order_release);
    while (mine.waits.load(memory_order_acquire)) std_::pause();
  }
  void unlock(int id) {
    cell& mine = cells_[id];
    cell* next = mine.next.load(memory_order_acquire);
    if (next == nullptr) {
      cell* expected = &mine;
      if (last_.compare_exchange_strong(expected, nullptr, memory_order_release,
                                        memory_order_relaxed)) {
        return;
      }
      if (!Patient) return;
      while ((next = mine.next.load(memory_order_acquire)) == nullptr) std_::pause();
    }
    next->waits.store(false, memory_order_release);
  }

 private:
  struct cell {
    std_::atomic<cell*> next{nullptr};
    std_::atomic<bool> waits{false};
  };
  cell cells_[3];
  std_::atomic<cell*> last_{nullptr};
};

template <class Lock, int Threads>
struct increments {
  static constexpr int threads = Threads;

  Lock lock;
  std_::var<int> count = 0;

  void thread(int id) {
    lock.lock(id);
    ++count;
    lock.unlock(id);
  }
  void after() { std_::require(count == Threads, "no increment is lost"); }
};

MODEL_TEST(TicketLock, KeepsTheOthersOut, (increments<ticket_lock<memory_order_release>, 3>),
           executions(6));
MODEL_TEST_FAILS(TicketLock, ARelaxedUnlockLetsThemRace,
                 (increments<ticket_lock<memory_order_relaxed>, 2>), failure::data_race);
MODEL_TEST(McsLock, KeepsTheOthersOut, (increments<mcs_lock<true>, 2>), executions(6));
MODEL_TEST_FAILS(McsLock, AnImpatientUnlockStrandsTheNext, (increments<mcs_lock<false>, 2>),
                 failure::livelock);

}  // namespace

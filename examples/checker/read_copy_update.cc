// Read-copy-update in its smallest form: readers announce themselves, an update publishes a copy,
// waits for the readers of the old one, and deletes it.
//
// The reader stores its announcement and loads the pointer; the updater stores the pointer and
// loads the announcements. Dekker's shape: without seq_cst fences the updater sees no reader, the
// reader sees the old copy, and reads it after its deletion.
#include "models/check/std/checked.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::memory_order_acq_rel;
using std_::memory_order_acquire;
using std_::memory_order_relaxed;
using std_::memory_order_release;
using std_::memory_order_seq_cst;
using std_::with_new;

struct version {
  explicit version(int n) : left(n), right(n) {}
  std_::var<int> left, right;
};

template <int Readers, std::memory_order Fence>
class published {
 public:
  ~published() { delete current_.load(memory_order_relaxed); }

  template <class Read>
  void read(int reader, Read f) {
    reading_[reader].store(true, memory_order_relaxed);
    std_::atomic_thread_fence(Fence);
    f(*current_.load(memory_order_acquire));
    reading_[reader].store(false, memory_order_release);
  }
  void update(version* next, bool wait) {
    version* old = current_.exchange(next, memory_order_acq_rel);
    std_::atomic_thread_fence(Fence);
    for (auto& reading : reading_) {
      while (wait && reading.load(memory_order_acquire)) std_::pause();
    }
    delete old;
  }

 private:
  std_::atomic<version*> current_{new version(0)};
  std_::atomic<bool> reading_[Readers];
};

template <int Readers, bool Wait, std::memory_order Fence>
struct one_update {
  static constexpr int threads = 1 + Readers;

  published<Readers, Fence> data;

  void thread(int id) {
    if (id == 0) return data.update(new version(1), Wait);
    data.read(id - 1, [](const version& v) {
      std_::require(v.left == v.right, "a version is whole");
    });
  }
};

MODEL_TEST(ReadCopyUpdate, ReadersSeeWholeVersions,
           (with_new<one_update<2, true, memory_order_seq_cst>>), executions(9),
           {.check_leaks = true});
MODEL_TEST_FAILS(ReadCopyUpdate, WithoutSeqCstFencesTheReaderIsOverlooked,
                 (with_new<one_update<1, true, memory_order_acq_rel>>), failure::use_after_free);
MODEL_TEST_FAILS(ReadCopyUpdate, WithoutAGracePeriodTheReaderIsTooLate,
                 (with_new<one_update<1, false, memory_order_seq_cst>>),
                 failure::use_after_free);

}  // namespace

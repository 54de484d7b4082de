// A seqlock: readers never write, and read again when a writer was there.
//
// The data is read while it is written, so it has to be atomic, relaxed will do; the fences keep
// the reads between the two reads of the sequence number (Boehm, "Can seqlocks get along with
// programming language memory models?", MSPC'12).
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::memory_order_acquire;
using std_::memory_order_relaxed;
using std_::memory_order_release;

template <class Word, bool Fence>
struct seqlock {
  static constexpr int threads = 2;

  std_::atomic<unsigned> sequence{0};
  Word left{0}, right{0};

  void write(int v) {
    const unsigned s = sequence.load(memory_order_relaxed);
    sequence.store(s + 1, memory_order_relaxed);
    std_::atomic_thread_fence(memory_order_release);
    put(left, v);
    put(right, v);
    sequence.store(s + 2, memory_order_release);
  }
  void read(int& l, int& r) {
    for (;;) {
      const unsigned before = sequence.load(memory_order_acquire);
      l = get(left);
      r = get(right);
      if (Fence) std_::atomic_thread_fence(memory_order_acquire);
      if (before % 2 == 0 && sequence.load(memory_order_relaxed) == before) return;
      std_::pause();
    }
  }

  void thread(int id) {
    if (id == 0) {
      write(1);
      write(2);
    } else {
      int l = 0;
      int r = 0;
      read(l, r);
      std_::require(l == r, "both halves are of one write");
    }
  }

  static void put(std_::atomic<int>& word, int v) { word.store(v, memory_order_relaxed); }
  static int get(std_::atomic<int>& word) { return word.load(memory_order_relaxed); }
  static void put(std_::var<int>& word, int v) { word = v; }
  static int get(std_::var<int>& word) { return word; }
};

MODEL_TEST(Seqlock, ReadersSeeOneWrite, (seqlock<std_::atomic<int>, true>), executions(3));
MODEL_TEST_FAILS(Seqlock, WithoutTheFenceTheySeeHalves, (seqlock<std_::atomic<int>, false>),
                 failure::assertion);
MODEL_TEST_FAILS(Seqlock, PlainDataRaces, (seqlock<std_::var<int>, true>), failure::data_race);

}  // namespace

// atomic_ref: data that is atomic for a while.
#include <gtest/gtest.h>

#include <atomic>

#include "models/check/std/as_std.h"
#include "models/check/std/checked.h"
#include "models/check/std/main_program.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::main_program;
using wyn::model::failure;

template <class Cell>
struct counts {
  static constexpr int threads = 2;
  Cell n{40};
  void thread(int) { std_::atomic_ref(n).fetch_add(1, std::memory_order_relaxed); }
  void after() { std_::require(n == 42, "the value is in memory afterwards"); }
};
MODEL_TEST(StdAtomicRef, NoIncrementOfWatchedDataIsLost, (counts<std_::var<int>>), executions(2));
MODEL_TEST(StdAtomicRef, NorOneOfRawData, (counts<int>), executions(2));

// What is last in modification order is left behind, whoever ends the last reference.
struct two_stores {
  static constexpr int threads = 2;
  std_::var<int> n{0};
  std_::atomic<int> seen{0};
  void thread(int id) {
    const std_::atomic_ref<int> ref(n);
    ref.store(id + 1, std::memory_order_relaxed);
    if (id == 1 && ref.load(std::memory_order_relaxed) == 1) seen.store(1);
  }
  void after() {
    std_::require(seen.load() == 0 || n == 1, "the later store stays");
  }
};
MODEL_TEST(StdAtomicRef, TheLastStoreStays, (two_stores), executions(3));

// Plain before, atomic in between, plain again; twice.
void in_turns() {
  std_::var<int> n = 1;
  for (int round = 0; round < 2; ++round) {
    ++n;
    std_::thread other([&] { std_::atomic_ref(n).fetch_add(10); });
    std_::atomic_ref(n).fetch_add(10);
    other.join();
    ++n;
  }
  std_::require(n == 45, "nothing is lost");
}
MODEL_TEST(StdAtomicRef, PlainAndAtomicInTurns, (main_program<&in_turns>), executions(4));

void raw_in_turns() {
  int n = 1;
  for (int round = 0; round < 2; ++round) {
    ++n;
    std_::thread other([&] { std_::atomic_ref(n).fetch_add(10); });
    std_::atomic_ref(n).fetch_add(10);
    other.join();
    ++n;
  }
  std_::require(n == 45, "nothing is lost");
}
MODEL_TEST(StdAtomicRef, RawDataInTurns, (main_program<&raw_in_turns>), executions(4));

template <bool Write>
struct plain_beside_it {
  static constexpr int threads = 2;
  std_::var<int> n{0};
  void thread(int id) {
    if (id == 0) std_::atomic_ref(n).fetch_add(1);
    else if (Write) n = 1;
    else n.get();
  }
};
MODEL_TEST_FAILS(StdAtomicRef, APlainWriteBesideItRaces, (plain_beside_it<true>),
                 failure::data_race);
MODEL_TEST_FAILS(StdAtomicRef, SoDoesAPlainRead, (plain_beside_it<false>), failure::data_race);

void plain_within_a_reference() {
  std_::var<int> n = 0;
  const std_::atomic_ref ref(n);
  n = 1;
}
MODEL_TEST_FAILS(StdAtomicRef, NoPlainAccessWhileItExists,
                 (main_program<&plain_within_a_reference>), failure::data_race);

template <std::memory_order Publish>
struct publishes {
  static constexpr int threads = 2;
  std_::var<int> data, ready{0};
  void thread(int id) {
    const std_::atomic_ref<int> flag(ready);
    if (id == 0) {
      data = 42;
      flag.store(1, Publish);
    } else if (flag.load(std::memory_order_acquire) == 1) {
      std_::require(data == 42, "published");
    }
  }
};
MODEL_TEST(StdAtomicRef, AReleasePublishes, (publishes<std::memory_order_release>), executions(2));
MODEL_TEST_FAILS(StdAtomicRef, ARelaxedStoreDoesNot, (publishes<std::memory_order_relaxed>),
                 failure::data_race);

struct neighbours {
  static constexpr int threads = 1;
  alignas(8) int pair[2] = {};
  void thread(int) {
    std_::atomic_ref(pair[0]).store(1);
    std_::atomic_ref(pair[1]).store(1);
  }
};
MODEL_TEST_FAILS(StdAtomicRef, NeighboursInEightBytesAreRefused, (neighbours), failure::misuse);

struct of_an_atomic {
  static constexpr int threads = 1;
  std_::atomic<int> n{0};
  void thread(int) { std_::atomic_ref(reinterpret_cast<int&>(n)).store(1); }
};
MODEL_TEST_FAILS(StdAtomicRef, AnAtomicIsRefused, (of_an_atomic), failure::misuse);

struct members {
  static constexpr int threads = 1;
  long number = 6;
  double real = 1.5;
  void thread(int) {
    const std_::atomic_ref ref(number);
    const std_::atomic_ref copy(ref);
    std_::require(ref.exchange(7) == 6 && copy == 7 && (ref = 8) == 8, "exchange");
    long seen = 1;
    std_::require(!ref.compare_exchange_strong(seen, 2) && seen == 8, "finds");
    std_::require(++ref == 9 && ref++ == 9 && --ref == 9 && ref-- == 9, "steps");
    std_::require((ref += 2) == 10 && (ref -= 1) == 9 && (ref &= 8) == 8, "compound");
    std_::require((ref |= 1) == 9 && (ref ^= 3) == 10 && ref.fetch_or(1) == 10, "bits");
    ref.wait(0);
    ref.notify_all();
    std_::require(std_::atomic_ref(real).fetch_sub(0.5) == 1.5, "doubles");
  }
  void after() { std_::require(number == 11 && real == 1.0, "in memory"); }
};
MODEL_TEST(StdAtomicRef, HasTheMembersOfTheStandard, (members), executions(1));

}  // namespace

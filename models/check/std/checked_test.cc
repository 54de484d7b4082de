// Each member of the drop-in on a program of a few accesses.
#include "models/check/std/checked.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using wyn::model::failure;

template <std::memory_order Publish, std::memory_order Look>
struct message {
  static constexpr int threads = 2;
  std_::var<int> data;
  std_::atomic<bool> ready = false;
  void thread(int id) {
    if (id == 0) {
      data = 42;
      ready.store(true, Publish);
    } else if (ready.load(Look)) {
      std_::require(data == 42, "the message is read");
    }
  }
};
MODEL_TEST(StdAtomic, ReleaseAndAcquirePublish,
           (message<std::memory_order_release, std::memory_order_acquire>), executions(2));
MODEL_TEST(StdAtomic, TheDefaultOrderIsSequentiallyConsistent,
           (message<std::memory_order_seq_cst, std::memory_order_seq_cst>), executions(2));
MODEL_TEST_FAILS(StdAtomic, RelaxedDoesNotPublish,
                 (message<std::memory_order_relaxed, std::memory_order_acquire>),
                 failure::data_race);
MODEL_TEST_FAILS(StdAtomic, AStoreThatAcquiresIsRefused,
                 (message<std::memory_order_acquire, std::memory_order_acquire>),
                 failure::assertion);
MODEL_TEST_FAILS(StdAtomic, ALoadThatReleasesIsRefused,
                 (message<std::memory_order_release, std::memory_order_release>),
                 failure::assertion);

struct arithmetic {
  static constexpr int threads = 1;
  std_::atomic<std::uint8_t> byte = 250;
  std_::atomic<int> number{6};
  int cells[4] = {};
  std_::atomic<int*> pointer{cells};
  void thread(int) {
    std_::require(byte.fetch_add(10) == 250 && byte == 4, "wraps around");
    std_::require(byte.fetch_sub(5) == 4 && byte == 255, "both ways");
    std_::require(number.fetch_and(3) == 6 && number.fetch_or(8) == 2, "and, or");
    std_::require(number.fetch_xor(1) == 10 && number == 11, "xor");
    std_::require(number++ == 11 && ++number == 13 && number-- == 13 && --number == 11, "steps");
    std_::require((number += 4) == 15 && (number -= 5) == 10 && (number &= 6) == 2, "compound");
    std_::require((number |= 5) == 7 && (number ^= 2) == 5 && (number = 9) == 9, "and more");
    std_::require(pointer.fetch_add(2) == cells && pointer++ == cells + 2, "pointers");
    std_::require(--pointer == cells + 2 && (pointer -= 2) == cells, "and back");
    int seen = 8;
    std_::require(!number.compare_exchange_strong(seen, 1) && seen == 9, "finds the value");
    std_::require(number.compare_exchange_weak(seen, 1, std_::memory_order_acq_rel,
                                               std_::memory_order::relaxed),
                  "replaces it");
    std_::require(number.exchange(3) == 1 && number == 3, "exchange");
    std_::var<int> x = 1;
    std_::require(x++ == 1 && ++x == 3 && (x += 2) == 5 && (x -= 1) == 4 && --x == 3, "var");
  }
};
MODEL_TEST(StdAtomic, ArithmeticIsThatOfTheStandard, (arithmetic), executions(1));

struct bits {
  static constexpr int threads = 3;
  std_::atomic<unsigned> set{0};
  void thread(int id) {
    if (id == 2) set.fetch_xor(4, std::memory_order_relaxed);
    else set.fetch_or(1u << id, std::memory_order_relaxed);
  }
  void after() { std_::require(set.load() == 7, "no bit is lost"); }
};
MODEL_TEST(StdAtomic, NoBitIsLost, (bits), executions(6));

template <std::memory_order O>
struct store_buffering {
  static constexpr int threads = 2;
  std_::atomic<int> x{0}, y{0};
  int seen[2];
  void thread(int id) {
    (id == 0 ? x : y).store(1, std::memory_order_relaxed);
    std_::atomic_thread_fence(O);
    seen[id] = (id == 0 ? y : x).load(std::memory_order_relaxed);
  }
  void after() { std_::require(seen[0] + seen[1] > 0, "one of them sees the other"); }
};
MODEL_TEST(StdFence, SeqCstForbidsStoreBuffering, (store_buffering<std::memory_order_seq_cst>),
           executions(3));
MODEL_TEST_FAILS(StdFence, AcqRelDoesNot, (store_buffering<std::memory_order_acq_rel>),
                 failure::assertion);

template <bool Notify>
struct gate {
  static constexpr int threads = 2;
  std_::atomic<int> open{0};
  std_::var<int> data;
  void thread(int id) {
    if (id == 0) {
      data = 1;
      open.store(1, std::memory_order_release);
      if (Notify) open.notify_one();
    } else {
      open.wait(0, std::memory_order_acquire);
      std_::require(data == 1, "the gate was open");
    }
  }
};
MODEL_TEST(StdWait, ANotificationEndsIt, (gate<true>), executions(1));
MODEL_TEST_FAILS(StdWait, AStoreAloneDoesNot, (gate<false>), failure::lost_wakeup);

struct opens_and_closes {
  static constexpr int threads = 2;
  std_::atomic<int> open{0};
  void thread(int id) {
    if (id == 1) return open.wait(0);
    open.store(1);
    open.store(0);
    open.notify_all();
  }
};
MODEL_TEST_FAILS(StdWait, AValueThatComesBackIsMissed, (opens_and_closes), failure::lost_wakeup);

struct flag_lock {
  static constexpr int threads = 2;
  std_::atomic_flag taken = ATOMIC_FLAG_INIT;
  std_::var<int> count = 0;
  void thread(int) {
    while (taken.test_and_set(std::memory_order_acquire)) std_::this_thread::yield();
    ++count;
    taken.clear(std::memory_order_release);
  }
  void after() { std_::require(count == 2 && !taken.test(), "both were in"); }
};
MODEL_TEST(StdFlag, LocksAndUnlocks, (flag_lock), executions(2));

struct published_by_assignment {
  static constexpr int threads = 2;
  std_::var<int> data;
  std_::atomic<int> ready{0};
  static constexpr int line_of_store = __LINE__ + 4;
  void thread(int id) {
    if (id == 0) {
      data = 42;
      ready = 1;
    } else if (ready.load() == 1) {
      std_::require(data == 42, "the message is read");
    }
  }
};
TEST(StdSites, AnOverrideNamesTheLineOfTheUser) {
  using program = published_by_assignment;
  const std::string line = "checked_test.cc:" + std::to_string(program::line_of_store);
  EXPECT_EQ(wyn::model::check<program>().kind, wyn::model::verdict_kind::pass);
  for (const std::string& name : {line, line + " store"}) {
    const auto v = wyn::model::check<program>(
        {.overrides = {{.site = name, .replacement = wyn::order::relaxed}}});
    EXPECT_EQ(v.failure, failure::data_race) << v.report;
    EXPECT_TRUE(v.unused_overrides.empty());
    EXPECT_NE(v.report.find(line + " store"), std::string::npos) << v.report;
  }
}

enum class misdeed { none, leak, use_after_delete, second_delete };
template <misdeed Misdeed>
struct new_and_delete {
  static constexpr int threads = 2;
  struct node {
    std_::var<int> value;
  };
  std_::atomic<node*> shared{nullptr};
  void thread(int id) {
    if (id == 0) {
      node* n = new node{7};
      shared.store(n, std::memory_order_release);
      if (Misdeed == misdeed::use_after_delete) delete n;
      return;
    }
    node* n = shared.load(std::memory_order_acquire);
    if (n == nullptr) return;
    std_::require(n->value == 7, "the node is whole");
  }
  void after() {
    if (Misdeed == misdeed::leak || Misdeed == misdeed::use_after_delete) return;
    delete shared.load();
    if (Misdeed == misdeed::second_delete) delete shared.load();
  }
};
using std_::with_new;
MODEL_TEST(StdNew, MemoryIsTheModels, (with_new<new_and_delete<misdeed::none>>), executions(2),
           {.check_leaks = true});
MODEL_TEST_FAILS(StdNew, ALeakIsFound, (with_new<new_and_delete<misdeed::leak>>), failure::leak,
                 {.check_leaks = true});
MODEL_TEST_FAILS(StdNew, UseAfterDeleteIsFound,
                 (with_new<new_and_delete<misdeed::use_after_delete>>), failure::use_after_free);
MODEL_TEST_FAILS(StdNew, ASecondDeleteIsFound,
                 (with_new<new_and_delete<misdeed::second_delete>>), failure::use_after_free);

struct aborts {
  static constexpr int threads = 1;
  void thread(int) {
    delete new int(1);
    std::abort();
  }
};
MODEL_TEST_FAILS(StdNew, AnAbortIsAFailure, (with_new<aborts>), failure::assertion);
MODEL_TEST(StdNew, TheNextCheckIsNotDisturbed, (with_new<new_and_delete<misdeed::none>>),
           executions(2), {.check_leaks = true});

struct throws {
  static constexpr int threads = 1;
  void thread(int) { throw std::runtime_error("a message that is longer than a short string"); }
};
TEST(StdNew, AnExceptionIsAModelError) {
  const auto v = wyn::model::check<with_new<throws>>();
  EXPECT_EQ(v.kind, wyn::model::verdict_kind::model_error);
  EXPECT_NE(v.message.find("longer than a short string"), std::string::npos) << v.message;
}

struct grows_a_vector {
  static constexpr int threads = 2;
  std::vector<int> mine[2];
  std_::atomic<int> turns{0};
  void thread(int id) {
    for (int i = 0; i < 20; ++i) mine[id].push_back(i);
    turns.fetch_add(1);
    mine[id] = std::vector<int>(3, id);
  }
  void after() { std_::require(mine[0][0] == 0 && mine[1][2] == 1, "each has its own"); }
};
MODEL_TEST(StdNew, ContainersOfAThreadAreFine, (with_new<grows_a_vector>), executions(2),
           {.check_leaks = true});

}  // namespace

// The two futex operations: a wait ends on a wake or a changed value, and never blocks on a value
// that is already another.
#include "core/base/futex.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace wyn {
namespace {

static_assert(sizeof(std::atomic<std::uint32_t>) == 4);

const std::uint32_t* raw(const std::atomic<std::uint32_t>& word) {
  return reinterpret_cast<const std::uint32_t*>(&word);
}

// Whether the kernel says that thread `tid` of this process sleeps.
bool sleeps(long tid) {
  std::ifstream file("/proc/self/task/" + std::to_string(tid) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::size_t name_end = text.rfind(')');
  return name_end != std::string::npos && text.substr(name_end, 3) == ") S";
}

// Threads that wait until `word` leaves 0. They sleep nowhere but in the futex.
class sleepers {
 public:
  sleepers(std::atomic<std::uint32_t>& word, int count) : tids_(count) {
    for (int i = 0; i < count; ++i) {
      threads_.emplace_back([this, &word, i] {
        tids_[i].store(::syscall(SYS_gettid));
        while (word.load() == 0) {
          futex_wait(raw(word), 0);
          returns_.fetch_add(1);
        }
      });
    }
  }
  // Returns when the kernel has all of them asleep.
  void await_asleep() {
    for (std::atomic<long>& tid : tids_) {
      while (tid.load() == 0 || !sleeps(tid.load())) std::this_thread::yield();
    }
  }
  void join() {
    for (std::thread& t : threads_) t.join();
  }
  int returns() const { return returns_.load(); }

 private:
  std::vector<std::atomic<long>> tids_;
  std::atomic<int> returns_{0};
  std::vector<std::thread> threads_;
};

TEST(FutexWait, ReturnsAtOnceWhenTheValueIsAnother) {
  std::atomic<std::uint32_t> word{5};
  futex_wait(raw(word), 4);
  SUCCEED();
}

TEST(FutexWake, WithoutWaitersDoesNothing) {
  std::atomic<std::uint32_t> word{0};
  futex_wake(raw(word), 1);
  EXPECT_EQ(word.load(), 0u);
}

TEST(FutexWake, EndsTheWaitOfASleepingThread) {
  std::atomic<std::uint32_t> word{0};
  sleepers one(word, 1);
  one.await_asleep();
  word.store(1);
  futex_wake(raw(word), 1);
  one.join();
  EXPECT_GE(one.returns(), 1);
}

TEST(FutexWake, EndsAsManyWaitsAsAskedFor) {
  std::atomic<std::uint32_t> word{0};
  sleepers three(word, 3);
  three.await_asleep();
  word.store(1);
  futex_wake(raw(word), 3);
  three.join();
  EXPECT_GE(three.returns(), 3);
}

// The value still is 0, so whoever is woken goes back to sleep: the number of returns is the number
// of threads woken. The kernel may add a return without a cause, but never on this scale.
TEST(FutexWake, OfOneLeavesTheOthersAsleep) {
  std::atomic<std::uint32_t> word{0};
  sleepers three(word, 3);
  three.await_asleep();
  futex_wake(raw(word), 1);
  while (three.returns() < 1) std::this_thread::yield();
  three.await_asleep();
  EXPECT_EQ(three.returns(), 1);
  word.store(1);
  futex_wake(raw(word), 3);
  three.join();
}

}  // namespace
}  // namespace wyn

// Many more tasks than a bounded queue holds: each runs once, in the memory of the bound. Two
// million; twenty million with bazel test --config=deep.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/harness/resident.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

constexpr std::int64_t bound = 16'384;
// For each place of the queue its entry, a closure in its slot and what that owns; and some for
// what is there with few tasks, too: slots, rings, stacks. Without a bound, entries alone took 30
// MiB.
constexpr double allowed_growth = 300.0 * static_cast<double>(bound) + (4 << 20);

bool is_deep() { return std::getenv("WYN_DEEP") != nullptr; }

// A byte for each task, which only its task writes. An increment, not a store: a task that ran
// twice leaves a 2.
class bytes {
 public:
  explicit bytes(std::size_t n) : all_(n) {}  // touched, so it is resident from the beginning
  std::uint8_t* at(std::size_t i) { return &all_[i]; }
  std::size_t not_once() const {
    return all_.size() -
           static_cast<std::size_t>(std::count(all_.begin(), all_.end(), std::uint8_t{1}));
  }

 private:
  std::vector<std::uint8_t> all_;
};

void raise(void* byte) { ++*static_cast<std::uint8_t*>(byte); }

class BoundedMemory : public ::testing::TestWithParam<unsigned> {
 protected:
  static options bounded(full_policy policy) {
    options o = with_workers(GetParam());
    o.max_queued = bound;
    o.on_full = policy;
    return o;
  }

  // spawn(rt, i) queues task i, or runs it.
  template <class Spawn>
  void expect_each_once_in_bounded_memory(full_policy policy, const Spawn& spawn) {
    const watchdog no_hang(is_deep() ? 1000 : 100);
    const std::size_t n = is_deep() ? 20'000'000 : 2'000'000;
    bytes ran(n);
    const std::int64_t before = bench::resident_bytes();
    {
      runtime rt(bounded(policy));
      for (std::size_t i = 0; i < n; ++i) spawn(rt, ran.at(i));
      rt.wait_idle();
    }
    // At least what this run added: the peak may be that of a run before.
    const auto growth = static_cast<double>(bench::peak_resident_bytes() - before);
    std::printf("%zu tasks: resident memory grew by %.1f MiB, of %.1f\n", n, growth / (1 << 20),
                allowed_growth / (1 << 20));
    EXPECT_EQ(ran.not_once(), 0U);
    EXPECT_LE(growth, allowed_growth);
  }
};

TEST_P(BoundedMemory, HoldsAllTasksThatRunInlineWhenTheQueueIsFull) {
  expect_each_once_in_bounded_memory(
      full_policy::run_inline, [](runtime& rt, std::uint8_t* byte) { rt.spawn_raw(&raise, byte); });
}

TEST_P(BoundedMemory, HoldsClosuresThatOwnMemory) {
  expect_each_once_in_bounded_memory(full_policy::run_inline, [](runtime& rt, std::uint8_t* byte) {
    rt.spawn([byte, text = std::string(40, 'x')] { *byte += text.size() == 40 ? 1 : 100; });
  });
}

// Who is refused waits until there is room.
TEST_P(BoundedMemory, HoldsAllTasksOfAThreadThatWaitsWhenItIsRefused) {
  expect_each_once_in_bounded_memory(full_policy::error, [](runtime& rt, std::uint8_t* byte) {
    while (rt.try_spawn_raw(&raise, byte) == spawn_status::full) {
      if (rt.workers() == 0)
        rt.wait_idle();
      else
        std::this_thread::yield();
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Workers, BoundedMemory, ::testing::Values(0U, 1U, 2U));

}  // namespace
}  // namespace wyn::tests

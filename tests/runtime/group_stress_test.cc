// Task groups under load, from a seed: trees of groups within groups, with members that throw,
// cancel, add others and end late, and with foreign threads that add too. Each closure counts its
// life, each member that runs marks itself, and what must be thrown is thrown.
#include <atomic>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/runtime/task_group.h"
#include "tests/runtime/support.h"
#include "tests/support/seed.h"

namespace wyn::tests {
namespace {

struct tally {
  std::atomic<long> closures{0};  // alive
  std::atomic<long> ran{0};
  std::atomic<long> made{0};
};

// A closure's life, however often it is moved.
class life {
 public:
  explicit life(tally& t) : tally_(&t) {
    ++tally_->closures;
    ++tally_->made;
  }
  life(life&& other) noexcept : tally_(std::exchange(other.tally_, nullptr)) {}
  life& operator=(life&&) = delete;
  ~life() {
    if (tally_ != nullptr) --tally_->closures;
  }

 private:
  tally* tally_;
};

struct expected_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One group with random members. Members of depth > 0 hold groups of their own.
void random_group(std::uint64_t seed, int depth, tally& all) {
  std::mt19937_64 random(seed);
  const bool throwing = random() % 4 == 0;
  const bool cancelling = random() % 4 == 0;
  const int members = static_cast<int>(1 + random() % 6);
  tally mine;
  task_group group;
  for (int i = 0; i < members; ++i) {
    const std::uint64_t child = random();
    group.run([&, child, i, alive = life(mine)](task_group& g) {
      ++mine.ran;
      if (depth > 0) random_group(child, depth - 1, all);
      if (child % 3 == 0) {
        g.run([&mine, more = life(mine)] { ++mine.ran; });
      }
      if (cancelling && i == 1) g.cancel();
      if (throwing && i == 2) throw expected_error("thrown on purpose");
    });
  }
  bool threw = false;
  group_status status = group_status::complete;
  try {
    status = group.wait();
  } catch (const expected_error&) {
    threw = true;
  }
  EXPECT_EQ(mine.closures, 0) << "seed " << seed;
  const bool must_run_all =
      (!throwing && !cancelling) || (status == group_status::complete && !threw);
  EXPECT_EQ(threw && (!throwing || members < 3), false) << "seed " << seed;
  EXPECT_EQ(throwing && !cancelling && members >= 3 && !threw, false) << "seed " << seed;
  EXPECT_EQ(must_run_all && mine.ran != mine.made, false) << "seed " << seed;
  all.ran += mine.ran;
  all.made += mine.made;
}

class GroupStress : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Workers, GroupStress, ::testing::Values(0u, 1u, 2u, 4u));

TEST_P(GroupStress, TreesOfGroupsEndWithEveryClosureDestroyedOnce) {
  const std::uint64_t seed = seed_of_this_run();
  runtime rt(with_workers(GetParam()));
  tally all;
  for (std::size_t round = 0; round < scaled(100); ++round) {
    rt.submit([&, round] { random_group(seed + round, 3, all); }).get();
    rt.spawn([&, round] { random_group(seed - round, 2, all); });
    rt.wait_idle();
  }
  EXPECT_LE(all.ran, all.made);
  EXPECT_GT(all.ran, 0);
}

TEST_P(GroupStress, ForeignThreadsAddWhileMembersCancelAndThrow) {
  const std::uint64_t seed = seed_of_this_run();
  runtime rt(with_workers(GetParam()));
  for (std::uint64_t round = 0; round < scaled(60); ++round) {
    tally mine;
    task_group group(rt);
    std::vector<std::thread> threads;
    for (std::uint64_t t = 0; t < 3; ++t) {
      threads.emplace_back([&, t] {
        std::mt19937_64 random(seed + 3 * round + t);
        for (int i = 0; i < 200; ++i) {
          const std::uint64_t what = random() % 500;
          group.run([&, what, alive = life(mine)] {
            ++mine.ran;
            if (what == 0) group.cancel();
            if (what == 1) throw expected_error("thrown on purpose");
          });
        }
      });
    }
    // Some are waited for while others are still being added.
    for (int i = 0; i < 3; ++i) {
      try {
        static_cast<void>(group.wait());
      } catch (const expected_error&) {
      }
    }
    for (std::thread& t : threads) t.join();
    try {
      static_cast<void>(group.wait());
    } catch (const expected_error&) {
    }
    ASSERT_EQ(mine.closures, 0) << "round " << round;
    ASSERT_LE(mine.ran, mine.made);
  }
}

}  // namespace
}  // namespace wyn::tests

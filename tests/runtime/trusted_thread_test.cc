// A foreign thread that queues in its deque for now, since it is expected to wait again
// (batch_record.h): whatever it does instead, each task runs, once. The tests make it trusted by
// hand, for how long tasks last depends on the machine.
#include <chrono>
#include <random>
#include <thread>

#include "core/runtime/binding.h"
#include "core/runtime/participant.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

using namespace std::chrono_literals;

// As after a batch of trifles that long ago. From the next spawn on trust lasts for 0.1 to 100 ms.
void trust(participant& self, std::chrono::seconds ago = 0s) {
  const auto then = std::chrono::steady_clock::now() - ago;
  self.batches().wait_begins(then, 0);
  self.batches().ran_out(then, 1000, self.count().spawned(), 1, self.room());
  ASSERT_TRUE(self.batches().begins_asking());
  self.queue_in(queue_place::deque_for_now);
}

class TrustedThread : public testing::Test {
 protected:
  void SetUp() override {
    rt.spawn([] {});
    rt.wait_idle();
    self = detail::current_binding.self;
  }
  // Spawns that many, and does not wait.
  void spawn(int tasks) {
    for (int i = 0; i < tasks; ++i) rt.spawn([this] { runs.fetch_add(1); });
    spawned += tasks;
  }
  void expect_all_run() const {
    spin_until([&] { return runs == spawned; });
  }

  runtime rt{with_workers(1)};
  participant* self = nullptr;
  std::atomic<int> runs{0};
  int spawned = 0;
};

TEST_F(TrustedThread, QueuesInItsDeque) {
  std::atomic<bool> go{false};
  std::atomic<bool> held{false};
  rt.spawn([&] {
    held = true;
    spin_until_set(go);
  });
  spin_until_set(held);  // the worker
  trust(*self);
  spawn(100);
  EXPECT_EQ(self->deque().size_estimate(), 100);
  EXPECT_EQ(self->ring().size_estimate(), 0);
  go = true;
  rt.wait_idle();
  EXPECT_EQ(runs, 100);
}

TEST_F(TrustedThread, WhatItLeavesThereIsRunThoughItDoesNotWait) {
  for (int round = 0; round < 20; ++round) {
    trust(*self);
    spawn(300);
    expect_all_run();
  }
}

TEST_F(TrustedThread, QueuesInItsRingAgainIfItDoesNotWait) {
  self->queue_in(queue_place::deque);
  spawn(4000);  // it also asks whenever its deque grows: not from here on
  rt.wait_idle();
  trust(*self);
  spawn(1);
  const auto until = std::chrono::steady_clock::now() + 100ms;
  spin_until([&] { return std::chrono::steady_clock::now() > until; });
  spawn(512);
  EXPECT_EQ(self->place(), queue_place::deque_for_now);
  spawn(1);
  EXPECT_EQ(self->place(), queue_place::ring);
  spawn(1000);
  expect_all_run();
  rt.wait_idle();
  EXPECT_EQ(self->place(), queue_place::ring);
}

TEST_F(TrustedThread, IsTrustedFromItsNextSpawnOn) {
  trust(*self, 1s);
  spawn(200);
  EXPECT_EQ(self->place(), queue_place::deque_for_now);
  expect_all_run();
}

TEST_F(TrustedThread, ABatchOfLongTasksEndsTheTrust) {
  trust(*self);
  for (int i = 0; i < 300; ++i) {
    rt.spawn([this] {
      const auto until = std::chrono::steady_clock::now() + 10us;
      while (std::chrono::steady_clock::now() < until) {
      }
      runs.fetch_add(1);
    });
  }
  rt.wait_idle();
  EXPECT_EQ(runs, 300);
  EXPECT_EQ(self->place(), queue_place::ring);
}

TEST_F(TrustedThread, AWaitForFewTasksChangesNothing) {
  trust(*self);
  spawn(10);
  rt.wait_idle();
  EXPECT_EQ(self->place(), queue_place::deque_for_now);
}

TEST_F(TrustedThread, TasksQueueInTheDequeOfWhoRunsThem) {
  for (const bool trusted : {false, true}) {
    if (trusted) trust(*self);
    std::atomic<int> others{0};
    for (int i = 0; i < 200; ++i) {
      rt.spawn([&] {
        if (detail::current_binding.self->place() != queue_place::deque) others.fetch_add(1);
      });
    }
    rt.wait_idle();
    EXPECT_EQ(others, 0);
  }
}

TEST_F(TrustedThread, WhoAdoptsItsParticipantIsNotTrustedNorCountsItsTasks) {
  participant* first = nullptr;
  std::thread([&] {
    spawn(300);
    first = detail::current_binding.self;
    trust(*first);
  }).join();
  std::thread([&] {
    rt.spawn([] {});
    EXPECT_EQ(detail::current_binding.self, first);
    EXPECT_EQ(first->place(), queue_place::ring);
    EXPECT_FALSE(first->batches().is_batch(first->count().spawned()));
  }).join();
  expect_all_run();
}

TEST_F(TrustedThread, IsRefusedAfterShutdown) {
  std::atomic<bool> shut{false};
  std::atomic<bool> ready{false};
  spawn_status answer{};
  std::thread other([&] {
    rt.spawn([] {});
    trust(*detail::current_binding.self);
    ready = true;
    spin_until_set(shut);
    answer = rt.try_spawn([] {});
  });
  spin_until_set(ready);
  rt.shutdown();
  shut = true;
  other.join();
  EXPECT_EQ(answer, spawn_status::shut_down);
}

// It would seem to have run all of its tasks in next to no time, and each of them to be a trifle.
TEST(TrustedThreads, WhoFailsToTakeFromItsRingSinceOthersDoHasNotRunOut) {
  runtime rt(with_workers(3));
  rt.spawn([] {});
  rt.wait_idle();
  participant& self = *detail::current_binding.self;
  int too_early = 0;
  for (int round = 0; round < 2000 / slowdown; ++round) {
    self.queue_in(queue_place::ring);
    for (int i = 0; i < 1000; ++i) {
      rt.spawn([&] {
        if (detail::current_binding.self != &self) return;
        too_early += !self.batches().is_open() && self.ring().size_estimate() > 0;
      });
    }
    rt.wait_idle();
    ASSERT_EQ(too_early, 0) << "in round " << round;
  }
}

TEST(TrustedThreads, RunEachTaskOnceWhateverTheyDo) {
  constexpr int rounds = 300;
  constexpr std::size_t most = 1500;
  runtime rt(with_workers(2));
  const auto live = [&](unsigned seed) {
    std::mt19937 random(seed);
    for (int round = 0; round < rounds / slowdown; ++round) {
      marks done(1 + random() % most);
      std::atomic<std::size_t> left{done.size()};
      rt.spawn([] {});
      if (random() % 3 != 0) trust(*detail::current_binding.self);
      for (std::size_t i = 0; i < done.size(); ++i) {
        rt.spawn([&done, &left, i] {
          done.hit(i);
          left.fetch_sub(1);
        });
      }
      if (random() % 2 == 0) rt.wait_idle();
      spin_until([&] { return left == 0; });
      ASSERT_TRUE(done.each_hit());
    }
  };
  std::thread other([&] { live(2); });
  live(1);
  other.join();
}

}  // namespace
}  // namespace wyn::tests

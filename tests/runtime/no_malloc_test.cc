// In the steady state spawning, running and joining ask the system for no memory: every way to the
// allocator is counted. What the captures own is allocated before the count begins.
#include "tests/runtime/system_faults.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/runtime/binding.h"
#include "core/runtime/participant.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

using system_faults::requests_of;

constexpr std::size_t tasks = 4000;

// Tasks in large slots, and as many in small ones.
void spawn_of_either_size(runtime& rt, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    rt.spawn([text = std::string(), more = std::array<char, 32>()] {});
    rt.spawn([owned = std::unique_ptr<int>()] {});
  }
}

// Lets all threads' queues and heaps reach the size that the rounds to be counted need: this
// thread's deque, too, which it may try in place of its ring (queue_trial.h).
void warm_up(runtime& rt) {
  rt.spawn([] {});
  participant& self = *detail::current_binding.self;
  const queue_place usual = self.place();
  for (const queue_place place : {usual, usual, queue_place::deque}) {
    self.queue_in(place);
    std::atomic<bool> go{rt.workers() == 0};
    std::atomic<unsigned> held{0};
    for (unsigned w = 0; w < rt.workers(); ++w) {
      rt.spawn([&] {
        spawn_of_either_size(rt, 500);  // the worker's own deque
        held.fetch_add(1);
        spin_until_set(go);
      });
      spin_until([&] { return held == w + 1; });
    }
    spawn_of_either_size(rt, 2 * tasks);
    go = true;
    rt.wait_idle();
  }
  self.queue_in(usual);
}

TEST(RuntimeNoMalloc, TheCounterSeesWhatTheRuntimeAllocates) {
  runtime rt(with_workers(0));
  EXPECT_GT(requests_of([&] { rt.spawn([] {}); }), 0u);  // the first spawn of a thread
  EXPECT_GT(requests_of([&] { rt.spawn([large = std::array<char, 500>()] {}); }), 0u);
  rt.wait_idle();
}

// Spawns a task for each capture, which moves it back when it runs.
template <class Capture>
void round_trip(runtime& rt, std::vector<Capture>& captures) {
  for (Capture& home : captures) {
    rt.spawn([&home, own = std::move(home)]() mutable { home = std::move(own); });
  }
  rt.wait_idle();
}

template <class Capture>
void expect_no_requests(std::vector<Capture> captures) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    runtime rt(with_workers(workers));
    warm_up(rt);
    EXPECT_EQ(requests_of([&] {
                for (int round = 0; round < 5; ++round) round_trip(rt, captures);
              }),
              0u)
        << workers << " workers";
  }
}

TEST(RuntimeNoMalloc, ForTasksThatCaptureAUniquePtr) {
  std::vector<std::unique_ptr<int>> captures;
  for (std::size_t i = 0; i < tasks; ++i) captures.push_back(std::make_unique<int>(1));
  expect_no_requests(std::move(captures));
}

TEST(RuntimeNoMalloc, ForTasksThatCaptureAString) {
  expect_no_requests(std::vector<std::string>(tasks, "a string too long for the object itself"));
}

TEST(RuntimeNoMalloc, ForTasksOfEitherSizeInTurn) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    runtime rt(with_workers(workers));
    warm_up(rt);
    EXPECT_EQ(requests_of([&] {
                for (int round = 0; round < 5; ++round) {
                  spawn_of_either_size(rt, tasks / 2);
                  rt.wait_idle();
                }
              }),
              0u)
        << workers << " workers";
  }
}

TEST(RuntimeNoMalloc, ForTasksOfAFunctionAndAnArgument) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    std::atomic<std::size_t> runs{0};
    runtime rt(with_workers(workers));
    warm_up(rt);
    EXPECT_EQ(requests_of([&] {
                for (int round = 0; round < 5; ++round) {
                  for (std::size_t i = 0; i < tasks; ++i) {
                    rt.spawn_raw(
                        [](void* n) { static_cast<std::atomic<std::size_t>*>(n)->fetch_add(1); },
                        &runs);
                  }
                  rt.wait_idle();
                }
              }),
              0u);
    EXPECT_EQ(runs, 5 * tasks);
  }
}

TEST(RuntimeNoMalloc, ForResults) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    runtime rt(with_workers(workers));
    warm_up(rt);
    std::vector<task_handle<std::unique_ptr<int>>> handles(tasks);
    std::vector<std::unique_ptr<int>> values(tasks);
    for (auto& v : values) v = std::make_unique<int>(1);
    EXPECT_EQ(requests_of([&] {
                for (int round = 0; round < 5; ++round) {
                  for (std::size_t i = 0; i < tasks; ++i) {
                    handles[i] =
                        rt.submit([v = std::move(values[i])]() mutable { return std::move(v); });
                  }
                  for (std::size_t i = 0; i < tasks; ++i) values[i] = handles[i].get();
                  rt.wait_idle();
                }
              }),
              0u)
        << workers << " workers";
    for (const auto& v : values) ASSERT_EQ(*v, 1);
  }
}

TEST(RuntimeNoMalloc, ForForks) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    warm_up(rt);
    struct summer {
      runtime& rt;
      int sum(int depth) {
        if (depth == 0) return 1;
        const auto [a, b] =
            rt.fork_join([&] { return sum(depth - 1); }, [&] { return sum(depth - 1); });
        return a + b;
      }
    } s{rt};
    EXPECT_EQ(s.sum(10), 1024);  // the foreign thread's deque
    int total = 0;
    EXPECT_EQ(requests_of([&] { total = s.sum(12); }), 0u);
    EXPECT_EQ(total, 4096);
  }
}

}  // namespace
}  // namespace wyn::tests

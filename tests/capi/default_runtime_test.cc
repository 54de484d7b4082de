// The default runtime and the free functions of wyn.h.
#include <atomic>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/runtime/wyn.h"
#include "gtest/gtest.h"

namespace {

using counter = std::atomic<int>;

// The default runtime is one for the process: each test runs as the body of a process of its own.
class DefaultRuntime : public ::testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::_Exit(2);
}
#define REQUIRE(...) require((__VA_ARGS__), #__VA_ARGS__)

template <class Error, class F>
bool throws(const F& f) {
  try {
    f();
  } catch (const Error&) {
    return true;
  }
  return false;
}

void expect_success(const auto& body) {
  EXPECT_EXIT(
      {
        body();
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST_F(DefaultRuntime, IsMadeOnFirstUse) {
  expect_success([] {
    REQUIRE(wyn::detail::existing_default_runtime() == nullptr);
    counter ran{0};
    for (int i = 0; i < 1000; ++i) wyn::spawn([&ran] { ran.fetch_add(1); });
    wyn::wait_idle();
    REQUIRE(ran.load() == 1000);
    REQUIRE(wyn::detail::existing_default_runtime() == &wyn::default_runtime());
  });
}

TEST_F(DefaultRuntime, IsMadeOnceByManyThreads) {
  expect_success([] {
    std::vector<wyn::runtime*> seen(8);
    std::vector<std::thread> threads;
    for (auto& place : seen) threads.emplace_back([&place] { place = &wyn::default_runtime(); });
    for (std::thread& t : threads) t.join();
    for (const wyn::runtime* r : seen) REQUIRE(r == seen[0]);
  });
}

TEST_F(DefaultRuntime, TakesOptionsBeforeTheFirstUseOnly) {
  expect_success([] {
    REQUIRE(wyn::configure_default_runtime({.workers = 3}));
    REQUIRE(wyn::default_runtime().workers() == 3);
    REQUIRE(!wyn::configure_default_runtime({.workers = 1}));
    REQUIRE(wyn::default_runtime().workers() == 3);
  });
}

TEST_F(DefaultRuntime, RejectsWrongOptionsAndCanBeMadeThen) {
  expect_success([] {
    REQUIRE(
        throws<std::invalid_argument>([] { wyn::configure_default_runtime({.workers = 5000}); }));
    REQUIRE(wyn::configure_default_runtime({.workers = 1}));
  });
}

TEST_F(DefaultRuntime, WaitingWithoutOneReturns) {
  expect_success([] {
    wyn::wait_idle();
    REQUIRE(wyn::detail::existing_default_runtime() == nullptr);
  });
}

TEST_F(DefaultRuntime, SubmitDeliversResultsAndExceptions) {
  expect_success([] {
    REQUIRE(wyn::submit([s = std::string("abc")] { return s + "d"; }).get() == "abcd");
    auto failing = wyn::submit([]() -> int { throw std::out_of_range("x"); });
    REQUIRE(throws<std::out_of_range>([&] { failing.get(); }));
  });
}

TEST_F(DefaultRuntime, ForkJoinReturnsBothResults) {
  expect_success([] {
    const auto [a, b] =
        wyn::fork_join([] { return 1; }, [] { return std::make_unique<int>(2); });
    REQUIRE(a == 1 && *b == 2);
  });
}

TEST_F(DefaultRuntime, WaitingInsideATaskIsAnError) {
  expect_success([] {
    std::atomic<bool> refused{false};
    wyn::spawn([&] { refused = throws<std::logic_error>([] { wyn::wait_idle(); }); });
    wyn::wait_idle();
    REQUIRE(refused.load());
  });
}

TEST_F(DefaultRuntime, IsNotUsedByTasksOfAnotherRuntime) {
  expect_success([] {
    wyn::runtime own({.workers = 0});
    counter ran{0};
    own.spawn([&ran] {
      wyn::spawn([&ran] { ran.fetch_add(1); });
      wyn::submit([&ran] { ran.fetch_add(1); }).detach();
      wyn::fork_join([&ran] { ran.fetch_add(1); }, [&ran] { ran.fetch_add(1); });
    });
    own.wait_idle();
    REQUIRE(ran.load() == 4);
    REQUIRE(wyn::detail::existing_default_runtime() == nullptr);
  });
}

TEST_F(DefaultRuntime, RunsWhatIsQueuedAtTheEndOfTheProcess) {
  EXPECT_EXIT(
      {
        wyn::configure_default_runtime({.workers = 0});
        wyn::spawn([] { std::fputs("the task ran", stderr); });
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "the task ran");
}

TEST_F(DefaultRuntime, OutlivesWhatWasThereBeforeIt) {
  EXPECT_EXIT(
      {
        static const auto text = std::make_unique<std::string>("still alive");
        wyn::configure_default_runtime({.workers = 0});
        wyn::spawn([] { std::fputs(text->c_str(), stderr); });
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "still alive");
}

TEST_F(DefaultRuntime, RefusesTasksAfterTheEnd) {
  EXPECT_EXIT(
      {
        struct late {
          ~late() {
            if (throws<wyn::spawn_error>([] { wyn::spawn([] {}); })) std::fputs("refused", stderr);
          }
        };
        static const late destroyed_last;
        wyn::spawn([] {});
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "refused");
}

TEST_F(DefaultRuntime, ExitInATaskDrainsNothingAndEnds) {
  EXPECT_EXIT(
      {
        wyn::configure_default_runtime({.workers = 0});
        wyn::spawn([] { std::exit(9); });
        wyn::wait_idle();
      },
      ::testing::ExitedWithCode(9), "");
}

TEST_F(DefaultRuntime, IsShutDownByOneOfManyThreadsThatTry) {
  expect_success([] {
    constexpr int callers = 4;
    for (int round = 0; round < 20; ++round) {
      REQUIRE(wyn::configure_default_runtime({.workers = 1}));
      counter called{0}, shut_down{0};
      wyn::spawn([&called] {  // so that none is done before the others have begun
        while (called < callers) std::this_thread::yield();
      });
      std::vector<std::thread> threads;
      for (int i = 0; i < callers; ++i) {
        threads.emplace_back([&] {
          ++called;
          if (wyn::shutdown_default_runtime()) ++shut_down;
        });
      }
      for (std::thread& t : threads) t.join();
      REQUIRE(shut_down == 1);
    }
  });
}

TEST_F(DefaultRuntime, CanBeShutDownAndMadeAgain) {
  expect_success([] {
    counter ran{0};
    REQUIRE(!wyn::shutdown_default_runtime());
    for (int round = 0; round < 10; ++round) {
      REQUIRE(wyn::configure_default_runtime({.workers = 1}));
      for (int i = 0; i < 100; ++i) wyn::spawn([&ran] { ran.fetch_add(1); });
      REQUIRE(wyn::shutdown_default_runtime());
      REQUIRE(ran.load() == 100 * (round + 1));
      REQUIRE(!wyn::shutdown_default_runtime());
      REQUIRE(throws<wyn::spawn_error>([] { wyn::spawn([] {}); }));
    }
  });
}

}  // namespace

// When a thread without work naps, and when it sleeps behind a heavy fence.
#include "core/runtime/work_cycle.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace wyn {
namespace {

using std::chrono::nanoseconds;

// Notes what it is asked for: n for a nap, s for a sleep, S for one that takes on what was asked of
// the searchers. Each nap ends as `naps` says: w, somebody
// has woken the thread; t, its time has passed.
struct noting_signal {
  std::string naps;
  std::string noted;

  bool try_enter_search(std::uint32_t) { return true; }
  bool relied_on = false;
  bool leave_search() { return relied_on; }
  template <class Work>
  void found_work(const Work&) {}
  template <class Stop, class Work>
  bool sleep(const Stop& must_wake, const Work&, bool takes_request) {
    noted += takes_request ? 'S' : 's';
    return !must_wake();
  }
  template <class Stop, class Work>
  bool nap(const Stop& must_wake, const Work&, nanoseconds) {
    noted += 'n';
    must_wake();
    const char end = naps.front();
    naps.erase(0, 1);
    return end == 'w';
  }
};

// Never has work.
struct idle_host {
  using task = int;
  noting_signal notes;
  nanoseconds nap{1};
  int requests = 0;  // so many have a turn
  int arrivals = 0;

  noting_signal& signal() { return notes; }
  std::uint32_t max_searchers() const { return 1; }
  bool next_own(task&) { return false; }
  void execute(task) {}
  void run_all_at_hand(task) {}
  void out_of_work() {}
  bool take_where_last(task&) { return false; }
  template <class Goal>
  bool wait_to_search(const Goal&) { return false; }
  template <class Goal>
  bool search(const Goal&, task&) { return false; }
  void about_to_sleep() {}
  nanoseconds nap_time(bool relied_on) {
    return relied_on && requests-- > 0 ? nanoseconds{0} : nap;
  }
  void let_stores_arrive() { ++arrivals; }
  void announce_idle() {}
  bool work_visible() const { return false; }
};

struct until_sleeps {
  const noting_signal& notes;
  std::size_t most;
  bool operator()() const { return notes.noted.size() >= most; }
  void before_sleep() const {}
};

std::string noted_of(idle_host& host, std::size_t sleeps) {
  work_cycle(host, until_sleeps{host.notes, sleeps});
  return host.notes.noted;
}

TEST(WorkCycle, WhoIsWokenFromNapsNeverSleepsBehindAFence) {
  idle_host host;
  host.notes.naps = "wwwww";
  EXPECT_EQ(noted_of(host, 5), "nnnnn");
}

TEST(WorkCycle, SleepsBehindAFenceAfterANapThatNobodyEnded) {
  idle_host host;
  host.notes.naps = "wt";
  EXPECT_EQ(noted_of(host, 3), "nns");
}

TEST(WorkCycle, NapsAgainAfterASleep) {
  idle_host host;
  host.notes.naps = "ttt";
  EXPECT_EQ(noted_of(host, 6), "nsnsns");
}

TEST(WorkCycle, LetsStoresArriveBeforeItLooksInANap) {
  idle_host host;
  host.notes.naps = "ttt";
  noted_of(host, 6);
  EXPECT_EQ(host.arrivals, 3);
}

TEST(WorkCycle, SleepsBehindAFenceForWhatWasAskedWhenThatHasATurn) {
  idle_host host;
  host.notes.naps = "wwww";
  host.notes.relied_on = true;
  host.requests = 2;
  EXPECT_EQ(noted_of(host, 5), "SSnnn");
}

TEST(WorkCycle, NapsNotWhereTheyLastNoTime) {
  idle_host host;
  host.nap = nanoseconds{0};
  EXPECT_EQ(noted_of(host, 3), "sss");
}

}  // namespace
}  // namespace wyn

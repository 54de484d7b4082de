// Barriers of the drop-in.
#include "models/check/std/barrier.h"

#include <gtest/gtest.h>

#include <barrier>

#include "models/check/std/as_std.h"
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using wyn::model::failure;

// As it is written anywhere: each phase reads what the others wrote in the one before.
namespace checked {
namespace std = wyn::as_std;

template <int Threads>
class sums {
 public:
  void work(int id) {
    mine_[id] = id + 1;
    all_here_.arrive_and_wait();
    int sum = 0;
    for (int i = 0; i < Threads; ++i) sum += mine_[i];
    std_::require(sum == Threads * (Threads + 1) / 2, "what the others did before is seen");
    all_here_.arrive_and_wait();
    mine_[id] = 0;
  }

 private:
  std_::var<int> mine_[Threads];
  std::barrier<> all_here_{Threads};
};
}  // namespace checked

template <int Threads>
struct phases {
  static constexpr int threads = Threads;
  checked::sums<Threads> shared;
  void thread(int id) { shared.work(id); }
};
// In each of the phases, the orders in which the threads arrive.
MODEL_TEST(StdBarrier, TwoThreadsGoFromPhaseToPhase, (phases<2>), executions(4),
           {.count_duplicates = true});
MODEL_TEST(StdBarrier, ThreeThreadsDoToo, (phases<3>), executions(36), {.check_leaks = true});

struct one_phase_too_few {
  static constexpr int threads = 2;
  std_::var<int> mine[2];
  std_::barrier<> here{2};
  void thread(int id) {
    mine[id] = 1;
    here.arrive_and_wait();
    mine[1 - id].get();
    mine[id] = 2;
  }
};
MODEL_TEST_FAILS(StdBarrier, APhaseTooFewIsARace, (one_phase_too_few), failure::data_race);

struct counts {
  std_::var<int>* sum;
  std_::var<int>* mine;
  void operator()() noexcept { *sum = mine[0] + mine[1]; }
};
struct completes {
  static constexpr int threads = 2;
  std_::var<int> sum = 0;
  std_::var<int> mine[2];
  std_::barrier<counts> here{2, counts{&sum, mine}};
  void thread(int id) {
    mine[id] = id + 1;
    here.arrive_and_wait();
    std_::require(sum == 3, "the completion comes between the arrivals and the waits");
  }
};
MODEL_TEST(StdBarrier, ACompletionRunsBetweenArrivalsAndWaits, (completes), executions(2));

struct splits {
  static constexpr int threads = 2;
  std_::var<int> mine[2];
  std_::barrier<> here{2};
  void thread(int id) {
    mine[id] = 1;
    auto token = here.arrive();
    if (id == 0) here.wait(std::move(token));
    if (id == 0) mine[1].get();
  }
};
MODEL_TEST(StdBarrier, WhoWaitsSeesWhatCameBeforeAnArrival, (splits), executions(2));

// An arrival alone orders nothing for whoever arrives next.
struct arrives_and_reads {
  static constexpr int threads = 2;
  std_::var<int> data = 0;
  std_::barrier<> here{3};
  void thread(int id) {
    if (id == 0) data = 1;
    static_cast<void>(here.arrive());
    if (id == 1) data.get();
  }
};
MODEL_TEST_FAILS(StdBarrier, AnArrivalDoesNotReplaceAWait, (arrives_and_reads),
                 failure::data_race);

struct drops {
  static constexpr int threads = 2;
  std_::barrier<> here{2};
  std_::var<int> n = 0;
  void thread(int id) {
    if (id == 0) {
      n = 1;
      here.arrive_and_drop();
      return;
    }
    here.arrive_and_wait();
    std_::require(n == 1, "who drops out has arrived");
    here.arrive_and_wait();
  }
};
MODEL_TEST(StdBarrier, WhoDropsOutIsExpectedNoMore, (drops), executions(2));

struct one_is_missing {
  static constexpr int threads = 2;
  std_::barrier<> here{3};
  void thread(int) { here.arrive_and_wait(); }
};
MODEL_TEST_FAILS(StdBarrier, AMissingArrivalIsNoticed, (one_is_missing), failure::deadlock);

struct leaves_without_dropping {
  static constexpr int threads = 2;
  std_::barrier<> here{2};
  void thread(int id) {
    here.arrive_and_wait();
    if (id == 0) here.arrive_and_wait();
  }
};
MODEL_TEST_FAILS(StdBarrier, WhoLeavesWithoutDroppingIsMissed, (leaves_without_dropping),
                 failure::lost_wakeup);

struct arrives_for_two {
  static constexpr int threads = 2;
  std_::barrier<> here{3};
  void thread(int id) {
    if (id == 0) static_cast<void>(here.arrive(2));
    else here.arrive_and_wait();
  }
};
MODEL_TEST(StdBarrier, ArrivalsMayComeForOthers, (arrives_for_two), executions(2));

struct more_than_expected {
  static constexpr int threads = 1;
  std_::barrier<> here{2};
  void thread(int) { static_cast<void>(here.arrive(3)); }
};
MODEL_TEST_FAILS(StdBarrier, MoreThanExpectedIsMisuse, (more_than_expected), failure::misuse);

struct late_wait {
  static constexpr int threads = 1;
  std_::barrier<> here{1};
  void thread(int) {
    auto first = here.arrive();
    static_cast<void>(here.arrive());
    here.wait(std::move(first));
  }
};
MODEL_TEST_FAILS(StdBarrier, AWaitForAPhaseLongOverIsMisuse, (late_wait), failure::misuse);

}  // namespace

// The models of core/coro/join_counter.h, and forms of it that are wrong.
#include "models/checker/gtest.h"
#include "models/coro/all_models.h"

namespace wyn::coro_models {
namespace {

// Ways to use it that are wrong: each member's end is told by reading and writing apart; a member
// forgets those that it carries; a member that fails arrives for itself, too, with those.
enum class mistake { load_and_store, forgets_the_carried, arrives_twice };

template <class Env, mistake Wrong>
struct broken {
  static constexpr int threads = 2;
  using orders = coro_default_orders;

  void thread(int id) {
    if constexpr (Wrong == mistake::load_and_store) {
      const std::uint32_t left = missing.load(orders::last_load) - 1;
      missing.store(left, site<"B1 store", order::release>{});
      if (left == 0) resume();
    } else if (id == 0) {
      if constexpr (Wrong == mistake::arrives_twice) arrive(2);
      arrive(1);
    } else {
      arrive(1);
    }
  }
  void arrive(std::uint32_t n) {
    if (missing.load(orders::last_load) == n ||
        missing.fetch_add(0U - n, orders::arrive_fetch_add) == n) {
      resume();
    }
  }
  void resume() { resumed.write(resumed.read() + 1); }
  void after() { Env::check(resumed.read() == 1, "the parent is resumed once"); }

  // Thread 0 has run two members but for the first mistake.
  typename Env::template atomic<std::uint32_t> missing{Wrong == mistake::load_and_store ? 2U : 3U};
  typename Env::template plain<int> resumed{0};
};

MODEL_TEST(JoinCounterModel, Alone, (alone<env_checker, coro_default_orders>), executions(1));
MODEL_TEST(JoinCounterModel, TwoMembers, (two_members<env_checker, coro_default_orders>),
           executions(4));
MODEL_TEST(JoinCounterModel, ThreeMembers, (three_members<env_checker, coro_default_orders>),
           executions(36));
MODEL_TEST(JoinCounterModel, Carried, (carried<env_checker, coro_default_orders>), executions(4));
MODEL_TEST(JoinCounterModel, CarriedTwice, (carried_twice<env_checker, coro_default_orders>),
           executions(4));
MODEL_TEST(JoinCounterModel, FailedCarrier, (failed_carrier<env_checker, coro_default_orders>),
           executions(8));

MODEL_TEST_FAILS(JoinCounterModel, ReadingAndWritingApartLosesAMember,
                 (broken<env_checker, mistake::load_and_store>), failure::assertion);
MODEL_TEST_FAILS(JoinCounterModel, AMemberThatForgetsThoseItCarriesLosesTheParent,
                 (broken<env_checker, mistake::forgets_the_carried>), failure::assertion);
MODEL_TEST_FAILS(JoinCounterModel, AMemberThatArrivesTwiceResumesTwice,
                 (broken<env_checker, mistake::arrives_twice>), failure::data_race);

}  // namespace
}  // namespace wyn::coro_models

// The models of core/coro/join_counter.h, and forms of it that are wrong.
#include "models/checker/gtest.h"
#include "models/coro/all_models.h"

namespace wyn::coro_models {
namespace {

// Forms of the counter that are wrong: each member's end is told by reading and writing apart; and
// the store of pass_on() although another member may have arrived meanwhile.
enum class mistake { load_and_store, store_among_three };

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
      missing.store(1, orders::pass_on_store);
      arrive();
    } else {
      arrive();
    }
  }
  void arrive() {
    if (missing.load(orders::last_load) == 1 ||
        missing.fetch_add(static_cast<std::uint32_t>(-1), orders::arrive_fetch_add) == 1) {
      resume();
    }
  }
  void resume() { resumed.write(resumed.read() + 1); }
  void after() { Env::check(resumed.read() == 1, "the parent is resumed once"); }

  typename Env::template atomic<std::uint32_t> missing{Wrong == mistake::load_and_store ? 2U : 3U};
  typename Env::template plain<int> resumed{0};
};

MODEL_TEST(JoinCounterModel, Alone, (alone<env_checker, coro_default_orders>), executions(1));
MODEL_TEST(JoinCounterModel, TwoMembers, (two_members<env_checker, coro_default_orders>),
           executions(4));
MODEL_TEST(JoinCounterModel, ThreeMembers, (three_members<env_checker, coro_default_orders>),
           executions(36));
MODEL_TEST(JoinCounterModel, PassedOn, (passed_on<env_checker, coro_default_orders>),
           executions(8));
MODEL_TEST(JoinCounterModel, PassedOnTwice, (passed_on_twice<env_checker, coro_default_orders>),
           executions(16));

MODEL_TEST_FAILS(JoinCounterModel, ReadingAndWritingApartLosesAMember,
                 (broken<env_checker, mistake::load_and_store>), failure::assertion);
MODEL_TEST_FAILS(JoinCounterModel, AStoreAmongThreeResumesTwice,
                 (broken<env_checker, mistake::store_among_three>), failure::data_race);

}  // namespace
}  // namespace wyn::coro_models

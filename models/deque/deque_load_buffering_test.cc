// The orders that no model needs: without each of them the deque has a step from a read to a write
// that ARM and POWER may take in the other order; with all of them it has none.
#include <gtest/gtest.h>

#include <cstdint>
#include <semaphore>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/deque/chase_lev_deque.h"
#include "models/matrix/load_buffering.h"
#include "models/matrix/matrix.h"

namespace wyn::deque_models {
namespace {

constexpr int owner = 0;
constexpr int thief = 1;
constexpr int other_thief = 2;

template <class Orders>
class script {
 public:
  script(std::int64_t initial_capacity, std::int64_t max_capacity, trace_session& session)
      : session_(session), deque_(initial_capacity, max_capacity) {}

  bool push() {
    bool pushed = false;
    session_.as_role(owner, [&] { pushed = deque_.push(++last_); });
    return pushed;
  }
  bool pop() {
    bool popped = false;
    std::uint64_t item = 0;
    session_.as_role(owner, [&] { popped = deque_.pop(item); });
    return popped;
  }
  steal_result steal(int role = thief) {
    steal_result result{};
    std::uint64_t item = 0;
    session_.as_role(role, [&] { result = deque_.steal(item); });
    return result;
  }

  // Every branch of every operation, with the slot reused after each way of emptying it.
  void every_branch() {
    EXPECT_TRUE(push());
    EXPECT_EQ(steal(), steal_result::item);
    EXPECT_TRUE(push());
    lose_the_last_item_before("pop.cas_top");
    EXPECT_TRUE(push());
    EXPECT_TRUE(pop());
    EXPECT_TRUE(push());
    lose_the_last_item_before("pop.load_top");
    EXPECT_TRUE(push());
    session_.before_next("steal.cas_top",
                         [&] { EXPECT_EQ(steal(other_thief), steal_result::item); });
    EXPECT_EQ(steal(), steal_result::lost);
    EXPECT_EQ(steal(), steal_result::empty);
    EXPECT_FALSE(pop());
    for (int i = 0; i < 3; ++i) push();  // refused, or a growth
    EXPECT_EQ(steal(), steal_result::item);
    push();
    while (pop()) {
    }
  }

 private:
  // A thief that has seen the item claims it when the owner's pop is about to take the step `site`.
  void lose_the_last_item_before(const std::string& site) {
    std::binary_semaphore ready(0);
    std::binary_semaphore go(0);
    session_.before_next("steal.cas_top", [&] {
      ready.release();
      go.acquire();
    });
    std::thread winner([&] { EXPECT_EQ(steal(), steal_result::item); });
    ready.acquire();
    session_.before_next(site, [&] {
      go.release();
      winner.join();
    });
    EXPECT_FALSE(pop()) << "the thief was faster";
  }

  trace_session& session_;
  chase_lev_deque<std::uint64_t, env_trace, Orders> deque_;
  std::uint64_t last_ = 0;
};

template <class Orders>
std::set<std::string> unordered_steps_of_the_deque(const std::string& row = "",
                                                   order weaker = order::relaxed) {
  trace_session session;
  if (!row.empty()) session.weaken(row, weaker);
  script<Orders> one_slot(1, 1, session);
  script<Orders> growing(1, 8, session);
  one_slot.every_branch();
  growing.every_branch();
  return models::unordered_steps(session.events());
}

std::string joined(const std::set<std::string>& steps) {
  std::string text;
  for (const std::string& step : steps) text += "\n  " + step;
  return text;
}

template <class Orders>
void expect_each_part_kept_for_hardware_to_be_needed(const std::string& table) {
  const std::set<std::string> steps = unordered_steps_of_the_deque<Orders>();
  EXPECT_TRUE(steps.empty()) << "unordered:" << joined(steps);

  const std::string source = models::read_source("core/deque/deque_orders.h");
  int kept = 0;
  for (const models::table_row& row : models::read_ordering_table(source, table)) {
    for (const models::weakening& weaker : models::weakenings_of(row)) {
      bool for_hardware = false;
      for (const std::string& part : row.load_buffering) for_hardware |= part == weaker.dropped;
      if (!for_hardware) continue;
      ++kept;
      EXPECT_FALSE(unordered_steps_of_the_deque<Orders>(row.id, weaker.replacement).empty())
          << row.id << " may be " << model::order_name(weaker.replacement) << ": nothing needs its "
          << weaker.dropped;
    }
  }
  EXPECT_GT(kept, 0) << "the comments name no order that is kept for hardware";
}

TEST(DequeLoadBuffering, TheFenceTableOrdersEveryStep) {
  expect_each_part_kept_for_hardware_to_be_needed<deque_fence_orders>("deque_fence_orders");
}
TEST(DequeLoadBuffering, TheSeqCstTableOrdersEveryStep) {
  expect_each_part_kept_for_hardware_to_be_needed<deque_seq_cst_orders>("deque_seq_cst_orders");
}

TEST(DequeLoadBuffering, AThiefThatClaimsWithoutReleaseMayReadTheSlotTooLate) {
  const auto steps = unordered_steps_of_the_deque<deque_fence_orders>("DF14 steal.cas_top");
  EXPECT_EQ(steps.count("DF13b steal.load_slot -> DF14 steal.cas_top"), 1u) << joined(steps);
}

TEST(DequeLoadBuffering, AnOwnerThatLearnsOfAStealWithoutAcquireMayOverwriteTheSlotTooEarly) {
  const auto by_push = unordered_steps_of_the_deque<deque_fence_orders>("DF2 push.load_top");
  EXPECT_EQ(by_push.count("DF2 push.load_top -> DF3 push.store_slot"), 1u) << joined(by_push);
  const auto by_pop = unordered_steps_of_the_deque<deque_fence_orders>("DF9 pop.cas_top");
  EXPECT_EQ(by_pop.count("DF9 pop.cas_top -> DF3 push.store_slot"), 1u) << joined(by_pop);
}

}  // namespace
}  // namespace wyn::deque_models

// Every execution of the deque's models is a run of the machine of its proof, with either table and
// with every conjunct of the invariant in every state; and each row of the table that links the two
// is needed for that.
#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "models/deque/broken_deque.h"
#include "models/deque/oldest.h"
#include "proofs/link/deque_models.h"
#include "proofs/link/deque_replay.h"
#include "proofs/link/link_testing.h"

namespace wyn::link {
namespace {

using model::execution_trace;
using model::trace_order;

// Traces of a link's models but the largest one: enough to meet every row.
struct recorded {
  linked_model model;
  std::vector<execution_trace> traces;
};

template <class Link>
class DequeLink : public ::testing::Test {
 protected:
  using replay = typename Link::replay;

  static const std::vector<recorded>& recordings() {
    static const std::vector<recorded> all = [] {
      std::vector<recorded> result;
      for (const auto& [name, m] : Link::models()) {
        if (name == "three_thieves") continue;
        recorded r{m, {}};
        each_trace(m.check, {}, trace_order::machine_lowest_first, [&](const execution_trace& t) {
          r.traces.push_back(t);
          return std::string();
        });
        result.push_back(std::move(r));
      }
      return result;
    }();
    return all;
  }

  static std::string problem_of(const std::vector<step_row>& rows, bool pass_over_unknown_sites) {
    for (const recorded& r : recordings()) {
      replay replayed_by(rows, r.model.capacity, r.model.words);
      if (pass_over_unknown_sites) replayed_by.pass_over_unknown_sites();
      for (const execution_trace& t : r.traces) {
        std::string problem = replayed_by.run(t);
        if (!problem.empty()) return problem;
      }
    }
    return {};
  }

  // Of a model that may fail; "" when there is none.
  static std::string problem_with(const linked_model& m, const model::options& o) {
    return each_trace(m.check, o, trace_order::machine_lowest_first,
                      [&](const execution_trace& t) {
                        return replay(Link::steps(), m.capacity, m.words).run(t);
                      })
        .problem;
  }

  template <template <class, class, class> class Model, deque_models::mistake Mistake>
  static std::string problem_of_mistake(number capacity) {
    using program = Model<env_checker, typename Link::orders, deque_models::deque_with<Mistake>>;
    return problem_with({model::check<program>, capacity, 1, 0}, {});
  }
};

using links = ::testing::Types<fence_link, seq_cst_link>;
TYPED_TEST_SUITE(DequeLink, links);

TYPED_TEST(DequeLink, EveryExecutionIsARunOfTheMachine) {
  std::uint64_t executions = 0, states = 0;
  for (const auto& [name, m] : TypeParam::models()) {
    for (const trace_order order : TypeParam::trace_orders()) {
      typename TestFixture::replay replay(TypeParam::steps(), m.capacity, m.words);
      EXPECT_EQ(problem_of_all(m.check, m.executions, order,
                               [&](const execution_trace& t) { return replay.run(t); }),
                "")
          << name;
      states += replay.machine().states();
    }
    executions += m.executions;
  }
  std::printf("%llu executions, each in %zu orders; %llu states, %zu conjuncts each\n",
              static_cast<unsigned long long>(executions), TypeParam::trace_orders().size(),
              static_cast<unsigned long long>(states), std::size(TypeParam::machine::invariant));
}

TYPED_TEST(DequeLink, NoModelIsLeftOut) {
  EXPECT_EQ(TypeParam::models().size(),
            deque_models::all_models<typename TypeParam::orders>().size());
}

TYPED_TEST(DequeLink, TheTableIsEnough) {
  EXPECT_EQ(this->problem_of(TypeParam::steps(), false), "");
}

TYPED_TEST(DequeLink, EachRowIsMet) {
  expect_each_row_is_met<step_row>(TypeParam::steps(), this->problem_of);
}

// Not so after an empty pop that needs no access to top, which has an obligation and changes
// nothing.
TYPED_TEST(DequeLink, EachRowThatIsAStepIsNeeded) {
  expect_each_step_row_is_needed<step_row>(TypeParam::steps(), this->problem_of,
                                           {"pop.empty_by_cache"});
}

TYPED_TEST(DequeLink, EachStepIsNeeded) {
  expect_each_step_is_needed<step_row>(TypeParam::steps(), this->problem_of);
}

TYPED_TEST(DequeLink, EachCopyOfAGrowthIsNeeded) {
  for (const std::string_view site : {"grow.load_slot", "grow.store_slot"}) {
    std::vector<step_row> rows = TypeParam::steps();
    std::erase_if(rows, [&](const step_row& r) { return r.site == site; });
    EXPECT_NE(this->problem_of(rows, true), "") << site;
  }
}

// The other way round: no step of the machine is one that the code never takes.
TYPED_TEST(DequeLink, TheCodeTakesEveryStepOfTheMachine) {
  std::set<std::string> taken;
  for (const recorded& r : this->recordings()) {
    typename TestFixture::replay replay(TypeParam::steps(), r.model.capacity, r.model.words);
    for (const execution_trace& t : r.traces) replay.run(t);
    const std::set<std::string>& some = replay.machine().steps_taken();
    taken.insert(some.begin(), some.end());
  }
  for (const auto& t : TypeParam::machine::transitions) {
    EXPECT_EQ(taken.count(t.name), 1u) << t.name;
  }
}

// take_oldest.
TYPED_TEST(DequeLink, TheOwnerIsOneMoreThief) {
  const auto check = model::check<deque_models::oldest<env_checker, typename TypeParam::orders>>;
  for (const trace_order order : TypeParam::trace_orders()) {
    typename TestFixture::replay replay(TypeParam::steps(), 2);
    const replayed r =
        each_trace(check, {}, order, [&](const execution_trace& t) { return replay.run(t); });
    EXPECT_EQ(r.verdict.kind, model::verdict_kind::pass) << r.verdict.report;
    EXPECT_EQ(r.problem, "");
    EXPECT_EQ(r.traces, 18u);
  }
}

// A deque with a mistake is no run of the machine, and the first difference is named.
TYPED_TEST(DequeLink, AMistakeOfTheCodeIsNoRun) {
  using deque_models::mistake;
  using deque_models::publication;
  EXPECT_NE((this->template problem_of_mistake<publication, mistake::buffer_before_bottom>(2))
                .find("steal.load_buffer: the machine cannot take steal.load_buffer"),
            std::string::npos);
  EXPECT_NE((this->template problem_of_mistake<publication, mistake::bottom_before_top>(2))
                .find("steal.load_bottom: the machine cannot take"),
            std::string::npos);
  EXPECT_NE((this->template problem_of_mistake<publication, mistake::slot_read_after_cas>(2))
                .find("steal.cas_top: the machine cannot take steal.cas_top"),
            std::string::npos);
  EXPECT_NE(
      (this->template problem_of_mistake<deque_models::last_item, mistake::last_without_cas>(2)),
      "");
}

TYPED_TEST(DequeLink, AValueThatTheMachineHasNotIsAProblem) {
  for (const recorded& r : this->recordings()) {
    if (r.traces.front().steps.size() < 20 && r.model.words == 1) continue;
    const execution_trace& right = r.traces.front();
    typename TestFixture::replay replay(TypeParam::steps(), r.model.capacity, r.model.words);
    ASSERT_EQ(replay.run(right), "");
    int changed = 0;
    for (std::size_t n = 0; n < right.steps.size(); ++n) {
      execution_trace t = right;
      const std::string& site = t.steps[n].site;
      const bool is_pointer = site.ends_with("_buffer");  // compared by what it was read from
      if (t.steps[n].location < 0 || is_pointer || site.find("size") != std::string::npos) continue;
      (model::writes(t.steps[n].kind) ? t.steps[n].written : t.steps[n].read) += 77;
      EXPECT_NE(replay.run(t), "") << site << "\n" << model::to_text(t);
      ++changed;
    }
    EXPECT_GT(changed, 10);
  }
}

TYPED_TEST(DequeLink, AnExecutionWithoutARunIsAProblem) {
  const recorded& r = this->recordings().front();
  execution_trace t = r.traces.front();
  t.machine_run = false;
  typename TestFixture::replay replay(TypeParam::steps(), r.model.capacity, r.model.words);
  EXPECT_NE(replay.run(t), "");
}

// Weaker orders have executions that the machine has not: here one whose seq_cst fence is weakened
// to acq_rel sees an old end of the deque after a new other one.
using DequeFenceLink = DequeLink<fence_link>;
TEST_F(DequeFenceLink, AWeakerOrderOfTheCodeIsNoRun) {
  const linked_model m = fence_link::models().at("last_item_twice");
  for (const char* row : {"DF7", "DF11"}) {
    EXPECT_NE(problem_with(m, {.overrides = {{row, order::acq_rel, {}}}}), "") << row;
  }
}

using DequeSeqCstLink = DequeLink<seq_cst_link>;
TEST_F(DequeSeqCstLink, AWeakerOrderOfTheCodeIsNoRun) {
  const auto models = seq_cst_link::models();
  // Follows a pointer to a buffer that the machine says is published with bottom.
  EXPECT_NE(problem_with(models.at("last_item"), {.overrides = {{"DS9b", order::relaxed, {}}}}),
            "");
  // Has no place in the order of the seq_cst accesses.
  for (const char* row : {"DS6", "DS8", "DS10", "DS12", "DS14"}) {
    const model::options o{.overrides = {{row, order::acq_rel, {}}}};
    EXPECT_NE(problem_with(models.at("last_item_twice"), o), "") << row;
  }
}

// The order of the seq_cst accesses is no order of the machine's steps: some execution is a run
// with a step before another one that comes earlier in the order of the seq_cst accesses.
TEST_F(DequeSeqCstLink, TheSeqCstOrderNeedNotBeThatOfTheSteps) {
  int against = 0;
  const linked_model m = seq_cst_link::models().at("last_item_twice");
  each_trace(m.check, {}, trace_order::causal_lowest_first, [&](const execution_trace& t) {
    int place = 0;
    for (const model::trace_step& s : t.steps) {
      if (s.sc_place != 0 && s.sc_place < place) {
        ++against;
        break;
      }
      place = std::max(place, s.sc_place);
    }
    return std::string();
  });
  EXPECT_GT(against, 0);
}

}  // namespace
}  // namespace wyn::link

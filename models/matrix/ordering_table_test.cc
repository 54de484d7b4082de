#include "models/matrix/ordering_table.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace wyn::models {
namespace {

constexpr const char* sample = R"(
struct other_orders {
  static constexpr site<"X1 a.load", order::seq_cst> a{};
};
/// A table.
struct sample_orders {
  /// Nobody cares.
  static constexpr site<"T1 push.load_bottom", order::relaxed> push_load_bottom{};
  /// Pairs with T3. Killed by: first_model,
  /// second_model (two items). More text.
  static constexpr site<"T2 push.fence", order::release> push_fence{};

  /// Load buffering: acquire. Killed by: third.
  static constexpr site<"T3 steal.cas_top", order::acq_rel, order::relaxed>
      steal_cas_top{};
  static constexpr site<"T4 pop.fence", order::none> pop_fence{};
  static constexpr site<"T5 pop.restore_bottom", order::seq_cst> restore{};
  /// Pairs with T2 and T5, in a way. Why: as T2 (see p. 3).
  static constexpr site<"T6 claim.cas", order::acq_rel> claim{};
};
)";

TEST(OrderingTable, RowsAreReadInTheirOrder) {
  const auto rows = read_ordering_table(sample, "sample_orders");
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[0].site.id, "T1 push.load_bottom");
  EXPECT_EQ(rows[2].site.orders.success, order::acq_rel);
  EXPECT_EQ(rows[2].site.orders.failure, order::relaxed);
  EXPECT_EQ(rows[4].site.kind, model::access_kind::store);
}

TEST(OrderingTable, CommentsNameModelsAndExcuses) {
  const auto rows = read_ordering_table(sample, "sample_orders");
  EXPECT_TRUE(rows[0].killed_by.empty());
  EXPECT_EQ(rows[1].killed_by, (std::vector<std::string>{"first_model", "second_model"}));
  EXPECT_EQ(rows[2].killed_by, std::vector<std::string>{"third"});
  EXPECT_EQ(rows[2].load_buffering, std::vector<std::string>{"acquire"});
  EXPECT_TRUE(rows[3].killed_by.empty()) << "a comment belongs to one row";
}

TEST(OrderingTable, CommentsSayWhatARowPairsWithAndWhy) {
  const auto rows = read_ordering_table(sample, "sample_orders");
  EXPECT_EQ(rows[0].why, "Nobody cares.");
  EXPECT_EQ(rows[1].pairs_with, "T3");
  EXPECT_EQ(rows[1].why, "More text.") << "neither the pair nor the models";
  EXPECT_EQ(rows[2].why, "");
  EXPECT_EQ(rows[5].pairs_with, "T2 and T5");
  EXPECT_EQ(rows[5].why, "Pairs with T2 and T5, in a way. Why: as T2 (see p. 3).")
      << "a longer sentence stays in full";
}

// (acq_rel, acquire): a failure that is ordered more strongly than a success is no row that every
// compiler takes.
TEST(OrderingTable, TheOrderOfAFailureGoesDownWithThatOfSuccessAndByItself) {
  const auto steps = weakenings_of(read_ordering_table(sample, "sample_orders")[5]);
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps[0].to, (model::access_orders{order::acquire, order::acquire}));
  EXPECT_EQ(steps[1].to, (model::access_orders{order::release, order::relaxed}));
  EXPECT_EQ(steps[2].to, (model::access_orders{order::acq_rel, order::relaxed}));
  EXPECT_EQ(steps[2].text, "failure relaxed");
}

TEST(OrderingTable, AStepWeakerDependsOnTheAccess) {
  const auto rows = read_ordering_table(sample, "sample_orders");
  EXPECT_TRUE(weakenings_of(rows[0]).empty());
  ASSERT_EQ(weakenings_of(rows[1]).size(), 1u);
  EXPECT_EQ(weakenings_of(rows[1])[0].to.success, order::none);
  ASSERT_EQ(weakenings_of(rows[2]).size(), 2u);
  EXPECT_EQ(weakenings_of(rows[2])[0].to.success, order::acquire);
  EXPECT_EQ(weakenings_of(rows[2])[1].to.success, order::release);
  EXPECT_TRUE(weakenings_of(rows[3]).empty());
  ASSERT_EQ(weakenings_of(rows[4]).size(), 1u);
  EXPECT_EQ(weakenings_of(rows[4])[0].to.success, order::release);
}

TEST(OrderingTable, ARowThatCannotBeReadIsAnErrorWithItsLine) {
  try {
    read_ordering_table(
        "struct t {\n  static constexpr site<\"A b.load\", order::strong> x{};\n};\n", "t");
    FAIL() << "no error";
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("line 2"), std::string::npos) << e.what();
  }
}

TEST(OrderingTable, AMissingTableIsAnError) {
  EXPECT_THROW(read_ordering_table(sample, "no_such_orders"), std::runtime_error);
}

}  // namespace
}  // namespace wyn::models

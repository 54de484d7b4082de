// A row of an ordering table: what it says about itself, at compile time.
#include "core/base/site.h"

#include <gtest/gtest.h>

#include <string_view>
#include <type_traits>

namespace wyn {
namespace {

TEST(Site, CarriesItsNameAndOrder) {
  using row = site<"T1 test.load", order::acquire>;
  EXPECT_EQ(std::string_view(row::id), "T1 test.load");
  EXPECT_EQ(row::success, order::acquire);
}

TEST(Site, HasNoStateSoThatACallPassesNothing) {
  EXPECT_TRUE((std::is_empty_v<site<"T1 test.load", order::acquire>>));
  EXPECT_TRUE((std::is_trivially_copyable_v<site<"T1 test.load", order::acquire>>));
}

TEST(Site, IsAnotherTypeForAnotherNameOrderOrFailureOrder) {
  using row = site<"T1 test.cas", order::acq_rel>;
  EXPECT_FALSE((std::is_same_v<row, site<"T2 test.cas", order::acq_rel>>));
  EXPECT_FALSE((std::is_same_v<row, site<"T1 test.cas", order::seq_cst>>));
  EXPECT_FALSE((std::is_same_v<row, site<"T1 test.cas", order::acq_rel, order::relaxed>>));
  EXPECT_TRUE((std::is_same_v<row, site<"T1 test.cas", order::acq_rel, order::acquire>>));
}

TEST(SiteFailureOrder, DropsTheReleasePart) {
  EXPECT_EQ((site<"T1 test.cas", order::acq_rel>::failure), order::acquire);
  EXPECT_EQ((site<"T1 test.cas", order::release>::failure), order::relaxed);
}

TEST(SiteFailureOrder, IsTheSuccessOrderWhereThatOnlyLoads) {
  EXPECT_EQ((site<"T1 test.cas", order::relaxed>::failure), order::relaxed);
  EXPECT_EQ((site<"T1 test.cas", order::acquire>::failure), order::acquire);
  EXPECT_EQ((site<"T1 test.cas", order::seq_cst>::failure), order::seq_cst);
}

TEST(SiteFailureOrder, MayBeNamedAndMayBeStrongerThanSuccess) {
  EXPECT_EQ((site<"T1 test.cas", order::release, order::acquire>::failure), order::acquire);
  EXPECT_EQ((site<"T1 test.cas", order::relaxed, order::seq_cst>::failure), order::seq_cst);
}

struct table {
  static constexpr site<"T1 test.store", order::release> store{};
  static constexpr site<"T2 test.load", order::acquire> load{};
};
struct mutant : table {
  static constexpr site<"T1 test.store", order::relaxed> store{};
};

TEST(SiteTable, MutantOverridesOneRowAndInheritsTheOthers) {
  EXPECT_EQ(mutant::store.success, order::relaxed);
  EXPECT_EQ(table::store.success, order::release);
  EXPECT_TRUE((std::is_same_v<decltype(mutant::load), decltype(table::load)>));
}

}  // namespace
}  // namespace wyn

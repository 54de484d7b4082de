// The search gate's operations one by one, and its counts under any sequence of them.
#include "core/park/search_gate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace wyn {
namespace {

TEST(SearchGate, StartsWithNobodySearching) {
  search_gate<> gate;
  EXPECT_FALSE(gate.anyone_searching());
  EXPECT_EQ(gate.searching(), 0u);
  EXPECT_EQ(gate.tokens(), 0u);
}

TEST(SearchGate, AClaimedWakeCountsAsASearcher) {
  search_gate<> gate;
  EXPECT_TRUE(gate.try_claim_wake());
  EXPECT_TRUE(gate.anyone_searching());
  EXPECT_EQ(gate.tokens(), 1u);
}

TEST(SearchGate, RefusesASecondClaimWhileOneIsInFlight) {
  search_gate<> gate;
  EXPECT_TRUE(gate.try_claim_wake());
  EXPECT_FALSE(gate.try_claim_wake());
  EXPECT_EQ(gate.tokens(), 1u);
}

TEST(SearchGate, RefusesAClaimWhileAThreadSearches) {
  search_gate<> gate;
  EXPECT_TRUE(gate.try_enter_search(1));
  EXPECT_FALSE(gate.try_claim_wake());
}

TEST(SearchGate, TheWokenTakesOverTheTokensUnit) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_claim_wake());
  gate.enter_after_sleep();
  EXPECT_EQ(gate.tokens(), 0u);
  EXPECT_EQ(gate.searching(), 1u);
}

TEST(SearchGate, OneThatWakesWithoutATokenBringsItsOwnUnit) {
  search_gate<> gate;
  gate.enter_after_sleep();
  EXPECT_EQ(gate.tokens(), 0u);
  EXPECT_EQ(gate.searching(), 1u);
}

TEST(SearchGate, AnUnusedWakeIsTakenBack) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_claim_wake());
  EXPECT_TRUE(gate.release_unused_wake());
  EXPECT_EQ(gate.tokens(), 0u);
  EXPECT_FALSE(gate.anyone_searching());
}

TEST(SearchGate, ATakenTokenIsNotTakenBack) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_claim_wake());
  gate.enter_after_sleep();
  EXPECT_FALSE(gate.release_unused_wake());
  EXPECT_EQ(gate.searching(), 1u);
}

TEST(SearchGate, TakingBackIsNotTheLastWhileAThreadSearches) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_claim_wake());
  ASSERT_TRUE(gate.try_enter_search(2));
  EXPECT_FALSE(gate.release_unused_wake());
  EXPECT_EQ(gate.searching(), 1u);
}

TEST(SearchGate, TheLimitBoundsThoseWhoAsk) {
  search_gate<> gate;
  EXPECT_TRUE(gate.try_enter_search(2));
  EXPECT_TRUE(gate.try_enter_search(2));
  EXPECT_FALSE(gate.try_enter_search(2));
  EXPECT_FALSE(gate.try_enter_search(0));
  EXPECT_EQ(gate.searching(), 2u);
}

TEST(SearchGate, OnlyTheLastToLeaveIsToldSo) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_enter_search(2));
  ASSERT_TRUE(gate.try_enter_search(2));
  EXPECT_EQ(gate.leave_search(), search_end::others_search);
  EXPECT_EQ(gate.leave_search(), search_end::unasked);
}

TEST(SearchGate, AnInFlightWakeKeepsALeaverFromBeingTheLast) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_claim_wake());
  ASSERT_TRUE(gate.try_enter_search(2));
  EXPECT_EQ(gate.leave_search(), search_end::others_search);
}

TEST(SearchGate, ARefusedClaimAsksTheSearcher) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_enter_search(1));
  EXPECT_FALSE(gate.searchers_are_asked());
  ASSERT_FALSE(gate.try_claim_wake());
  EXPECT_TRUE(gate.searchers_are_asked());
  EXPECT_EQ(gate.tokens(), 0u);
  EXPECT_EQ(gate.leave_search(), search_end::asked);
}

TEST(SearchGate, NobodyIsAskedWhereNobodySearches) {
  search_gate<> gate;
  EXPECT_FALSE(gate.ask_searchers());
  ASSERT_TRUE(gate.try_enter_search(1));
  EXPECT_FALSE(gate.searchers_are_asked());
}

TEST(SearchGate, ARequestIsPassedOnUntilItIsTaken) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_enter_search(1));
  ASSERT_TRUE(gate.ask_searchers());
  ASSERT_EQ(gate.leave_search(), search_end::asked);
  ASSERT_TRUE(gate.try_enter_search(1));
  gate.take_request();  // but somebody searches
  ASSERT_EQ(gate.leave_search(), search_end::asked);
  gate.take_request();
  ASSERT_TRUE(gate.try_enter_search(1));
  EXPECT_EQ(gate.leave_search(), search_end::unasked);
}

#ifndef NDEBUG
TEST(SearchGateDeathTest, LeavingWithoutAUnitIsReported) {
  search_gate<> gate;
  EXPECT_DEATH(gate.leave_search(), "leave_search without a searching unit");
}
TEST(SearchGateDeathTest, LeavingWithATokensUnitIsReported) {
  search_gate<> gate;
  ASSERT_TRUE(gate.try_claim_wake());
  EXPECT_DEATH(gate.leave_search(), "leave_search without a searching unit");
}
#endif

// Operations in any order, against counters: `held` units are out with threads, `token` lies
// inside, `asked` says what those rely on who did not wake anybody.
RC_GTEST_PROP(SearchGateProperty, AgreesWithTwoCountersAndASign, (const std::vector<int>& script)) {
  search_gate<> gate;
  std::uint32_t held = 0;
  std::uint32_t token = 0;
  bool asked = false;
  for (const int op : script) {
    switch (static_cast<unsigned>(op) % 7) {
      case 0: {
        const bool claims = held + token == 0;
        RC_ASSERT(gate.try_claim_wake() == claims);
        if (claims) token = 1;
        asked = asked || !claims;
        break;
      }
      case 1:
        RC_ASSERT(gate.release_unused_wake() == (token == 1 && held == 0));
        token = 0;
        break;
      case 2:
        gate.enter_after_sleep();
        ++held;
        token = 0;
        break;
      case 3: {
        const std::uint32_t limit = static_cast<unsigned>(op) / 7 % 4;
        const bool admitted = held + token < limit;
        RC_ASSERT(gate.try_enter_search(limit) == admitted);
        held += admitted ? 1 : 0;
        break;
      }
      case 4:
        RC_ASSERT(gate.ask_searchers() == (held + token > 0));
        asked = asked || held + token > 0;
        break;
      case 5:
        gate.take_request();
        asked = asked && held + token > 0;
        break;
      default:
        if (held == 0) break;
        RC_ASSERT(gate.leave_search() == (held + token > 1 ? search_end::others_search
                                          : asked          ? search_end::asked
                                                           : search_end::unasked));
        --held;
    }
    RC_ASSERT(gate.searching() == held + token);
    RC_ASSERT(gate.tokens() == token);
    RC_ASSERT(gate.anyone_searching() == (held + token > 0));
    RC_ASSERT(gate.searchers_are_asked() == (held + token > 0 && asked));
  }
}

}  // namespace
}  // namespace wyn

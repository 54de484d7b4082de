#include "models/checker/tools/necessity.h"

#include <gtest/gtest.h>

#include <string>

#include "models/checker/testing/small_programs.h"

namespace wyn::model {
namespace {

using namespace small_programs;  // NOLINT: the programs of these tests

TEST(Necessity, OfMessagePassingNeedsBothOrders) {
  const necessity_report r =
      necessity({named<message_passing<order::release, order::acquire>>("message_passing")});
  EXPECT_EQ(r.text(), R"(necessity: 3 sites, 2 weakenings, 2 killed
  M1 data.store  relaxed              weakest already
  M2 flag.store  release  -> relaxed  killed by message_passing (data race)
  M3 flag.load   acquire  -> relaxed  killed by message_passing (data race)
)");
}

TEST(Necessity, OfATreiberStack) {
  EXPECT_EQ(necessity({named<treiber>("treiber")}).text(),
            R"(necessity: 6 sites, 5 weakenings, 2 killed, 3 survive
  T1 push.load_head   relaxed                              weakest already
  T2 push.store_next  relaxed                              weakest already
  T3 push.cas_head    release/relaxed  -> relaxed          killed by treiber (data race)
  T4 pop.load_head    acquire          -> relaxed          killed by treiber (assertion: the )"
            R"(payload has come along)
  T5 pop.load_next    relaxed                              weakest already
  T6 pop.cas_head     acq_rel/acquire  -> acquire          SURVIVES, but hardware may need it )"
            R"(against load buffering:
                                                           T5 pop.load_next -> T6 pop.cas_head
  T6 pop.cas_head     acq_rel/acquire  -> release          SURVIVES: may be weaker
  T6 pop.cas_head     acq_rel/acquire  -> failure relaxed  SURVIVES: may be weaker
)");
}

TEST(Necessity, OfAQueueThatIsWrittenWithStdAtomic) {
  EXPECT_EQ(necessity({named<check::with_new<one_message>>("one_message"),
                       named<check::with_new<two_messages>>("two_messages")})
                .text(),
            R"(necessity: 10 sites, 10 weakenings, 5 killed, 5 survive
  michael_scott_queue.h:24 load              acquire          -> relaxed  killed by two_messages )"
            R"((data race)
  michael_scott_queue.h:25 load              acquire          -> relaxed  killed by two_messages )"
            R"((data race)
  michael_scott_queue.h:27 compare_exchange  release/relaxed  -> relaxed  SURVIVES, but hardware )"
            R"(may need it against load buffering:
                                                                          michael_scott_queue)"
            R"(.h:29 compare_exchange -> michael_scott_queue.h:27 compare_exchange
  michael_scott_queue.h:29 compare_exchange  release/relaxed  -> relaxed  killed by one_message )"
            R"((data race)
  michael_scott_queue.h:31 compare_exchange  release/relaxed  -> relaxed  killed by two_messages )"
            R"((data race)
  michael_scott_queue.h:41 load              acquire          -> relaxed  SURVIVES: may be weaker
  michael_scott_queue.h:42 load              acquire          -> relaxed  SURVIVES: may be weaker
  michael_scott_queue.h:43 load              acquire          -> relaxed  killed by one_message )"
            R"((data race)
  michael_scott_queue.h:46 compare_exchange  release/relaxed  -> relaxed  SURVIVES: may be weaker
  michael_scott_queue.h:48 compare_exchange  release/relaxed  -> relaxed  SURVIVES: may be weaker
)");
}

TEST(Necessity, TellsWhichSurvivorHardwareNeeds) {
  EXPECT_EQ(
      necessity({named<small_programs::load_buffering<order::relaxed, order::release>>("lb")})
          .text(),
      R"(necessity: 4 sites, 2 weakenings, 2 survive
  L1 first.load    relaxed              weakest already
  L2 first.store   release  -> relaxed  SURVIVES, but hardware may need it against load buffering:
                                        L1 first.load -> L2 first.store
  L3 second.load   relaxed              weakest already
  L4 second.store  release  -> relaxed  SURVIVES, but hardware may need it against load buffering:
                                        L3 second.load -> L4 second.store
)");
}

// Either fence of the first thread would do.
struct fence_twice : dekker<order::seq_cst> {
  static constexpr site<"K7 again.fence", order::seq_cst> again{};
  void thread(int id) {
    if (id == 1) return dekker<order::seq_cst>::thread(id);
    x.store(1, store_first);
    env_checker::fence(fence_first);
    env_checker::fence(again);
    seen[0] = y.load(load_first);
  }
};

TEST(Necessity, OfAPairThatIsNeededTogether) {
  tool_options o;
  EXPECT_EQ(necessity({named<fence_twice>("fence_twice")}, o).all_pairs, 0u);
  o.pairs = true;
  EXPECT_EQ(necessity({named<fence_twice>("fence_twice")}, o).text(),
            R"(necessity: 7 sites, 3 weakenings, 1 killed, 2 survive
  K1 first.store   relaxed              weakest already
  K2 first.fence   seq_cst  -> acq_rel  SURVIVES: may be weaker
  K3 first.load    relaxed              weakest already
  K4 second.store  relaxed              weakest already
  K5 second.fence  seq_cst  -> acq_rel  killed by fence_twice (assertion: one sees the other)
  K6 second.load   relaxed              weakest already
  K7 again.fence   seq_cst  -> acq_rel  SURVIVES: may be weaker
pairs: 1 of weakenings that survive alone, 1 not together
  K2 first.fence -> acq_rel and K7 again.fence -> acq_rel  killed by fence_twice )"
            R"((assertion: one sees the other)
)");
}

TEST(Necessity, PairsEndAtTheirBoundAndSaySo) {
  tool_options o;
  o.pairs = true;
  const necessity_report all = necessity({named<treiber>("treiber")}, o);
  // Three weakenings survive, all of one site.
  EXPECT_EQ(all.all_pairs, 0u);
  using queue = check::with_new<one_message>;
  const necessity_report most = necessity({named<queue>("one_message")}, o);
  EXPECT_GT(most.all_pairs, 3u);
  EXPECT_EQ(most.tried_pairs, most.all_pairs);
  o.max_pair_checks = 2;
  const necessity_report two = necessity({named<queue>("one_message")}, o);
  EXPECT_EQ(two.all_pairs, most.all_pairs);
  EXPECT_EQ(two.tried_pairs, 2u);
  EXPECT_NE(two.text().find("; tried: 2 (options::max_pair_checks"), std::string::npos);
}

TEST(Necessity, StartsFromTheOverridesThatItIsGiven) {
  tool_options o;
  o.check.overrides = {{"M3", order::seq_cst, {}}};
  const necessity_report r =
      necessity({named<message_passing<order::release, order::acquire>>("message_passing")}, o);
  ASSERT_EQ(r.sites.size(), 3u);
  EXPECT_EQ(r.sites[2].site.orders.success, order::seq_cst);
  ASSERT_EQ(r.sites[2].tried.size(), 1u);
  EXPECT_EQ(r.sites[2].tried[0].change.text, "acquire");
  EXPECT_EQ(r.sites[2].tried[0].answer, weakening_answer::survives);
}

TEST(Necessity, OfAProgramThatFailsHasNoTable) {
  const necessity_report r =
      necessity({named<message_passing<order::relaxed, order::acquire>>("broken")});
  EXPECT_TRUE(r.sites.empty());
  EXPECT_EQ(r.problem.substr(0, 48), "broken does not pass as it is: FAIL, data race: ");
}

TEST(Necessity, SaysWhenAnAnswerIsBounded) {
  tool_options o;
  o.max_executions = 1;
  const necessity_report r = necessity({named<treiber>("treiber")}, o);
  EXPECT_EQ(r.bounded_programs, std::vector<std::string>{"treiber"});
  for (const site_necessity& s : r.sites) {
    for (const tried_weakening& t : s.tried) {
      EXPECT_NE(t.answer, weakening_answer::survives) << s.site.id;
    }
  }
  EXPECT_NE(r.text().find("treiber was explored up to a bound"), std::string::npos);
}

TEST(Necessity, KeepsTheReportOfAKill) {
  const necessity_report r =
      necessity({named<message_passing<order::release, order::acquire>>("message_passing")});
  ASSERT_EQ(r.sites.size(), 3u);
  const tried_weakening& t = r.sites[1].tried.at(0);
  EXPECT_EQ(t.failure, failure::data_race);
  EXPECT_NE(t.report.find("M2 flag.store"), std::string::npos);
}

// Two accesses on one line have one name.
struct one_line {
  static constexpr int threads = 2;
  check::atomic<int> x{0};
  void thread(int id) {
    using std::memory_order_acquire;
    using std::memory_order_relaxed;
    if (id == 0) x.store(1, memory_order_relaxed);
    else x.load(memory_order_relaxed), x.load(memory_order_acquire);
  }
};

TEST(Necessity, DoesNotTouchANameThatStandsForTwoOrders) {
  const necessity_report r = necessity({named<one_line>("one_line")});
  ASSERT_EQ(r.sites.size(), 2u);
  EXPECT_TRUE(r.sites[1].site.ambiguous);
  EXPECT_TRUE(r.sites[1].tried.empty());
  EXPECT_NE(r.text().find("share this name"), std::string::npos);
}

TEST(Necessity, AsJson) {
  const std::string json =
      necessity({named<message_passing<order::relaxed, order::relaxed>>("broken")}).json();
  EXPECT_EQ(json.substr(0, 60),
            "{\"schema\":1,\"problem\":\"broken does not pass as it is: FAIL, ");
  const std::string table =
      necessity({named<small_programs::load_buffering<order::relaxed, order::release>>("lb")})
          .json();
  EXPECT_EQ(table.substr(0, table.find(",{\"site\":\"L3")),
            R"({"schema":1,"problem":"","sites":[{"site":"L1 first.load","kind":"load",)"
            R"("order":"relaxed","ambiguous":false,"weakenings":[]},{"site":"L2 first.store",)"
            R"("kind":"store","order":"release","ambiguous":false,"weakenings":[{"to":"relaxed",)"
            R"("answer":"survives","load_buffering":["L1 first.load -> L2 first.store"]}]})");
}

}  // namespace
}  // namespace wyn::model

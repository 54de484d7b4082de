#include "models/checker/tools/switches.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "models/checker/testing/small_programs.h"

namespace wyn::model {
namespace {

using namespace small_programs;  // NOLINT: the programs of these tests
using right = message_passing<order::release, order::acquire>;
using wrong = message_passing<order::relaxed, order::acquire>;

struct outcome {
  verdict v;
  std::string printed;
};

template <class Program>
outcome run(bool with_necessity, bool with_repair) {
  options o;
  o.necessity = with_necessity;
  o.repair = with_repair;
  const program p = program_of<Program>();
  std::ostringstream out;
  verdict v = run_switched_tools(p, "Suite.Name", o, check(p, o), out);
  return {std::move(v), out.str()};
}

TEST(Switches, DoNothingByThemselves) {
  EXPECT_EQ(run<right>(false, false).printed, "");
  EXPECT_EQ(run<wrong>(false, false).printed, "");
}

TEST(Switches, NecessityPrintsTheTableOfAProgramThatPasses) {
  const outcome o = run<right>(true, true);
  EXPECT_EQ(o.printed.substr(0, 55), "Suite.Name: necessity: 3 sites, 2 weakenings, 2 killed\n");
  EXPECT_EQ(o.v.kind, verdict_kind::pass);
}

TEST(Switches, RepairPutsTheFixIntoTheReportOfAFailure) {
  const outcome o = run<wrong>(true, true);
  EXPECT_NE(o.printed.find("fix  M2 flag.store -> release"), std::string::npos) << o.printed;
  EXPECT_EQ(o.printed.find("necessity"), std::string::npos) << o.printed;
  EXPECT_EQ(o.v.kind, verdict_kind::fail);
  EXPECT_NE(o.v.report.find("M2 flag.store -> release"), std::string::npos) << o.v.report;
}

}  // namespace
}  // namespace wyn::model

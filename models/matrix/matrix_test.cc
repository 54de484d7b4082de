// The matrix itself: what it says of tables that tell the truth, and of tables that do not.
#include "models/matrix/matrix.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/testing/small_programs.h"

namespace wyn::models {
namespace {

using publication = small_programs::message_passing<order::release, order::acquire>;
using crosswise = small_programs::load_buffering<order::acquire, order::relaxed>;

model_set all_models() {
  return {{"publication", model::check<publication>}, {"crosswise", model::check<crosswise>}};
}

// A row of a table, with its comment.
std::string row(const std::string& comment, const std::string& id, const std::string& orders) {
  return "  /// " + comment + "\n  static constexpr site<\"" + id + "\", " + orders + "> name{};\n";
}

matrix_result result_of(const std::string& rows) {
  return run_matrix(read_ordering_table("struct t {\n" + rows + "};\n", "t"), all_models());
}

std::vector<std::string> complaints_of(const std::string& rows) {
  return result_of(rows).complaints;
}

using texts = std::vector<std::string>;

TEST(Matrix, ATrueTableHasNoComplaints) {
  const matrix_result result = result_of(
      row("Nobody cares.", "M1 data.store", "order::relaxed") +
      row("Killed by: publication.", "M2 flag.store", "order::release") +
      row("Load buffering: acquire.", "L1 first.load", "order::acquire"));
  EXPECT_EQ(result.complaints, texts{});
  ASSERT_EQ(result.rows.size(), 3u);
  EXPECT_EQ(result.cells(), 2u);
  EXPECT_TRUE(result.rows[0].cells.empty());
  EXPECT_EQ(result.rows[0].reached_by, texts{"publication"});
  EXPECT_EQ(verdict_on(result.rows[1].cells[0]), "RED by model publication: data race");
  EXPECT_EQ(verdict_on(result.rows[2].cells[0]),
            "RED by the load-buffering lint: L1 first.load -> L2 first.store");
  EXPECT_EQ(result.rows[2].cells[0].accepted_by, texts{"crosswise"});
}

struct too_strong : small_programs::dekker<order::seq_cst> {
  void after() {}
};

matrix_result of_too_strong(const std::string& comment, const mutant_set& mutants = {}) {
  return run_matrix(
      read_ordering_table(
          "struct t {\n" + row(comment, "K2 first.fence", "order::seq_cst") + "};\n", "t"),
      {{"too_strong", model::check<too_strong>}}, mutants);
}

TEST(Matrix, AnOrderThatNothingNeedsIsGreen) {
  const matrix_result result = of_too_strong("");
  EXPECT_EQ(result.complaints,
            texts{"row \"K2 first.fence\" weakened to acq_rel is accepted by every model it names, "
                  "and by all others"});
  EXPECT_FALSE(result.rows[0].cells[0].red());
  EXPECT_EQ(verdict_on(result.rows[0].cells[0]), "GREEN");
}

TEST(Matrix, AnOrderIsLeftToAProofThatHasTheMutant) {
  const std::string file = "proofs/deque/biased/biased.py";
  const auto complaints = [&](const mutant_set& mutants) {
    return of_too_strong("Proof: seq_cst.", mutants).complaints;
  };
  const texts left{"row \"K2 first.fence\" weakened to acq_rel is left to a proof that has no such "
                   "mutant"};
  EXPECT_EQ(complaints({{"K2", {file, "ask.fence is no seq_cst fence"}}}), texts{});
  EXPECT_EQ(complaints({}), left);
  EXPECT_EQ(complaints({{"K2", {file, "no such"}}}),
            (texts{file + " has no mutant \"no such\"", left.front()}));
  const matrix_result result =
      of_too_strong("Proof: seq_cst.", {{"K2", {file, "ask.fence is no seq_cst fence"}}});
  EXPECT_TRUE(result.rows[0].cells[0].red());
  EXPECT_EQ(verdict_on(result.rows[0].cells[0]),
            "RED by the proof " + file + ": ask.fence is no seq_cst fence");
}

TEST(Matrix, WhatAModelKillsIsNotLeftToAProof) {
  const texts complaints = run_matrix(
      read_ordering_table(
          "struct t {\n" + row("Proof: release.", "M2 flag.store", "order::release") + "};\n", "t"),
      all_models(), {{"M2", {"proofs/deque/biased/biased.py", "the count is ignored"}}}).complaints;
  EXPECT_EQ(complaints, texts{"row \"M2 flag.store\" weakened to relaxed is said to matter to the "
                              "proof alone, but fails: publication"});
}

TEST(Matrix, AKillerThatTheRowDoesNotNameIsNamed) {
  EXPECT_EQ(complaints_of(row("", "M2 flag.store", "order::release")),
            texts{"row \"M2 flag.store\" weakened to relaxed is accepted by every model it names; "
                  "killed by: publication"});
}

TEST(Matrix, AModelThatAcceptsEveryWeakeningIsNoReason) {
  EXPECT_EQ(complaints_of(row("Killed by: publication, crosswise, other.", "M2 flag.store",
                              "order::release")),
            (texts{"row \"M2 flag.store\" names crosswise, which accepts every weakening of it",
                   "row \"M2 flag.store\" names other, which is no model"}));
}

TEST(Matrix, AnOrderThatAModelNeedsIsNotKeptForHardwareAlone) {
  EXPECT_EQ(complaints_of(row("Load buffering: release.", "M2 flag.store", "order::release")),
            (texts{"row \"M2 flag.store\" weakened to relaxed is said to matter to hardware alone, "
                   "but fails: publication",
                   "row \"M2 flag.store\" weakened to relaxed opens no pair for load buffering"}));
}

TEST(Matrix, AnExcuseThatTheLintDoesNotShareIsNone) {
  // Both loads acquire: the stores need not release.
  using closed = small_programs::load_buffering<order::acquire, order::release>;
  const matrix_result result = run_matrix(
      read_ordering_table("struct t {\n" +
                              row("Load buffering: release.", "L2 first.store", "order::release") +
                              "};\n",
                          "t"),
      {{"closed", model::check<closed>}});
  EXPECT_EQ(result.complaints,
            texts{"row \"L2 first.store\" weakened to relaxed opens no pair for load buffering"});
}

TEST(Matrix, AnExcuseForAPartThatTheRowDoesNotHaveIsNone) {
  EXPECT_EQ(complaints_of(row("Killed by: publication. Load buffering: acquire.", "M2 flag.store",
                              "order::release")),
            texts{"row \"M2 flag.store\" has no acquire to keep for hardware"});
}

TEST(Matrix, ARowThatSaysAnotherOrderThanTheProgramIsFound) {
  EXPECT_EQ(complaints_of(row("", "M1 data.store", "order::relaxed") +
                          row("", "L2 first.store", "order::release")),
            (texts{"row \"L2 first.store\" is another access in crosswise than the table says",
                   "row \"L2 first.store\" weakened to relaxed is accepted by every model it "
                   "names, and by all others"}));
}

TEST(Matrix, ARowThatNoModelReachesShowsNothing) {
  EXPECT_EQ(complaints_of(row("", "Z1 other.load", "order::acquire")),
            (texts{"row \"Z1 other.load\" weakened to relaxed is accepted by every model it names, "
                   "and by all others",
                   "no model reaches row \"Z1 other.load\""}));
}

TEST(Matrix, AModelThatFailsAsItIsShowsNothing) {
  using broken = small_programs::message_passing<order::relaxed, order::acquire>;
  const matrix_result result = run_matrix({}, {{"broken", model::check<broken>}});
  ASSERT_EQ(result.complaints.size(), 1u);
  EXPECT_EQ(result.complaints[0].rfind("broken does not pass as it is: FAIL", 0), 0u)
      << result.complaints[0];
}

}  // namespace
}  // namespace wyn::models

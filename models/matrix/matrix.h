// The necessity matrix: every row of an ordering table, weakened by one step, under every model of
// the table. Each weakening must turn something red: a model that fails, or, where RC11 has no
// execution that could show what the order is for, the load-buffering lint; or the proof, which
// then has a mutant with this weakening that goes wrong. The table's comments say which, and the
// matrix checks that they are true.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/checker/options.h"
#include "models/checker/verdict.h"
#include "models/matrix/ordering_table.h"

namespace wyn::models {

/// Checks one model under options: a call of wyn::model::check<Program>.
using model_run = std::function<model::verdict(const model::options&)>;

/// By the names that comments use.
using model_set = std::map<std::string, model_run>;

/// A weakened protocol of a proof, of which the proof's own test shows a run that goes wrong.
struct proof_mutant {
  std::string file;  ///< "proofs/deque/biased/biased.py"
  std::string name;  ///< "ask.fence is no seq_cst fence"
};
/// By the numbers of the rows: "DB24".
using mutant_set = std::map<std::string, proof_mutant>;

/// A model that fails when a row is weaker.
struct killer {
  std::string model;
  std::string failure;  ///< "data race"
  std::string message;  ///< of the verdict, one line
};

/// One weakening of one row.
struct matrix_cell {
  model::order_change weaker;
  /// Those that the row names come first, as it names them.
  std::vector<killer> killers;
  std::vector<std::string> accepted_by;  ///< models that reach the row and pass
  /// The comment says that the order is kept for hardware ("Load buffering:").
  bool kept_for_hardware = false;
  /// Of such a one: the pairs of this access and another that hardware may reorder without the
  /// order; no model of the table has them with it.
  std::vector<std::string> opened_pairs;
  /// The comment says that the order is kept for the proof ("Proof:"), which has this mutant.
  std::optional<proof_mutant> refuted = {};

  /// By a model, the lint or the proof. Whether the comment says so is another matter:
  /// `complaints`.
  bool red() const {
    return !killers.empty() || !opened_pairs.empty() || refuted.has_value();
  }
};

struct matrix_row {
  table_row row;
  std::vector<std::string> reached_by;  ///< models in which some thread makes this access
  std::vector<matrix_cell> cells;       ///< none: it has the weakest order there is
};

struct matrix_result {
  std::vector<matrix_row> rows;
  std::map<std::string, std::uint64_t> executions;  ///< of each model, as it is
  /// Claims of the table that do not hold, in full sentences. Empty: the table tells the truth.
  std::vector<std::string> complaints;

  std::size_t cells() const;
  /// One line per weakening, for the log: what it is, and who goes red.
  std::string text() const;
};

/// Runs the matrix of `rows` over `models`.
///  - Each model passes as it is, and makes its accesses with the orders that the rows state.
///  - A weakening that the comment does not excuse is killed by a model named in "Killed by:".
///  - Each model named there kills some weakening of the row.
///  - An excused one ("Load buffering:") passes in every model, else the excuse is wrong, and opens
///    a pair of the lint with this access in it, else nothing needs the order.
///  - One that is left to the proof ("Proof:") passes in every model, too, and is among `mutants`,
///    whose file has the mutant of that name.
///  - Each row with an order to weaken is reached by a model.
/// Throws std::runtime_error when a proof's file is not among the program's data.
matrix_result run_matrix(const std::vector<table_row>& rows, const model_set& models,
                         const mutant_set& mutants = {});

/// "RED by model two_items: assertion", "RED by the load-buffering lint: PAIR", "RED by the proof
/// FILE: MUTANT", or "GREEN".
std::string verdict_on(const matrix_cell& cell);

/// The text of a source file among the program's data. Throws std::runtime_error.
std::string read_source(const std::string& path);

}  // namespace wyn::models

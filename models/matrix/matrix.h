// The mutation matrix: every order of a table, weakened by one step, is needed by a model that the
// table names, or the table says that hardware needs it and no model does.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "models/checker/options.h"
#include "models/checker/verdict.h"
#include "models/matrix/ordering_table.h"

namespace wyn::models {

/// Checks one model under options: a call of wyn::model::check<Program>.
using model_run = std::function<model::verdict(const model::options&)>;

struct matrix_cell {
  std::string row;  ///< id
  weakening weaker;
  std::string killed_by;  ///< the first named model that fails, or empty
  std::string failure;    ///< how it fails
  bool kept_for_hardware = false;
};

struct matrix_result {
  std::vector<matrix_cell> cells;
  /// Claims of the table that do not hold, in full sentences. Empty: the table tells the truth.
  std::vector<std::string> complaints;

  /// One line per cell, for the log.
  std::string table() const;
};

/// Runs the matrix of `rows` over `models` (by name).
///  - A weakening that the comment does not excuse must be killed by a model named in "Killed by:".
///  - Each model named there kills some weakening of the row.
///  - An excused one ("Load buffering:") passes in every model; else the excuse is wrong.
///  - Each row that is weakened is reached by the model (else the kill is somebody else's).
matrix_result run_matrix(const std::vector<table_row>& rows,
                         const std::map<std::string, model_run>& models);

/// The text of a source file among the test's data. Throws std::runtime_error.
std::string read_source(const std::string& path);

}  // namespace wyn::models

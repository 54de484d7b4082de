// An ordering table with all that is checked about it: one description for the tests, the order
// book and the program that weakens every row. Each part of models/ has its own in a tables.h.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/matrix/matrix.h"

namespace wyn::models {

struct checked_table {
  std::string title;        ///< for people: "Deque, with fences"
  std::string name;         ///< of the struct: "deque_fence_orders"
  std::string source;       ///< where it stands: "core/deque/deque_orders.h"
  std::string structure;    ///< what makes the accesses: "core/deque/chase_lev_deque.h"
  std::string folder;       ///< of the models: "models/deque"
  std::string matrix_test;  ///< the test there that checks this table
  model_set models;
  /// Models that are the header of another with other parameters, or one that is in another folder:
  /// name -> header's name, or its path without ".h".
  std::map<std::string, std::string> variants = {};
  /// A table that this one derives from: its rows belong here, too, unless a row with the same id
  /// and an "s" replaces them. "": none.
  std::string base = {};
  /// Of rows that are left to a proof.
  mutant_set mutants = {};

  /// The matrix of its rows. Blocks for as long as it takes.
  matrix_result matrix() const { return run_matrix(rows(), models, mutants); }

  /// The rows of the table as its source states them. Throws std::runtime_error.
  std::vector<table_row> rows() const;
  /// "models/deque/two_items.h".
  std::string header_of(const std::string& model) const;
};

}  // namespace wyn::models

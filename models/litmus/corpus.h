// The corpus of litmus programs with exact answers: see README.md for the format and its origin.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

/// One row, with the answers for RC11 with C++20 release sequences.
struct row {
  litmus::program program;
  std::uint64_t executions = 0;
  std::set<state> states;  ///< empty where the file gives the number of executions alone
  bool race = false;
};

/// Reads a gzip-compressed file of one JSON object a line. Throws std::runtime_error, with the file
/// and the line in its text, when it cannot be read or means nothing.
std::vector<row> read_corpus(const std::string& path);

}  // namespace wyn::litmus

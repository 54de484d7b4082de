// The corpus of litmus programs with exact answers: see README.md for the format and its origin.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

/// What one memory model makes of a program.
struct answer {
  std::uint64_t executions = 0;
  std::set<state> states;  ///< empty where the file gives the number of executions alone
};

/// All memory models, in the order of the enumeration.
inline constexpr model::memory_model memory_models[] = {
    model::memory_model::rc11_20, model::memory_model::rc11, model::memory_model::sc,
    model::memory_model::tso};

struct row {
  litmus::program program;
  std::map<model::memory_model, answer> answers;
  /// Whether C++ gives the program no meaning, by the release sequences of each edition.
  bool race_rc11 = false;
  bool race_rc11_20 = false;
};

/// Empty when `got`, an exploration of `r` under `m` with count_duplicates, is what the row says;
/// otherwise what differs. Under sc and tso a row with a race may show it or not, and has no other
/// answer that counts.
std::string difference(const row& r, model::memory_model m, const outcome& got);

/// Reads a gzip-compressed file of one JSON object a line. Throws std::runtime_error, with the file
/// and the line in its text, when it cannot be read or means nothing.
std::vector<row> read_corpus(const std::string& path);

}  // namespace wyn::litmus

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

struct row {
  litmus::program program;
  std::map<model::memory_model, answer> answers;
  /// By the release sequences of RC11 as published, and by those of C++20.
  bool race_rc11 = false;
  bool race_rc11_20 = false;
};

/// Whether C++ gives the program no meaning, so that under rc11 and rc11_20 no other answer counts.
bool has_race(const row& r, model::memory_model m);

/// Explores the program of `r` under `m`, counting duplicates. Under sc and tso a row with a race
/// has answers of the machine; for them its plain data is explored as relaxed atomics.
outcome explore(const row& r, model::memory_model m);

/// Empty when `got`, from explore(r, m), is what the row says; otherwise what differs.
std::string difference(const row& r, model::memory_model m, const outcome& got);

/// Reads a gzip-compressed file of one JSON object a line. Throws std::runtime_error, with the file
/// and the line in its text, when it cannot be read or means nothing.
std::vector<row> read_corpus(const std::string& path);

}  // namespace wyn::litmus

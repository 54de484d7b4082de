// Where the programs are that a benchmark starts.
#pragma once

#include <string>

namespace wyn::bench {

struct program {
  std::string path;            ///< empty when absent
  std::string absent_because;  ///< empty when present
};

/// The program `name` of the package `package` ("bench/spawn"), as Bazel built it: in the runfiles,
/// else beside the running program. A file `name`.absent says why it could not be had.
program find_program(const std::string& package, const std::string& name);

/// The program that a user names as NAME=PROGRAM, and NAME; throws std::invalid_argument with a
/// message if `definition` is something else, or if there is no such program.
struct named_program {
  std::string name, path;
};
named_program given_program(const std::string& definition);

}  // namespace wyn::bench

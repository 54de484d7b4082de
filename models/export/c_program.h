// A recorded model as a C11 program, for model checkers of C such as GenMC.
//
// Each thread is straight code with a branch wherever what it does next depends on a value that it
// has read; a value that no execution of the model reads there fails an assertion. So the program
// does what the executions of the model show and asserts that it can do nothing else: what
// Env::check and after() accept, other tools must find, too.
#pragma once

#include <string>

#include "models/export/recording.h"

namespace wyn::model_export {

struct program_title {
  std::string model;  ///< "deque/last_item"
  std::string table;  ///< "deque_fence_orders"
};

/// The text. Throws std::runtime_error, with what no C program can express.
std::string c_program(const recording& r, const program_title& title);

}  // namespace wyn::model_export

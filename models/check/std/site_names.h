// The name of an access: the line of the user's code that asks for it.
//
// "queue.h:42 store" is what a report prints and what an override names; "queue.h:42" names every
// access of that line (models/checker/options.h). The folder is left out: two files of the same
// name share their lines.
#pragma once

namespace wyn::check::detail {

/// A line of the user's code, as the default argument of an operation: std::source_location, which
/// clang 14 lacks.
struct place {
  const char* file;
  unsigned line;
  static constexpr place current(const char* f = __builtin_FILE(),
                                 unsigned l = __builtin_LINE()) {
    return {f, l};
  }
};

/// The same pointer for the same place and operation, valid until the OS thread ends; the explorer
/// compares sites by address. `operation` is a literal. Allocates on the first call for a place.
const char* site_name(const place& at, const char* operation);

}  // namespace wyn::check::detail

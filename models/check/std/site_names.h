// The name of an access: the line of the user's code that asks for it.
//
// "queue.h:42 store" is what a report prints and what an override names; "queue.h:42" names every
// access of that line (models/checker/options.h). The folder is left out: two files of the same
// name share their lines.
#pragma once

#include <source_location>

namespace wyn::check::detail {

/// The same pointer for the same place and operation, valid until the OS thread ends; the explorer
/// compares sites by address. `operation` is a literal. Allocates on the first call for a place.
const char* site_name(const std::source_location& at, const char* operation);

}  // namespace wyn::check::detail

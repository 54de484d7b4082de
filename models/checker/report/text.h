// A verdict as text, for logs and terminals: at most 100 columns where names allow it, no colours.
#pragma once

#include <string>

#include "models/checker/report/counterexample.h"
#include "models/checker/verdict.h"

namespace wyn::model {

struct text_style {
  bool ascii = false;  ///< no arrows or dots beyond ASCII
  int columns = 100;
};

/// The verdict in the first line, then counts, then the execution of a failure or what a pass has
/// seen. Ends with a line end.
std::string text_of(const verdict& v, const text_style& style = {});

/// The execution alone: set-up, the table of steps, modification orders, why and fix.
std::string text_of(const counterexample& c, const text_style& style = {});

}  // namespace wyn::model

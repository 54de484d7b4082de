// A failure as one page that needs nothing else: no network, no framework.
//
// The picture (svg.h), the text (text.h) and the data (json.h) of one execution, with the same
// numbers. Arrow keys or the slider go through the steps; a panel shows the value of each location
// after each of them; relations can be hidden; a step shows its site, order and edges when it is
// pointed at. Light or dark as the reader's system is; it prints as a picture with the explanation.
#pragma once

#include <string>

#include "models/checker/verdict.h"

namespace wyn::model {

/// The page of a verdict that has a trace; equal verdicts give equal bytes.
std::string html_of(const verdict& v);

}  // namespace wyn::model

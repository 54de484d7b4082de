// An execution as a picture: a column for each thread, a row for each step, edges in the colours of
// herd7 (dot.h). Drawn directly, so that nothing needs Graphviz; labels stand in boxes, not on
// edges, where they would collide.
#pragma once

#include <string>

#include "models/checker/report/counterexample.h"

namespace wyn::model {

/// Text for XML and HTML.
std::string escaped(const std::string& text);

/// One <svg> element with its own style, light and dark. Boxes have the class `step` and the
/// attribute data-n, edges the class of their relation and data-from and data-to.
std::string svg_of(const counterexample& c);

}  // namespace wyn::model

// An execution as a graph for Graphviz, in the colours of herd7: rf red, mo blue, fr orange, sw
// violet, hb indigo, races dark green.
#pragma once

#include <string>

#include "models/checker/report/counterexample.h"

namespace wyn::model {

/// The colour of a relation, as in herd7's pictures; every picture uses the same.
const char* colour_of(relation r);

/// A digraph with a cluster for each thread. Numbers are those of the text report.
std::string dot_of(const counterexample& c);

}  // namespace wyn::model

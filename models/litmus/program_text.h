// A litmus program as text, for messages about it.
#pragma once

#include <string>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

/// One operation a line, in the manner of C: "P1: r0 = fetch_add(x1, 2, acq_rel)".
std::string to_text(const program& p);

}  // namespace wyn::litmus

// The ordering tools as switches of a test: options::necessity and options::repair.
#pragma once

#include <iosfwd>
#include <string>

#include "models/checker/checker.h"

namespace wyn::model {

/// Does what `o` asks for besides the check of `p`, whose verdict is `v`: the table of a program
/// that passes, the fix of one that fails. What is found is written to `out`, under `name`. Returns
/// `v`, of a repaired program with the fix in its report. Blocks for as long as the tools take.
verdict run_switched_tools(const program& p, const std::string& name, const options& o, verdict v,
                           std::ostream& out);

}  // namespace wyn::model

// The part of docs/historical_bugs.md that is generated: what the checker says of each bug, and
// what its header says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/checker/tools/repair.h"
#include "models/historical/catalogue.h"

namespace wyn::historical {

/// A bug with what is to be said of it.
struct described_bug {
  const historical_bug* bug;
  model::repair_report found;  ///< under rc11_20
  std::string description;     ///< of the header
};

/// The paragraph "// NAME: ..." of a header's head comment, as one line without NAME; "" if there
/// is none. The lines after the first are indented by two spaces more.
std::string description_of(const std::string& name, const std::string& header_text);

/// The table and the descriptions, in Markdown.
std::string generated_part(const std::vector<described_bug>& bugs);

/// What stands between the two lines that mark the generated part, if they are there.
std::optional<std::string> marked_part(const std::string& page);
/// `page`, which has these lines, with another part between them.
std::string with_marked_part(const std::string& page, const std::string& part);

}  // namespace wyn::historical

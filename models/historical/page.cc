#include "models/historical/page.h"

#include <cstddef>
#include <sstream>
#include <utility>

#include "models/checker/report/counterexample.h"

namespace wyn::historical {
namespace {

const std::string begin_mark =
    "<!-- generated: WYN_UPDATE_GOLDEN=$PWD bazel run //models/historical:historical_test -->\n";
const std::string end_mark = "<!-- end of the generated part -->\n";

// The bug whose report the page shows in full: short, and hidden by the processor of a PC.
const std::string sample = "acq_rel_notify";

// Under RC11 as published, x86-TSO or SC, or a dash.
std::string hidden_by(const historical_bug& bug) {
  std::string names;
  for (const auto& [m, name] : {std::pair(model::memory_model::rc11, "RC11 of 2017"),
                                std::pair(model::memory_model::tso, "x86-TSO"),
                                std::pair(model::memory_model::sc, "SC")}) {
    if (bug.hidden_under(m) != nullptr) names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return names.empty() ? "-" : names;
}

// What the explorer proposes: sets of stronger orders, or a dash.
std::string repairs_by_order(const model::repair_report& found) {
  std::string text;
  for (const model::repair_set& set : found.sets) {
    if (!text.empty()) text += "; or ";
    for (std::size_t i = 0; i < set.changes.size(); ++i) {
      const model::repaired_site& r = set.changes[i];
      text += (i == 0 ? "" : ", ") + r.site.id + ": " + r.change.text;
    }
  }
  return text.empty() ? "-" : text;
}

std::string table_row(const described_bug& d) {
  const historical_bug& bug = *d.bug;
  const model::verdict& v = d.found.failing;
  std::ostringstream row;
  row << "| [`" << bug.name << "`](../models/historical/" << bug.header << ") | " << bug.source
      << " | " << to_string(v.failure) << " | " << v.runs << " | " << v.trace->steps.size()
      << " | [report](../models/historical/golden/" << bug.name << ".txt) | " << hidden_by(bug)
      << " | " << repairs_by_order(d.found) << " | " << bug.repaired_executions << " |\n";
  return row.str();
}

}  // namespace

std::string description_of(const std::string& name, const std::string& header_text) {
  const std::string start = "\n// " + name + ": ";
  const std::size_t at = header_text.find(start);
  if (at == std::string::npos) return "";
  std::istringstream lines(header_text.substr(at + start.size()));
  std::string text;
  std::getline(lines, text);
  const std::string indent = "//   ";
  for (std::string line; std::getline(lines, line) && line.rfind(indent, 0) == 0;) {
    text += " " + line.substr(indent.size());
  }
  return text;
}

std::string generated_part(const std::vector<described_bug>& bugs) {
  std::string part =
      "| bug | shipped in, or found by | failure | runs until found | steps | | hidden by |"
      " orders that repair it | repaired: executions |\n"
      "|---|---|---|---|---|---|---|---|---|\n";
  for (const described_bug& d : bugs) part += table_row(d);
  for (const described_bug& d : bugs) {
    if (std::string(d.bug->name) != sample) continue;
    part += "\n## A report\nThat of `" + sample + "`:\n```\n" + with_fix(d.found).report + "```\n";
  }
  part += "\n## What went wrong\n";
  for (const described_bug& d : bugs) {
    part += "- `" + std::string(d.bug->name) + "`: " + d.description + "\n";
  }
  return part;
}

std::optional<std::string> marked_part(const std::string& page) {
  const std::size_t begin = page.find(begin_mark);
  const std::size_t end = page.find(end_mark);
  if (begin == std::string::npos || end == std::string::npos || end < begin) return std::nullopt;
  return page.substr(begin + begin_mark.size(), end - begin - begin_mark.size());
}

std::string with_marked_part(const std::string& page, const std::string& part) {
  return page.substr(0, page.find(begin_mark) + begin_mark.size()) + part +
         page.substr(page.find(end_mark));
}

}  // namespace wyn::historical

#include "models/historical/page.h"

#include <cstddef>
#include <sstream>

#include "models/checker/report/counterexample.h"

namespace wyn::historical {
namespace {

const std::string begin_mark =
    "<!-- generated: WYN_UPDATE_GOLDEN=$PWD bazel run //models/historical:historical_test -->\n";
const std::string end_mark = "<!-- end of the generated part -->\n";

// The bug whose report the page shows in full: short, and hidden by the processor of a PC.
const std::string sample = "acq_rel_notify";

const char* seen_under(const historical_bug& bug, model::memory_model m) {
  return bug.hidden_under(m) == nullptr ? "seen" : "**hidden**";
}

std::string table_row(const described_bug& d) {
  const historical_bug& bug = *d.bug;
  std::ostringstream row;
  row << "| [`" << bug.name << "`](../models/historical/" << bug.header << ") | " << bug.source
      << " | " << to_string(d.found.failure) << " | " << d.found.runs << " | "
      << d.found.trace->steps.size() << " | [report](../models/historical/golden/" << bug.name
      << ".txt) | " << seen_under(bug, model::memory_model::rc11) << " | "
      << seen_under(bug, model::memory_model::tso) << " | "
      << seen_under(bug, model::memory_model::sc) << " | " << bug.repaired_executions << " |\n";
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
      "| bug | shipped in, or found by | failure | runs until found | steps of the report | |"
      " RC11 of 2017 | x86-TSO | SC | repaired: executions |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n";
  for (const described_bug& d : bugs) part += table_row(d);
  for (const described_bug& d : bugs) {
    if (std::string(d.bug->name) != sample) continue;
    part += "\n## A report\nThat of `" + sample + "`:\n```\n" + d.found.report + "```\n";
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

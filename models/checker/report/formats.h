// All formats of a report, and files of them.
#pragma once

#include <string>

#include "models/checker/verdict.h"

namespace wyn::model {

struct report_format {
  const char* extension;  ///< "txt"
  bool needs_trace;       ///< shows an execution and nothing else
  std::string (*print)(const verdict&);
};

/// Text, JSON, DOT, SVG and HTML.
extern const report_format report_formats[5];

/// Writes `stem`.txt, .json and, where the verdict has an execution, the other formats. Returns the
/// path of a file that could not be written, or an empty string.
std::string save_reports(const verdict& v, const std::string& stem);

}  // namespace wyn::model

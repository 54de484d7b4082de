// Where a site stands in the source, for the sites that know (models/check/std names a site by its
// line; the row of a table has no line of its own), and the lines around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wyn::model {

struct source_place {
  std::string file;  ///< as the compiler was given it; empty: not known
  int line = 0;
};

/// Any thread; once for a site is enough.
void remember_source(std::string_view site, std::string_view file, int line);

source_place source_of(std::string_view site);

struct excerpt {
  int first = 0;                   ///< number of the first line
  std::vector<std::string> lines;  ///< empty: the file cannot be read
};

/// The line of `p` and up to `around` lines on each side of it. A file that was named relative to
/// another folder is looked for below $WYN_MODEL_SOURCES and $BUILD_WORKSPACE_DIRECTORY, too.
excerpt excerpt_at(const source_place& p, int around);

}  // namespace wyn::model

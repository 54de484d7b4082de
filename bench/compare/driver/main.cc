// This runtime and its peers at the same workloads, side by side. See bench/README.md.
#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>
#include <string>

#include "bench/compare/driver/measure.h"
#include "bench/compare/driver/options.h"
#include "bench/compare/driver/output.h"
#include "bench/harness/files.h"

namespace {

using namespace wyn::bench;

int verdict(const compare::report& r) {
  for (const compare::table& t : r.tables) {
    if (!t.rows.empty()) {
      if (r.good()) return 0;
      fmt::print(stderr, "error: an answer is wrong or a run failed, see above\n");
      return 1;
    }
  }
  fmt::print(stderr, "error: no system was measured\n");
  return 1;
}

compare::report measured(const compare::options& o) {
  require_writable(o.json);
  compare::report r = compare::measure(o.what, show_progress);
  write_file(o.json, as_json(r));
  return r;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    compare::options o;
    int status = 0;
    if (!compare::parse(argc, argv, o, status)) return status;
    require_writable(o.html);
    const std::string before = o.markdown.empty() ? "" : read_file(o.markdown);
    if (!o.markdown.empty()) require_writable(o.markdown);
    const compare::report r =
        o.from.empty() ? measured(o) : compare::report_from(read_file(o.from));
    write_file(o.html, as_html(r));
    if (!o.markdown.empty()) write_file(o.markdown, with_results(before, r));
    fmt::print("{}\nseed {}\nnumbers: {}\npage: {}\n", as_table(r), r.seed,
               (o.from.empty() ? o.json : o.from).string(), o.html.string());
    return verdict(r);
  } catch (const std::exception& e) {
    fmt::print(stderr, "error: {}\n", e.what());
    return 1;
  }
}

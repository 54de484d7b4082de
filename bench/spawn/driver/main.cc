// Spawn and wait, this runtime and its peers, side by side. See bench/README.md.
#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>

#include "bench/harness/files.h"
#include "bench/spawn/driver/measure.h"
#include "bench/spawn/driver/options.h"
#include "bench/spawn/driver/output.h"

namespace {

using namespace wyn::bench;

int verdict(const report& r) {
  if (r.rows.empty()) {
    fmt::print(stderr, "error: no system was measured\n");
    return 1;
  }
  if (!r.good()) fmt::print(stderr, "error: a count is wrong or a run failed, see above\n");
  return r.good() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    options o;
    int status = 0;
    if (!parse(argc, argv, o, status)) return status;
    require_writable(o.json);
    require_writable(o.svg);
    const report r = measure(o.what, show_progress);
    write_file(o.json, as_json(r));
    write_file(o.svg, as_svg(r));
    fmt::print("{}\nseed {}\nnumbers: {}\npicture: {}\n", as_table(r), r.seed, o.json.string(),
               o.svg.string());
    return verdict(r);
  } catch (const std::exception& e) {
    fmt::print(stderr, "error: {}\n", e.what());
    return 1;
  }
}

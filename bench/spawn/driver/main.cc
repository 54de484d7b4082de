// Spawn and wait, this runtime and its peers, side by side. See bench/README.md.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "bench/spawn/driver/measure.h"
#include "bench/spawn/driver/options.h"
#include "bench/spawn/driver/output.h"

namespace {

using namespace wyn::bench;
namespace fs = std::filesystem;

// A place that cannot be written to is found out before the measurements, not after them.
void require_writable(const fs::path& path) {
  std::error_code ignored;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), ignored);
  if (!std::ofstream(path, std::ios::app))
    throw std::runtime_error("cannot write " + path.string());
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

// A line that is rewritten on a terminal; elsewhere one line each time a tenth more is done.
void show_progress(int number, int all, const std::string& what) {
  if (isatty(STDERR_FILENO) == 1) {
    fmt::print(stderr, "\r\033[K[{}/{}] {}", number, all, what);
    if (number == all) fmt::print(stderr, "\r\033[K");
  } else if (number == 1 || number * 10 / all != (number - 1) * 10 / all) {
    fmt::print(stderr, "[{}/{}] {}\n", number, all, what);
  }
  std::fflush(stderr);
}

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
    write(o.json, as_json(r));
    write(o.svg, as_svg(r));
    fmt::print("{}\nseed {}\nnumbers: {}\npicture: {}\n", as_table(r), r.seed, o.json.string(),
               o.svg.string());
    return verdict(r);
  } catch (const std::exception& e) {
    fmt::print(stderr, "error: {}\n", e.what());
    return 1;
  }
}

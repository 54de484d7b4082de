#include "bench/harness/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace wyn::bench {

namespace {

namespace fs = std::filesystem;

// The runfiles of `bazel run` and `bazel test`, else beside this program.
std::vector<fs::path> folders(const std::string& package) {
  std::vector<fs::path> where;
  for (const char* variable : {"RUNFILES_DIR", "TEST_SRCDIR"}) {
    if (const char* root = std::getenv(variable)) {
      where.push_back(fs::path(root) / "wyn" / package);
    }
  }
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  where.push_back(fs::path(self.string() + ".runfiles") / "wyn" / package);
  where.push_back(self.parent_path());
  return where;
}

bool runnable(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(file, error) && fs::file_size(file, error) > 0 &&
         access(file.c_str(), X_OK) == 0;
}

// The build of a program that could not be had leaves the reason in a file.
std::string reason_beside(const fs::path& file) {
  std::ifstream in(file.string() + ".absent");
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

program find_program(const std::string& package, const std::string& name) {
  program found{"", "its program was not built"};
  for (const fs::path& folder : folders(package)) {
    const fs::path file = folder / name;
    if (runnable(file)) return {file, ""};
    const std::string reason = reason_beside(file);
    if (!reason.empty()) found.absent_because = reason;
  }
  return found;
}

named_program given_program(const std::string& definition) {
  const std::size_t equals = definition.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw std::invalid_argument(fmt::format("--peer={}: expected NAME=PROGRAM", definition));
  }
  named_program p{definition.substr(0, equals), definition.substr(equals + 1)};
  if (!runnable(p.path)) {
    throw std::invalid_argument(fmt::format("--peer={}: no such program", definition));
  }
  return p;
}

}  // namespace wyn::bench

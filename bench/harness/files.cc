#include "bench/harness/files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace wyn::bench {

namespace fs = std::filesystem;

namespace {

fs::path from_environment(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? fs::current_path() : fs::path(value);
}

}  // namespace

fs::path as_typed(const std::string& path) {
  return from_environment("BUILD_WORKING_DIRECTORY") / path;
}

fs::path in_results(const char* name) {
  if (std::getenv("BUILD_WORKSPACE_DIRECTORY") == nullptr) return fs::current_path() / name;
  return from_environment("BUILD_WORKSPACE_DIRECTORY") / "bench" / "results" / name;
}

void require_writable(const fs::path& path) {
  std::error_code ignored;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), ignored);
  if (!std::ofstream(path, std::ios::app))
    throw std::runtime_error("cannot write " + path.string());
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void show_progress(int number, int all, const std::string& what) {
  if (isatty(STDERR_FILENO) == 1) {
    fmt::print(stderr, "\r\033[K[{}/{}] {}", number, all, what);
    if (number == all) fmt::print(stderr, "\r\033[K");
  } else if (number == 1 || number * 10 / all != (number - 1) * 10 / all) {
    fmt::print(stderr, "[{}/{}] {}\n", number, all, what);
  }
  std::fflush(stderr);
}

}  // namespace wyn::bench

#include "bench/spawn/driver/systems.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace wyn::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t any_number = static_cast<std::size_t>(-1);

// Where Bazel puts the peers: in the runfiles of `bazel run` and `bazel test`, else beside the
// driver.
std::vector<fs::path> folders() {
  std::vector<fs::path> where;
  for (const char* variable : {"RUNFILES_DIR", "TEST_SRCDIR"}) {
    if (const char* root = std::getenv(variable)) {
      where.push_back(fs::path(root) / "wyn" / "bench" / "spawn");
    }
  }
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  where.push_back(fs::path(self.string() + ".runfiles") / "wyn" / "bench" / "spawn");
  where.push_back(self.parent_path());
  return where;
}

bool runnable(const fs::path& program) {
  std::error_code error;
  return fs::is_regular_file(program, error) && fs::file_size(program, error) > 0 &&
         access(program.c_str(), X_OK) == 0;
}

// The build of a peer that could not be had leaves the reason in a file.
std::string reason_beside(const fs::path& program) {
  std::ifstream in(program.string() + ".absent");
  std::string line;
  std::getline(in, line);
  return line;
}

void look_up(contender& s) {
  s.absent_because = "its program was not built";
  for (const fs::path& folder : folders()) {
    const fs::path program = folder / s.program;
    if (runnable(program)) {
      s.path = program;
      s.absent_because.clear();
      return;
    }
    const std::string reason = reason_beside(program);
    if (!reason.empty()) s.absent_because = reason;
  }
}

}  // namespace

bool contender::offers(task_kind kind) const {
  if (kind == task_kind::queued) return queues;
  return all_kinds || kind == task_kind::mark || kind == task_kind::empty;
}

std::vector<contender> known_contenders() {
  // oneTBB and rayon queue every task (270 and 60 bytes each) and Go's goroutines have stacks.
  std::vector<contender> all = {
      {our_name, "wyn_peer", any_number, true, true, "", ""},
      {"Go", "go_peer", 10'000'000, false, true, "", ""},
      {"oneTBB", "tbb_peer", 10'000'000, false, true, "", ""},
      {"libgomp", "openmp_peer", any_number, false, true, "", ""},
      {"rayon", "rayon_peer", 10'000'000, false, true, "", ""},
      {"std::async", "async_peer", 10'000, false, false, "", ""},
      {"std::thread", "thread_peer", 10'000, false, false, "", ""},
  };
  for (contender& s : all) look_up(s);
  return all;
}

contender given_contender(const std::string& definition) {
  const std::size_t equals = definition.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw std::invalid_argument(fmt::format("--peer={}: expected NAME=PROGRAM", definition));
  }
  contender s{
      definition.substr(0, equals), definition.substr(equals + 1), any_number, false, true, "", ""};
  if (!runnable(s.program)) {
    throw std::invalid_argument(fmt::format("--peer={}: no such program", definition));
  }
  s.path = s.program;
  return s;
}

}  // namespace wyn::bench

// Prints the instructions that the hot paths take, as JSON, for bench/results and for comparing two
// versions: `bazel run --config=bench //bench/instructions`.
#include <cstdio>

#include "bench/instructions/hot_paths.h"

int main() {
  std::printf("{\n  \"compiler\": \"%s\",\n  \"instructions_per_operation\": {\n", __VERSION__);
  const auto paths = wyn::bench::hot_paths();
  for (const wyn::bench::hot_path& path : paths) {
    const wyn::bench::path_count count = wyn::bench::count_path(path);
    if (count.failure != wyn::bench::step_failure::none) {
      std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(path.name.size()), path.name.data(),
                   count.failure == wyn::bench::step_failure::not_permitted
                       ? "this system does not let a process trace its child (ptrace); in a "
                         "container, allow it: --cap-add=SYS_PTRACE"
                       : "the run failed");
      return 1;
    }
    std::printf("    \"%.*s\": %.1f%s\n", static_cast<int>(path.name.size()), path.name.data(),
                count.instructions, &path == &paths.back() ? "" : ",");
    std::fflush(stdout);
  }
  std::printf("  }\n}\n");
}

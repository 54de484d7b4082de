// The main function of a fuzz target outside `--config=fuzz`: runs the target once on each file
// named on the command line, and on each file below each folder named there, in sorted order.
//
// A crash or a sanitizer report ends the process, so the name of the input is printed before it is
// tried. No input at all is an error: a replay of nothing would always pass.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

// False when `path` is not there: a stale BUILD file must not shrink the corpus silently.
bool collect(const fs::path& path, std::vector<fs::path>& inputs) {
  if (fs::is_regular_file(path)) {
    inputs.push_back(path);
    return true;
  }
  if (!fs::is_directory(path)) return false;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) inputs.push_back(entry.path());
  }
  return true;
}

bool replay(const fs::path& path) {
  std::printf("replaying %s\n", path.c_str());
  std::fflush(stdout);
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) return false;
  // A copy of the exact size, never null: the address sanitizer then sees a read past the end.
  const auto input = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), input.get());
  return LLVMFuzzerTestOneInput(input.get(), bytes.size()) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<fs::path> inputs;
  for (int i = 1; i < argc; ++i) {
    if (!collect(argv[i], inputs)) {
      std::fprintf(stderr, "no such input: %s\n", argv[i]);
      return 2;
    }
  }
  std::sort(inputs.begin(), inputs.end());
  if (inputs.empty()) {
    std::fprintf(stderr, "no input: name files or folders of the corpus on the command line\n");
    return 2;
  }
  for (const fs::path& path : inputs) {
    if (!replay(path)) {
      std::fprintf(stderr, "failed on %s\n", path.c_str());
      return 1;
    }
  }
  std::printf("%zu inputs replayed\n", inputs.size());
  return 0;
}

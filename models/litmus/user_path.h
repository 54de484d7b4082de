// Paths as the user of a command types them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace wyn::litmus {

/// `bazel run` starts a program in its runfiles and says where the user is: `typed` relative to
/// that folder, or unchanged outside `bazel run`.
inline std::string user_path(const std::string& typed) {
  const char* folder = std::getenv("BUILD_WORKING_DIRECTORY");
  return folder == nullptr ? typed : (std::filesystem::path(folder) / typed).string();
}

}  // namespace wyn::litmus

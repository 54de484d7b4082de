// Files and lines that a benchmark writes.
#pragma once

#include <filesystem>
#include <string>

namespace wyn::bench {

/// Where a path lies that the user typed: `bazel run` starts a program elsewhere.
std::filesystem::path as_typed(const std::string& path);

/// bench/results/`name` of the workspace under `bazel run`, else `name` in the working directory.
std::filesystem::path in_results(const char* name);

/// Throws std::runtime_error if `path` cannot be written to: found out before the measurements, not
/// after them.
void require_writable(const std::filesystem::path& path);

/// Throws std::runtime_error if it cannot.
void write_file(const std::filesystem::path& path, const std::string& text);
std::string read_file(const std::filesystem::path& path);

/// On standard error: a line that is rewritten on a terminal; elsewhere one line each time a tenth
/// more is done.
void show_progress(int number, int all, const std::string& what);

}  // namespace wyn::bench

// Runs litmus tests in herd's C format and answers in herd's form:
//
//     bazel run -c opt //models/litmus:litmus -- [--model=MODEL] [--states] [--unroll=N]
//         [-o text|json] FILE.litmus...
//
// Exit status: 0 when every test has an answer, 2 when a file or an option is wrong.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/litmus/c_answer.h"
#include "models/litmus/c_litmus.h"
#include "models/litmus/user_path.h"

namespace wyn::litmus {
namespace {

std::string read(const std::string& path) {
  if (std::filesystem::is_directory(path)) throw std::runtime_error("is a folder: name its files");
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

model::memory_model model_named(const std::string& name) {
  using enum model::memory_model;
  for (const model::memory_model m : {rc11, sc, tso}) {
    if (name == to_string(m)) return m;
  }
  return rc11_20;
}

struct command {
  std::vector<std::string> files;
  std::string model = "rc11_20";
  std::string format = "text";
  c_litmus_options parsing;
};

bool run(const std::string& file, const command& c) {
  try {
    const c_litmus test = parse_c_litmus(read(user_path(file)), c.parsing);
    const model::options o{.model = model_named(c.model)};
    const outcome got = explore(test.program, o);
    const bool json = c.format == "json";
    std::printf("%s\n", (json ? to_json(test, got, o.model) : describe(test, got)).c_str());
    return true;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "litmus: %s: %s\n", file.c_str(), e.what());
    return false;
  }
}

}  // namespace
}  // namespace wyn::litmus

int main(int argc, char** argv) {
  CLI::App app("Runs litmus tests in herd's C format.", "litmus");
  wyn::litmus::command c;
  app.add_option("files", c.files, "tests")->required();
  app.add_option("--model", c.model, "the memory model")
      ->check(CLI::IsMember({"rc11", "rc11_20", "sc", "tso"}))
      ->capture_default_str();
  app.add_flag("--states", c.parsing.all_states,
               "show every register and location, not only those that the test looks at");
  app.add_option("--unroll", c.parsing.unroll, "iterations of each loop")
      ->check(CLI::Range(1, 8))
      ->capture_default_str();
  app.add_option("-o,--output", c.format, "the form of the answer")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  bool fine = true;
  for (const std::string& file : c.files) fine = wyn::litmus::run(file, c) && fine;
  return fine ? 0 : 2;
}

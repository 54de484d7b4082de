// Runs litmus tests in herd's C format and answers in herd's form:
//
//     bazel run -c opt //models/litmus:litmus -- [--model=MODEL] FILE.litmus...
//
// Exit status: 0 when every test has an answer, 2 when a file or an option is wrong.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/litmus/c_litmus.h"
#include "models/litmus/user_path.h"

namespace wyn::litmus {
namespace {

std::string read(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) throw std::runtime_error("cannot be read");
  return text.str();
}

model::memory_model model_named(const std::string& name) {
  using enum model::memory_model;
  for (const model::memory_model m : {rc11, sc, tso}) {
    if (name == to_string(m)) return m;
  }
  return rc11_20;
}

bool answer(const std::string& file, const model::options& o) {
  try {
    const c_litmus test = parse_c_litmus(read(user_path(file)));
    std::printf("%s\n", describe(test, explore(test.program, o)).c_str());
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
  std::vector<std::string> files;
  std::string model = "rc11_20";
  app.add_option("files", files, "tests")->required();
  app.add_option("--model", model, "the memory model")
      ->check(CLI::IsMember({"rc11", "rc11_20", "sc", "tso"}))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  wyn::model::options o;
  o.model = wyn::litmus::model_named(model);
  bool fine = true;
  for (const std::string& file : files) fine = wyn::litmus::answer(file, o) && fine;
  return fine ? 0 : 2;
}

// The speed of the model checker: bazel run -c opt //bench/checker. See bench/README.md.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <exception>
#include <string>

#include "bench/checker/measure.h"
#include "bench/harness/files.h"

namespace fs = std::filesystem;

int main(int argc, char** argv) {
  CLI::App app("The speed of the model checker.");
  std::string one, genmc, json;
  int repetitions = 1, jobs = 1;
  bool no_valgrind = false;
  wyn::bench::plan p;
  app.add_option("--genmc", genmc, "run this GenMC side by side");
  app.add_option("--rounds", p.rounds, "processes for each program; the best counts")
      ->check(CLI::Range(1, 100));
  app.add_option("--json", json, "write the numbers to this file, too");
  app.add_flag("--no-valgrind", no_valgrind, "do not count instructions with valgrind");
  app.add_option("--one", one, "for this program's own use: measure one check");
  app.add_option("--repetitions", repetitions)->check(CLI::Range(1, 1000));
  app.add_option("--jobs", jobs, "likewise: by so many threads")->check(CLI::Range(1, 256));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  try {
    if (!one.empty()) {
      wyn::bench::measure_one(one, repetitions, jobs);
      return 0;
    }
    p.self = fs::read_symlink("/proc/self/exe").string();
    p.sources = (fs::current_path() / "bench" / "checker" / "genmc").string();
    p.count_with_valgrind = !no_valgrind;
    if (!json.empty()) wyn::bench::require_writable(wyn::bench::as_typed(json));
    if (!genmc.empty()) p.genmc = wyn::bench::as_typed(genmc).string();
    const wyn::bench::checker_report r = wyn::bench::measure(p);
    std::fputs(wyn::bench::as_table(r).c_str(), stdout);
    if (!json.empty()) wyn::bench::write_file(wyn::bench::as_typed(json), wyn::bench::as_json(r));
    return r.failures.empty() ? 0 : 1;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "error: %s\n", e.what());
    return 1;
  }
}

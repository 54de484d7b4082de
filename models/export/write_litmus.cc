// Writes the models down as C programs:
//
//     write_litmus [FOLDER] [--only PROGRAM] [--order SITE=ORDER]
//
// FOLDER: proofs/litmus/generated of the workspace, under `bazel run`.
// PROGRAM: "deque_fence/last_item.c".
// SITE=ORDER: another order than that of the table, as in "DF14=relaxed"; not for that folder.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/checker/graph/order_name.h"
#include "models/export/c_program.h"
#include "models/export/programs.h"

namespace wyn::model_export {
namespace {

std::runtime_error usage_error(const std::string& what) {
  return std::runtime_error(
      what + "\nusage: write_litmus [FOLDER] [--only PART/PROGRAM.c] [--order SITE=ORDER]...");
}

struct arguments {
  std::filesystem::path folder;
  std::string only;
  std::vector<model::order_override> overrides;
};

model::order_override override_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  const auto named = model::order_named(equals == std::string::npos ? "" : text.substr(equals + 1));
  if (!named) throw std::runtime_error("--order wants SITE=ORDER, as in DF14=relaxed: " + text);
  return {text.substr(0, equals), *named};
}

arguments read_arguments(int argc, char** argv) {
  arguments a;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool option = word == "--only" || word == "--order";
    if (option && i + 1 == argc) throw std::runtime_error(word + " wants a value");
    if (word == "--only") a.only = argv[++i];
    else if (word == "--order") a.overrides.push_back(override_of(argv[++i]));
    else if (a.folder.empty() && word.substr(0, 1) != "-") a.folder = word;
    else throw usage_error("not understood: " + word);
  }
  const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (a.folder.empty()) {
    if (workspace == nullptr) throw usage_error("which folder? (or use `bazel run`)");
    if (!a.overrides.empty()) throw std::runtime_error("--order wants a folder of its own");
    a.folder = std::filesystem::path(workspace) / "proofs" / "litmus" / "generated";
  }
  return a;
}

// Sites go by their whole names or by the first word of these.
bool is_met(const std::string& site, const std::set<std::string>& met) {
  const auto names = [&site](const std::string& whole) {
    return site == whole || site == whole.substr(0, whole.find(' '));
  };
  return std::any_of(met.begin(), met.end(), names);
}

// Adds the sites of the program to `met`.
void write(const exported_program& p, const arguments& a, std::set<std::string>& met) {
  const recording r = p.record(a.overrides);
  std::string text;
  try {
    text = c_program(r, {p.part + "/" + p.model, p.table});
  } catch (const std::runtime_error& problem) {
    throw std::runtime_error(p.path() + ": " + problem.what());
  }
  const std::filesystem::path file = a.folder / p.path();
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
  std::cout << p.path() << ": " << r.executions << " executions\n";
  for (const auto& [site, orders] : r.orders) met.insert(site);
}

int run(int argc, char** argv) {
  const arguments a = read_arguments(argc, argv);
  bool any = false;
  std::set<std::string> met;
  for (const exported_program& p : exported_programs()) {
    if (!a.only.empty() && a.only != p.path()) continue;
    write(p, a, met);
    any = true;
  }
  if (!any) throw std::runtime_error("no program is called " + a.only);
  for (const model::order_override& o : a.overrides) {
    if (is_met(o.site, met)) continue;
    throw std::runtime_error("--order: no program that was written has a site " + o.site +
                             ", so what was written has the orders of the tables");
  }
  return 0;
}

}  // namespace
}  // namespace wyn::model_export

int main(int argc, char** argv) {
  try {
    return wyn::model_export::run(argc, argv);
  } catch (const std::exception& problem) {
    std::cerr << "write_litmus: " << problem.what() << "\n";
    return 2;
  }
}

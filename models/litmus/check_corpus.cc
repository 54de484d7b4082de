// Checks the explorer against files of litmus programs with exact answers:
//
//     bazel run -c opt //models/litmus:check_corpus -- [--model=MODEL] [--json] FILE.jsonl.gz...
//
// Exit status: 0 when every row agrees, 1 when one does not, 2 when the files or the options are
// wrong.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/litmus/corpus.h"
#include "models/litmus/user_path.h"

namespace wyn::litmus {
namespace {

using json = nlohmann::ordered_json;

struct totals {
  std::uint64_t rows = 0;
  std::uint64_t agree = 0;
  std::uint64_t executions = 0;
  std::uint64_t runs = 0;
  std::uint64_t wasted = 0;
  std::uint64_t duplicates = 0;
};

class corpus_check {
 public:
  explicit corpus_check(bool as_json) : as_json_(as_json) {}

  void check(const std::string& file, const row& r, model::memory_model m) {
    const outcome got = explore(r, m);
    const std::string text = difference(r, m, got);
    count(got.verdict, text.empty());
    if (as_json_) print_row(file, r, m, got, text);
    else if (!text.empty()) print_difference(file, r, m, text);
  }

  bool all_agree() const { return sum_.agree == sum_.rows; }

  void print_totals(double seconds) const {
    const std::uint64_t disagree = sum_.rows - sum_.agree;
    std::printf("rows=%ju agree=%ju disagree=%ju executions=%ju runs=%ju wasted=%ju "
                "duplicates=%ju seconds=%.3f\n",
                std::uintmax_t{sum_.rows}, std::uintmax_t{sum_.agree}, std::uintmax_t{disagree},
                std::uintmax_t{sum_.executions}, std::uintmax_t{sum_.runs},
                std::uintmax_t{sum_.wasted}, std::uintmax_t{sum_.duplicates}, seconds);
  }

 private:
  // A run is wasted when it ends neither complete, nor blocked, nor with the failure that stops.
  void count(const model::verdict& v, bool agrees) {
    ++sum_.rows;
    sum_.agree += agrees ? 1 : 0;
    sum_.executions += v.executions;
    sum_.runs += v.runs;
    sum_.duplicates += v.duplicates;
    const std::uint64_t failed = v.kind == model::verdict_kind::fail ? 1 : 0;
    sum_.wasted += v.runs - v.executions - v.blocked - failed;
  }

  static void print_row(const std::string& file, const row& r, model::memory_model m,
                        const outcome& got, const std::string& text) {
    json line = {{"id", r.program.id}, {"file", file}, {"model", to_string(m)}};
    line["agree"] = text.empty();
    line["execs"] = got.verdict.executions;
    // The other models explore the machine's answers of a program with a race: corpus.h.
    if (model::is_rc11(m)) {
      line["race"] = got.verdict.failure == model::failure::data_race;
    }
    line["states"] = got.states;
    if (!text.empty()) line["difference"] = text;
    std::printf("%s\n", line.dump().c_str());
  }

  static void print_difference(const std::string& file, const row& r, model::memory_model m,
                               const std::string& text) {
    std::printf("%s: %s under %s: %s\n", file.c_str(), r.program.id.c_str(), to_string(m),
                text.c_str());
  }

  bool as_json_;
  totals sum_;
};

std::vector<model::memory_model> models_named(const std::string& name) {
  std::vector<model::memory_model> models;
  for (const model::memory_model m : memory_models) {
    if (name == "all" || name == to_string(m)) models.push_back(m);
  }
  return models;
}

int run(const std::vector<std::string>& files, const std::string& model_name, bool as_json) {
  corpus_check c(as_json);
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& file : files) {
    const std::vector<row> rows = read_corpus(user_path(file));
    for (const model::memory_model m : models_named(model_name)) {
      for (const row& r : rows) c.check(file, r, m);
    }
  }
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  c.print_totals(spent.count());
  return c.all_agree() ? 0 : 1;
}

}  // namespace
}  // namespace wyn::litmus

int main(int argc, char** argv) {
  CLI::App app("Checks states, execution counts and race verdicts of every row of litmus corpora.",
               "check_corpus");
  std::vector<std::string> files;
  std::string model = "rc11_20";
  bool as_json = false;
  app.add_option("files", files, "one JSON object a line, gzip-compressed or not")->required();
  app.add_option("--model", model, "the memory model")
      ->check(CLI::IsMember({"rc11", "rc11_20", "sc", "tso", "all"}))
      ->capture_default_str();
  app.add_flag("--json", as_json, "print a JSON object for each row before the totals");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  try {
    return wyn::litmus::run(files, model, as_json);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "check_corpus: %s\n", e.what());
    return 2;
  }
}

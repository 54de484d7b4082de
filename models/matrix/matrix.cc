#include "models/matrix/matrix.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace wyn::models {
namespace {

model::verdict run_weakened(const model_run& run, const std::string& site, order replacement) {
  model::options options;
  options.overrides.push_back({site, replacement});
  return run(options);
}

std::string name_of(const matrix_cell& cell) {
  return "row \"" + cell.row + "\" weakened to " + model::order_name(cell.weaker.replacement);
}

class matrix_runner {
 public:
  explicit matrix_runner(const std::map<std::string, model_run>& models) : models_(models) {}

  void row(const table_row& row) {
    std::set<std::string> idle(row.killed_by.begin(), row.killed_by.end());
    for (const weakening& weaker : weakenings_of(row)) {
      matrix_cell cell{row.id, weaker, "", "", false};
      cell.kept_for_hardware =
          std::count(row.load_buffering.begin(), row.load_buffering.end(), weaker.dropped) != 0;
      if (cell.kept_for_hardware)
        expect_survival(cell);
      else
        expect_kill(row, cell, idle);
      result.cells.push_back(cell);
    }
    for (const std::string& model : idle) {
      complain("row \"" + row.id + "\" names " + model + ", which accepts every weakening of it");
    }
  }

  matrix_result result;

 private:
  void complain(const std::string& text) { result.complaints.push_back(text); }

  void expect_kill(const table_row& row, matrix_cell& cell, std::set<std::string>& idle) {
    for (const std::string& name : row.killed_by) {
      const auto model = models_.find(name);
      if (model == models_.end()) {
        complain("row \"" + row.id + "\" names " + name + ", which is no model");
        idle.erase(name);
        continue;
      }
      const model::verdict v = run_weakened(model->second, row.id, cell.weaker.replacement);
      if (v.kind == model::verdict_kind::pass) continue;
      idle.erase(name);
      if (v.kind != model::verdict_kind::fail) {
        complain(name_of(cell) + ", " + name + ": " + model::to_string(v.kind) + ", " + v.message);
      } else if (cell.killed_by.empty()) {
        cell.killed_by = name;
        cell.failure = model::to_string(v.failure);
      }
    }
    if (!cell.killed_by.empty()) return;
    std::string who;
    for (const auto& [name, run] : models_) {
      const model::verdict v = run_weakened(run, row.id, cell.weaker.replacement);
      if (v.kind == model::verdict_kind::fail) who += " " + name;
    }
    complain(name_of(cell) + " is accepted by every model it names" +
             (who.empty() ? ", and by all others" : "; killed by:" + who));
  }

  void expect_survival(matrix_cell& cell) {
    bool reached = false;
    for (const auto& [name, run] : models_) {
      const model::verdict v = run_weakened(run, cell.row, cell.weaker.replacement);
      reached |= v.unused_overrides.empty();
      if (v.kind == model::verdict_kind::pass) continue;
      cell.killed_by = name;
      cell.failure = model::to_string(v.failure);
      complain(name_of(cell) + " is said to be kept for load buffering alone, but " + name +
               " says: " + model::to_string(v.kind) + ", " + v.message);
    }
    if (!reached) complain("no model reaches row \"" + cell.row + "\"");
  }

  const std::map<std::string, model_run>& models_;
};

std::string padded(const std::string& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

}  // namespace

matrix_result run_matrix(const std::vector<table_row>& rows,
                         const std::map<std::string, model_run>& models) {
  matrix_runner runner(models);
  for (const table_row& row : rows) runner.row(row);
  return std::move(runner.result);
}

std::string matrix_result::table() const {
  std::ostringstream out;
  for (const matrix_cell& cell : cells) {
    out << padded(cell.row, 26)
        << padded(std::string("-> ") + model::order_name(cell.weaker.replacement), 12)
        << (cell.kept_for_hardware   ? "accepted by every model, kept for hardware"
            : cell.killed_by.empty() ? "SURVIVES"
                                     : "killed by " + cell.killed_by + " (" + cell.failure + ")")
        << "\n";
  }
  return out.str();
}

std::string read_source(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path + ": is it in the test's data?");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace wyn::models

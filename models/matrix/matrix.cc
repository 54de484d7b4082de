#include "models/matrix/matrix.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "models/checker/tools/sites.h"

namespace wyn::models {
namespace {

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

class matrix_runner {
 public:
  matrix_runner(const std::vector<table_row>& rows, const model_set& models,
                const mutant_set& mutants)
      : models_(models), mutants_(mutants) {
    const bool linted = std::any_of(rows.begin(), rows.end(), [](const table_row& row) {
      return !row.load_buffering.empty();
    });
    for (const auto& [name, run] : models_) examine(name, run, linted);
    for (const table_row& row : rows) add_row(row);
  }

  matrix_result result;

 private:
  void complain(const std::string& text) { result.complaints.push_back(text); }

  static std::string name_of(const table_row& row, const model::order_change& weaker) {
    return "row \"" + row.site.id + "\" weakened to " + weaker.text;
  }

  void examine(const std::string& name, const model_run& run, bool linted) {
    model::site_collector collector;
    model::options as_it_is;
    as_it_is.watched_by = &collector;
    as_it_is.lint_load_buffering = linted;
    const model::verdict v = run(as_it_is);
    if (v.kind != model::verdict_kind::pass) {
      complain(name + " does not pass as it is: " + model::to_string(v.kind) + ", " + v.message);
    }
    result.executions[name] = v.executions;
    sites_[name] = collector.sites();
    open_pairs_.insert(v.load_buffering.begin(), v.load_buffering.end());
  }

  void add_row(const table_row& row) {
    matrix_row entry{row, {}, {}};
    for (const auto& [name, sites] : sites_) {
      for (const model::met_site& met : sites) {
        if (met.id != row.site.id) continue;
        entry.reached_by.push_back(name);
        if (met.ambiguous || met.kind != row.site.kind || met.orders != row.site.orders) {
          complain("row \"" + row.site.id + "\" is another access in " + name +
                   " than the table says");
        }
      }
    }
    for (const model::order_change& weaker : weakenings_of(row)) {
      entry.cells.push_back(run_cell(entry, weaker));
    }
    if (!entry.cells.empty() && entry.reached_by.empty()) {
      complain("no model reaches row \"" + row.site.id + "\"");
    }
    judge_names(entry);
    result.rows.push_back(std::move(entry));
  }

  // Models that the comment names, in their turn; then the others that reach the row.
  std::vector<std::string> models_for(const matrix_row& entry) const {
    std::vector<std::string> order;
    for (const std::string& name : entry.row.killed_by) {
      if (contains(entry.reached_by, name)) order.push_back(name);
    }
    for (const std::string& name : entry.reached_by) {
      if (!contains(order, name)) order.push_back(name);
    }
    return order;
  }

  matrix_cell run_cell(const matrix_row& entry, const model::order_change& weaker) {
    matrix_cell cell{weaker, {}, {}, contains(entry.row.load_buffering, weaker.dropped), {}};
    for (const std::string& name : models_for(entry)) {
      model::options options;
      options.overrides = {model::override_of(entry.row.site, weaker)};
      options.lint_load_buffering = cell.kept_for_hardware;
      const model::verdict v = models_.at(name)(options);
      if (v.kind == model::verdict_kind::pass) {
        cell.accepted_by.push_back(name);
        add_opened_pairs(entry.row.site.id, v, cell);
      } else if (v.kind == model::verdict_kind::fail) {
        cell.killers.push_back({name, model::to_string(v.failure), v.message});
      } else {
        complain(name_of(entry.row, weaker) + ", " + name + ": " + model::to_string(v.kind) +
                 ", " + v.message);
      }
    }
    judge(entry.row, cell);
    return cell;
  }

  // Pairs of this access that no model of the table has as it is.
  void add_opened_pairs(const std::string& id, const model::verdict& v, matrix_cell& cell) const {
    for (const std::string& pair : v.load_buffering) {
      const bool of_the_row = pair.rfind(id + " -> ", 0) == 0 ||
                              pair.find(" -> " + id) == pair.size() - id.size() - 4;
      const bool known = open_pairs_.count(pair) != 0 || contains(cell.opened_pairs, pair);
      if (of_the_row && !known) cell.opened_pairs.push_back(pair);
    }
  }

  // The mutant of the proof that the row is left to, if it is there.
  std::optional<proof_mutant> mutant_of(const table_row& row) {
    const auto found = mutants_.find(number_of(row));
    if (found == mutants_.end()) return std::nullopt;
    const proof_mutant& mutant = found->second;
    if (read_source(mutant.file).find("\"" + mutant.name + "\":") == std::string::npos) {
      complain(mutant.file + " has no mutant \"" + mutant.name + "\"");
      return std::nullopt;
    }
    return mutant;
  }

  void judge(const table_row& row, matrix_cell& cell) {
    std::string who;
    bool named = false;
    for (const killer& k : cell.killers) {
      who += (who.empty() ? "" : ", ") + k.model;
      named |= contains(row.killed_by, k.model);
    }
    const std::string name = name_of(row, cell.weaker);
    if (cell.kept_for_hardware) {
      if (!who.empty()) complain(name + " is said to matter to hardware alone, but fails: " + who);
      if (cell.opened_pairs.empty()) complain(name + " opens no pair for load buffering");
    } else if (contains(row.proof, cell.weaker.dropped)) {
      if (!who.empty()) complain(name + " is said to matter to the proof alone, but fails: " + who);
      cell.refuted = mutant_of(row);
      if (!cell.refuted) complain(name + " is left to a proof that has no such mutant");
    } else if (!named) {
      complain(name + " is accepted by every model it names" +
               (who.empty() ? ", and by all others" : "; killed by: " + who));
    }
  }

  // Names in the comment that claim nothing.
  void judge_names(const matrix_row& entry) {
    const table_row& row = entry.row;
    for (const std::string& name : row.killed_by) {
      const bool kills = std::any_of(
          entry.cells.begin(), entry.cells.end(), [&](const matrix_cell& cell) {
            return std::any_of(cell.killers.begin(), cell.killers.end(),
                               [&](const killer& k) { return k.model == name; });
          });
      if (kills) continue;
      complain("row \"" + row.site.id + "\" names " + name +
               (models_.count(name) == 0 ? ", which is no model"
                                         : ", which accepts every weakening of it"));
    }
    judge_parts(entry, row.load_buffering, "hardware");
    judge_parts(entry, row.proof, "the proof");
  }

  void judge_parts(const matrix_row& entry, const std::vector<std::string>& parts,
                   const std::string& whom) {
    for (const std::string& part : parts) {
      const bool dropped =
          std::any_of(entry.cells.begin(), entry.cells.end(),
                      [&](const matrix_cell& cell) { return cell.weaker.dropped == part; });
      if (dropped) continue;
      complain("row \"" + entry.row.site.id + "\" has no " + part + " to keep for " + whom);
    }
  }

  const model_set& models_;
  const mutant_set& mutants_;
  std::map<std::string, std::vector<model::met_site>> sites_;  // of each model, as it is
  std::set<std::string> open_pairs_;                           // of all models, as they are
};

std::string padded(const std::string& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text + " ";
}

}  // namespace

matrix_result run_matrix(const std::vector<table_row>& rows, const model_set& models,
                         const mutant_set& mutants) {
  return std::move(matrix_runner(rows, models, mutants).result);
}

std::string verdict_on(const matrix_cell& cell) {
  if (!cell.killers.empty()) {
    return "RED by model " + cell.killers.front().model + ": " + cell.killers.front().failure;
  }
  if (!cell.opened_pairs.empty()) {
    return "RED by the load-buffering lint: " + cell.opened_pairs.front();
  }
  if (cell.refuted) return "RED by the proof " + cell.refuted->file + ": " + cell.refuted->name;
  return "GREEN";
}

std::size_t matrix_result::cells() const {
  std::size_t count = 0;
  for (const matrix_row& row : rows) count += row.cells.size();
  return count;
}

std::string matrix_result::text() const {
  std::string lines;
  for (const matrix_row& row : rows) {
    for (const matrix_cell& cell : row.cells) {
      lines += padded(row.row.site.id, 32) + padded("-> " + cell.weaker.text, 20) +
               verdict_on(cell) + "\n";
    }
  }
  return lines;
}

std::string read_source(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path + ": is it among the target's data?");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace wyn::models

#include "models/orders/read_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace wyn::models {
namespace {

using nlohmann::ordered_json;

[[noreturn]] void refuse(const std::string& what) {
  throw std::runtime_error("docs/orders.json " + what +
                           ": run `bazel run -c opt //models/orders:write_book`");
}

matrix_cell cell_of(const ordered_json& entry, const table_row& row) {
  const std::string to = entry.at("to");
  const std::vector<model::order_change> all = weakenings_of(row);
  const auto weaker =
      std::find_if(all.begin(), all.end(), [&](const auto& change) { return change.text == to; });
  if (weaker == all.end()) refuse("weakens " + row.site.id + " to " + to);
  matrix_cell cell{.weaker = *weaker};
  // json_of() has written the words by which failure_text() knows a failure.
  for (const ordered_json& k : entry.at("killed_by")) {
    cell.killers.push_back({k.at("model"), k.at("failure"), {}});
  }
  entry.at("accepted_by").get_to(cell.accepted_by);
  cell.kept_for_hardware = entry.contains("opens_for_load_buffering");
  if (cell.kept_for_hardware) entry.at("opens_for_load_buffering").get_to(cell.opened_pairs);
  if (entry.contains("refuted_by_proof")) {
    const ordered_json& proof = entry.at("refuted_by_proof");
    cell.refuted = proof_mutant{proof.at("file"), proof.at("mutant")};
  }
  return cell;
}

matrix_row row_of(const ordered_json& entry, const table_row& row) {
  if (entry.at("id") != row.site.id) refuse("has another row than " + row.site.id);
  matrix_row result{.row = row, .reached_by = entry.at("reached_by"), .cells = {}};
  for (const ordered_json& weakening : entry.at("weakenings")) {
    result.cells.push_back(cell_of(weakening, row));
  }
  return result;
}

book_table table_of(const ordered_json& entry, const checked_table& table) {
  if (entry.at("name") != table.name) refuse("has another table than " + table.name);
  const std::vector<table_row> rows = table.rows();
  const ordered_json& entries = entry.at("rows");
  if (entries.size() != rows.size()) refuse("has not as many rows as " + table.name);
  book_table result{table, {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    result.result.rows.push_back(row_of(entries[i], rows[i]));
  }
  for (const ordered_json& m : entry.at("models")) {
    result.result.executions[m.at("name")] = m.at("executions");
  }
  return result;
}

}  // namespace

order_book read_book(const std::string& json, const std::vector<checked_table>& tables) {
  const ordered_json all = ordered_json::parse(json);
  const ordered_json& entries = all.at("tables");
  if (entries.size() != tables.size()) refuse("has not as many tables as there are");
  order_book book;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    book.tables.push_back(table_of(entries[i], tables[i]));
  }
  return book;
}

std::string part_of_book(const std::string& json, const std::string& table) {
  const ordered_json all = ordered_json::parse(json);
  for (const ordered_json& entry : all.at("tables")) {
    if (entry.at("name") == table) return entry.dump(1) + "\n";
  }
  return "";
}

}  // namespace wyn::models

#include "models/orders/json.h"

#include <nlohmann/json.hpp>

namespace wyn::models {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const matrix_cell& cell) {
  ordered_json weakening;
  weakening["to"] = cell.weaker.text;
  weakening["drops"] = cell.weaker.dropped;
  weakening["end"] = to_string(end_of(cell));
  weakening["killed_by"] = ordered_json::array();
  for (const killer& k : cell.killers) {
    weakening["killed_by"].push_back({{"model", k.model}, {"failure", failure_text(k)}});
  }
  weakening["accepted_by"] = cell.accepted_by;
  if (cell.kept_for_hardware) weakening["opens_for_load_buffering"] = cell.opened_pairs;
  if (cell.refuted) {
    weakening["refuted_by_proof"] = {{"file", cell.refuted->file}, {"mutant", cell.refuted->name}};
  }
  return weakening;
}

ordered_json json_of(const matrix_row& row) {
  const model::met_site& site = row.row.site;
  ordered_json entry;
  entry["id"] = site.id;
  entry["access"] = model::to_string(site.kind);
  entry["order"] = model::order_name(site.orders.success);
  if (site.kind == model::access_kind::compare_exchange) {
    entry["failure_order"] = model::order_name(site.orders.failure);
  }
  entry["pairs_with"] = row.row.pairs_with;
  entry["why"] = row.row.why;
  entry["end"] = to_string(end_of(row));
  entry["reached_by"] = row.reached_by;
  entry["weakenings"] = ordered_json::array();
  for (const matrix_cell& cell : row.cells) entry["weakenings"].push_back(json_of(cell));
  return entry;
}

ordered_json json_of(const book_counts& counts) {
  return {{"rows", counts.rows},
          {"weakest_rows", counts.weakest},
          {"unreached_rows", counts.unreached},
          {"weakenings", counts.weakenings},
          {"killed", counts.killed},
          {"kept_for_hardware", counts.kept},
          {"kept_for_a_proof", counts.proved}};
}

ordered_json json_of(const book_table& table) {
  ordered_json entry;
  entry["title"] = table.about.title;
  entry["name"] = table.about.name;
  entry["source"] = table.about.source;
  entry["structure"] = table.about.structure;
  entry["test"] = matrix_test_of(table.about);
  entry["counts"] = json_of(counts_of(table.result));
  entry["models"] = ordered_json::array();
  for (const auto& [name, executions] : table.result.executions) {
    entry["models"].push_back(
        {{"name", name}, {"header", table.about.header_of(name)}, {"executions", executions}});
  }
  entry["rows"] = ordered_json::array();
  for (const matrix_row& row : table.result.rows) entry["rows"].push_back(json_of(row));
  return entry;
}

}  // namespace

std::string json_of(const order_book& book) {
  ordered_json all;
  all["counts"] = json_of(counts_of(book));
  all["tables"] = ordered_json::array();
  for (const book_table& table : book.tables) all["tables"].push_back(json_of(table));
  return all.dump(1) + "\n";
}

std::string json_part_of(const book_table& table) { return json_of(table).dump(1) + "\n"; }

}  // namespace wyn::models

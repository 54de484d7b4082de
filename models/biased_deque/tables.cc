#include "models/biased_deque/tables.h"

#include <set>
#include <string>

#include "models/biased_deque/all_models.h"

namespace wyn::biased_models {

models::checked_table table() {
  models::checked_table t{
      .title = "Biased deque",
      .name = "biased_orders",
      .source = "core/deque/biased_orders.h",
      .structure = "core/deque/biased_deque.h",
      .folder = "models/biased_deque",
      .matrix_test = "biased_matrix_test",
      .models = all_models(),
      .mutants = {{"DB24", {"proofs/deque/biased/biased.py", "ask.fence is no seq_cst fence"}}}};
  const std::set<std::string> own = {
      "asked_for_the_last", "asked_for_the_oldest", "bias_taken_back", "never_empty", "oldest",
      "oldest_then_push",   "shared_at_first"};
  for (const auto& [name, run] : t.models) {
    if (!own.contains(name)) t.variants[name] = "models/deque/" + name;
  }
  return t;
}

std::vector<models::checked_table> tables() { return {table()}; }

}  // namespace wyn::biased_models

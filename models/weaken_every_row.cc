// Weakens every row of every ordering table by one step, at run time, and says what turns red: a
// model that fails, the load-buffering lint, or a proof of which the weakening is a mutant. Exit
// status 1 if anything stays green, or if a table's comments claim what is not so.
//
//     bazel run -c opt //models:weaken_every_row
#include <cstdio>
#include <exception>
#include <string>

#include "models/tables.h"

namespace wyn::models {
namespace {

int weaken_every_row() {
  std::size_t tables = 0;
  std::size_t rows = 0;
  std::size_t weakest = 0;
  std::size_t by_model = 0;
  std::size_t by_lint = 0;
  std::size_t by_proof = 0;
  std::size_t green = 0;
  std::size_t untrue = 0;
  for (const checked_table& table : all_tables()) {
    const matrix_result result = table.matrix();
    std::printf("%s (%s)\n%s\n", table.title.c_str(), table.name.c_str(), result.text().c_str());
    for (const std::string& complaint : result.complaints) {
      std::printf("UNTRUE: %s\n", complaint.c_str());
    }
    std::fflush(stdout);
    ++tables;
    rows += result.rows.size();
    untrue += result.complaints.size();
    for (const matrix_row& row : result.rows) {
      weakest += row.cells.empty() ? 1 : 0;
      for (const matrix_cell& cell : row.cells) {
        ++(!cell.killers.empty()        ? by_model
           : !cell.opened_pairs.empty() ? by_lint
           : cell.red()                 ? by_proof
                                        : green);
      }
    }
  }
  std::printf("%zu tables, %zu rows, %zu of them as weak as can be; %zu weakenings: %zu red by a "
              "model, %zu red by the lint, %zu red by a proof, %zu green; %zu claims of the tables "
              "untrue\n",
              tables, rows, weakest, by_model + by_lint + by_proof + green, by_model, by_lint,
              by_proof, green, untrue);
  return green == 0 && untrue == 0 ? 0 : 1;
}

}  // namespace
}  // namespace wyn::models

int main() {
  try {
    return wyn::models::weaken_every_row();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "weaken_every_row: %s\n", e.what());
    return 2;
  }
}

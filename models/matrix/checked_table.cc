#include "models/matrix/checked_table.h"

#include <algorithm>

namespace wyn::models {

std::vector<table_row> checked_table::rows() const {
  const std::string text = read_source(source);
  std::vector<table_row> own = read_ordering_table(text, name);
  if (base.empty()) return own;
  std::vector<table_row> all = read_ordering_table(text, base);
  for (table_row& row : own) {
    const auto replaced = std::find_if(all.begin(), all.end(), [&](const table_row& other) {
      return number_of(other) + "s" == number_of(row);
    });
    if (replaced == all.end()) {
      all.push_back(row);
    } else {
      *replaced = row;
    }
  }
  return all;
}

std::string checked_table::header_of(const std::string& model) const {
  const auto variant = variants.find(model);
  const std::string& name = variant == variants.end() ? model : variant->second;
  return (name.find('/') == std::string::npos ? folder + "/" : "") + name + ".h";
}

}  // namespace wyn::models

// The models that are written down as C programs, each over each of its tables.
#pragma once

#include <string>
#include <vector>

#include "models/export/recording.h"

namespace wyn::model_export {

struct exported_program {
  std::string folder;  ///< below proofs/litmus/generated: "deque_fence"
  std::string part;    ///< below models: "deque"
  std::string model;
  std::string table;
  recording (*record)(const std::vector<model::order_override>& overrides);

  /// "deque_fence/last_item.c"
  std::string path() const { return folder + "/" + model + ".c"; }
};

std::vector<exported_program> exported_programs();

}  // namespace wyn::model_export

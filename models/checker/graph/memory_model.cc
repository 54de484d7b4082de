#include "models/checker/graph/memory_model.h"

namespace wyn::model {

const char* to_string(memory_model model) {
  switch (model) {
    case memory_model::rc11_20: return "rc11_20";
    case memory_model::rc11: return "rc11";
    case memory_model::sc: return "sc";
    case memory_model::tso: return "tso";
  }
  return "?";
}

}  // namespace wyn::model

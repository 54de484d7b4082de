#include "models/export/programs.h"

#include "models/export/deque_programs.h"
#include "models/export/other_programs.h"

namespace wyn::model_export {

std::vector<exported_program> exported_programs() {
  std::vector<exported_program> all;
  for (const auto& part :
       {deque_programs(), biased_programs(), injector_programs(), task_pool_programs(),
        park_programs(), coro_programs(), runtime_programs()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace wyn::model_export

#include "models/tables.h"

#include <iterator>

#include "models/biased_deque/tables.h"
#include "models/coro/tables.h"
#include "models/deque/tables.h"
#include "models/fence/tables.h"
#include "models/injector/tables.h"
#include "models/park/tables.h"
#include "models/runtime/tables.h"
#include "models/task_pool/tables.h"

namespace wyn::models {

std::vector<checked_table> all_tables() {
  std::vector<checked_table> all;
  for (std::vector<checked_table> part :
       {deque_models::tables(), biased_models::tables(), task_pool_models::tables(),
        injector_models::tables(), park_models::tables(), runtime_models::tables(),
        coro_models::tables(), fence_models::tables()}) {
    std::move(part.begin(), part.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace wyn::models

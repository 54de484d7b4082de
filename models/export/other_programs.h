// The models of the other parts that C can express.
#pragma once

#include <vector>

#include "models/export/programs.h"

namespace wyn::model_export {

/// With full fences; of the models with a thousand executions at most.
std::vector<exported_program> biased_programs();
std::vector<exported_program> injector_programs();
/// Without shared_cap, whose two heaps write one list: the recorder cannot tell whose state it is.
std::vector<exported_program> task_pool_programs();
/// Over the symmetric table: C has no asymmetric fences.
std::vector<exported_program> park_programs();
std::vector<exported_program> coro_programs();
/// With full fences in the event count; without those that wait in a loop, or need asymmetric ones.
std::vector<exported_program> runtime_programs();

}  // namespace wyn::model_export

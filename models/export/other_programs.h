// The models of the producer ring, of the task pool and of the event count that C can express.
#pragma once

#include <vector>

#include "models/export/programs.h"

namespace wyn::model_export {

std::vector<exported_program> injector_programs();
/// Without shared_cap, whose two heaps write one list: the recorder cannot tell whose state it is.
std::vector<exported_program> task_pool_programs();
/// Over the symmetric table: C has no asymmetric fences.
std::vector<exported_program> park_programs();

}  // namespace wyn::model_export

// The models of the deque, over both tables.
#pragma once

#include <vector>

#include "models/export/programs.h"

namespace wyn::model_export {

std::vector<exported_program> deque_programs();

}  // namespace wyn::model_export

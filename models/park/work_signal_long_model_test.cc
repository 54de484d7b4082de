// The models of the work signal that take the explorer a minute.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/park/turned_back.h"

namespace wyn::park_models {
namespace {

MODEL_TEST(WorkSignalLongModel, TurnedBack,
           (turned_back<env_checker, work_signal_asymmetric_orders>), executions(9767889));

}  // namespace
}  // namespace wyn::park_models

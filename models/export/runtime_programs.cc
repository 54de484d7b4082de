#include "core/park/work_signal_orders.h"
#include "core/runtime/runtime_orders.h"
#include "models/export/env_export.h"
#include "models/export/other_programs.h"
#include "models/runtime/default_published.h"
#include "models/runtime/detached.h"
#include "models/runtime/group_cancel.h"
#include "models/runtime/group_coroutine.h"
#include "models/runtime/group_helper.h"
#include "models/runtime/group_join.h"
#include "models/runtime/handles_released.h"
#include "models/runtime/idle_chain.h"
#include "models/runtime/list_walk.h"
#include "models/runtime/mini_spawn.h"
#include "models/runtime/mini_steal.h"
#include "models/runtime/mini_stop.h"
#include "models/runtime/mini_wait.h"
#include "models/runtime/outgrown_deque.h"
#include "models/runtime/outgrown_newcomer.h"
#include "models/runtime/outgrown_ring.h"
#include "models/runtime/suspended_join.h"
#include "models/runtime/trim_asked.h"

namespace wyn::model_export {
namespace {

/// As models/runtime/model_orders.h, with full fences on both sides: C has no others. So the
/// runtime runs where there is no membarrier.
struct symmetric_orders : runtime_default_orders,
                          join_default_orders,
                          group_default_orders,
                          work_signal_symmetric_orders {
  static constexpr site<"RT8 gate.fence_spawn", order::seq_cst> gate_spawn_fence{};
  static constexpr site<"RT9 gate.fence_close", order::seq_cst> gate_close_fence{};
  static constexpr site<"RT15 idle_wanted.fence_finish", order::seq_cst> finish_fence{};
  static constexpr site<"RT16 idle_wanted.fence_recheck", order::seq_cst> finish_recheck_fence{};
  static constexpr site<"RT27 visit.fence_enter", order::seq_cst> visit_fence{};
  static constexpr site<"RT29 visit.fence_published", order::seq_cst> visit_published_fence{};
};

}  // namespace

std::vector<exported_program> runtime_programs() {
  using namespace runtime_models;
  using e = env_export;
  using orders = symmetric_orders;
  std::vector<exported_program> all;
  const auto program = [&](const char* model, auto record) {
    all.push_back(
        {"runtime", "runtime", model, "runtime_default_orders, with full fences", record});
  };
  program("default_published", &record<default_published<e, orders>>);
  program("detached", &record<detached<e, orders>>);
  program("group_cancel", &record<group_cancel<e, orders>>);
  program("group_coroutine", &record<group_coroutine<e, orders>>);
  program("group_helper", &record<group_helper<e, orders>>);
  program("group_join", &record<group_join<e, orders>>);
  program("handles_released", &record<handles_released<e, orders>>);
  program("idle_chain", &record<idle_chain<e, orders>>);
  program("list_walk", &record<list_walk<e, orders>>);
  program("mini_spawn", &record<mini_spawn<e, orders, shipped_parts, 1>>);
  program("mini_steal", &record<mini_steal<e, orders, shipped_parts, 1>>);
  program("mini_stop", &record<mini_stop<e, orders>>);
  program("mini_wait", &record<mini_wait<e, orders>>);
  program("outgrown_deque", &record<outgrown_deque<e, orders>>);
  program("outgrown_newcomer", &record<outgrown_newcomer<e, orders>>);
  program("outgrown_ring", &record<outgrown_ring<e, orders>>);
  program("suspended_join", &record<suspended_join<e, orders>>);
  program("trim_asked", &record<trim_asked<e, orders>>);
  return all;
}

}  // namespace wyn::model_export

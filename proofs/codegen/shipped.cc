// The shipped structures over the shipped environment, compiled for their object code:
// attribute.py says of each instruction which row of which ordering table it comes from.
//
// Every member function is emitted, by explicit instantiation; what is a template itself is called
// from the functions at the end.
#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/heavy_fence_group.h"
#include "core/coro/join_counter.h"
#include "core/deque/biased_deque.h"
#include "core/deque/chase_lev_deque.h"
#include "core/injector/producer_ring.h"
#include "core/park/event_count.h"
#include "core/park/work_signal.h"
#include "core/runtime/default_runtime.h"
#include "core/runtime/group_count.h"
#include "core/runtime/group_state.h"
#include "core/runtime/handle_count.h"
#include "core/runtime/idle_watch.h"
#include "core/runtime/join_state.h"
#include "core/runtime/published_list.h"
#include "core/runtime/reference_pair.h"
#include "core/runtime/request_turn.h"
#include "core/runtime/runtime_orders.h"
#include "core/runtime/spawn_gate.h"
#include "core/runtime/task_count.h"
#include "core/runtime/thief_mark.h"
#include "core/runtime/visit_mark.h"
#include "core/runtime/work_item.h"
#include "core/task_pool/slot_layout.h"
#include "core/task_pool/task_heap.h"

namespace wyn {

struct codegen_node {
  codegen_node* next;
};

// Defined nowhere: whatever they do, the compiler does not know it.
bool codegen_condition() noexcept;
void codegen_act() noexcept;

template class deque_base<work_item, env_default, deque_fence_orders, index_top>;
template class chase_lev_deque<work_item>;
template steal_result chase_lev_deque<work_item>::steal(
    work_item&, const unconditional&) noexcept;
template class deque_base<work_item, env_default, deque_seq_cst_orders, index_top>;
template class chase_lev_deque<work_item, env_default, deque_seq_cst_orders>;
template steal_result chase_lev_deque<work_item, env_default, deque_seq_cst_orders>::steal(
    work_item&, const unconditional&) noexcept;
template class deque_base<work_item, env_default, biased_orders, biased_top>;
template class biased_deque<work_item>;
template steal_result biased_deque<work_item>::steal(
    work_item&, const unconditional&) noexcept;
template class producer_ring<work_item>;
template class task_heap<env_default, task_heap_default_orders, plain_slot_layout>;
template class task_heap<env_default, task_heap_default_orders, guarded_slot_layout>;
template class task_heap<env_default, task_heap_default_orders, plain_small_slot_layout>;
template class task_heap<env_default, task_heap_default_orders, guarded_small_slot_layout>;
template class heavy_fence_group<env_default>;
template class event_count<>;
template class event_count<env_default, event_count_symmetric_orders>;
template class search_gate<>;
template class work_signal<>;
template class task_count<>;
template class idle_watch<>;
template class handle_count<>;
template class join_state<>;
template class reference_pair<>;
template class group_count<>;
template class stop_flag<>;
template class left_behind<codegen_node>;
template class outside_flag<>;
template class join_counter<>;
template class spawn_gate<>;
template class thief_mark<codegen_node>;
template class visit_mark<>;
template class request_turn<>;
template class published_list<codegen_node>;

void codegen_task_ended(idle_watch<>& watch) noexcept {
  watch.task_ended(codegen_condition, codegen_act);
}

}  // namespace wyn

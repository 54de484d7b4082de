#include "models/checker/trust/extension.h"

#include <bit>
#include <utility>

#include "models/checker/graph/coherence.h"
#include "models/checker/graph/machine_run.h"
#include "models/checker/graph/total_order.h"

namespace wyn::model {

namespace {

// Bits is the unsigned integer of Float's size.
template <class Float, class Bits>
std::uint64_t float_sum(std::uint64_t value, std::uint64_t operand) {
  return std::bit_cast<Bits>(std::bit_cast<Float>(static_cast<Bits>(value)) +
                             std::bit_cast<Float>(static_cast<Bits>(operand)));
}

}  // namespace

event event_of(const operation& op, event_ref source, std::uint64_t value) {
  event e;
  e.mo = op.success;
  e.location = op.location;
  switch (op.kind) {
    case operation_kind::fence: e.kind = event_kind::fence; break;
    case operation_kind::choice:
      e.kind = event_kind::choice;
      e.value_read = value;
      break;
    case operation_kind::store:
      e.kind = event_kind::store;
      e.value_written = op.operand;
      break;
    default: return read_event(op, source, value);
  }
  return e;
}

event read_event(const operation& op, event_ref source, std::uint64_t value) {
  event e;
  e.kind = event_kind::rmw;
  e.mo = op.success;
  e.location = op.location;
  e.reads_from = source;
  e.value_read = value;
  switch (op.kind) {
    case operation_kind::fetch_add: e.value_written = (value + op.operand) & op.mask; break;
    case operation_kind::fetch_and: e.value_written = value & op.operand; break;
    case operation_kind::fetch_or: e.value_written = value | op.operand; break;
    case operation_kind::fetch_xor: e.value_written = value ^ op.operand; break;
    case operation_kind::fetch_add_float:
      e.value_written = float_sum<float, std::uint32_t>(value, op.operand);
      break;
    case operation_kind::fetch_add_double:
      e.value_written = float_sum<double, std::uint64_t>(value, op.operand);
      break;
    case operation_kind::exchange: e.value_written = op.operand; break;
    case operation_kind::compare_exchange:
      e.compared = true;
      if (value == op.expected) {
        e.value_written = op.operand;
      } else {
        e.kind = event_kind::load;
        e.mo = op.failure;
      }
      break;
    case operation_kind::take:
    case operation_kind::take_share:
      e.compared = true;
      if (is_kept_waiting(op, value)) {
        e.kind = event_kind::load;
        e.mo = op.failure;
      } else {
        e.value_written = op.kind == operation_kind::take ? op.operand : value + op.operand;
      }
      break;
    default: e.kind = event_kind::load; break;
  }
  return e;
}

event giving_up_event(const operation& op, event_ref source, std::uint64_t value) {
  event e;
  e.kind = event_kind::load;
  e.gave_up = true;
  e.compared = op.kind == operation_kind::compare_exchange || op.kind == operation_kind::take ||
               op.kind == operation_kind::take_share;
  e.mo = e.compared ? op.failure : op.success;
  e.location = op.location;
  e.reads_from = source;
  e.value_read = value;
  return e;
}

std::uint64_t extension::value_of(const graph& g, std::uint32_t location, event_ref write) const {
  return write == initial_write ? objects_.initial_value(location) : g.at(write).value_written;
}

event_ref extension::append(graph& g, int thread, event& e) {
  e.stamp = e.write_stamp = g.next_stamp();
  g.set_next_stamp(e.stamp + 1);
  const event_ref added = make_ref(thread, g.size(thread));
  const event_views v = views_with_twins(g, thread, e);
  g.append(thread, e, v);
  return added;
}

bool extension::is_consistent(graph& g) const {
  switch (model_) {
    case memory_model::sc: return has_total_order(g, buffering::none);
    case memory_model::tso: return has_total_order(g, buffering::stores);
    case memory_model::rc11:
    case memory_model::rc11_20: break;
  }
  const psc_judgement psc = judge_psc(g);
  g.set_machine_run(psc.has_machine_run);
  return psc.acyclic;
}

void extension::push_if_consistent(work_list::item g) {
  if (is_consistent(*g)) push(std::move(g));
  else work_.drop(std::move(g));
}

// All that is put on the work list goes this way.
void extension::push(work_list::item g) {
  if (max_preemptions_ >= 0) {
    const int most = max_preemptions_ + preemptions_.slack(*g, g->threads());
    if (preemptions_.count(*g, most) > most) {
      ++cut_off_;
      return work_.drop(std::move(g));
    }
  }
  work_.push(std::move(g));
}

// False when another read-modify-write has read the same write: of such a graph only the revisits
// by the new one are of use.
bool extension::add_writing_part(graph& g, event_ref rmw) {
  event& e = g.at(rmw);
  e.write_stamp = g.next_stamp();
  g.set_next_stamp(e.write_stamp + 1);
  push_revisits(g, rmw);
  const std::uint32_t place = g.place_of(e.reads_from);
  if (g.is_taken(e.location, place)) return false;
  g.place_write(place + 1, rmw);
  return true;
}

void extension::settle(work_list::item g) {
  for (int t = 0; t < g->threads(); ++t) {
    // Nothing comes after a missing part, so it belongs to the last event of its thread.
    if (g->size(t) == 0) continue;
    const event_ref last = make_ref(t, g->size(t) - 1);
    if (g->is_half(last) && !add_writing_part(*g, last)) return work_.drop(std::move(g));
  }
  push_if_consistent(std::move(g));
}

void extension::add(graph& g, int thread, const operation& op, bool plain_before) {
  event e = event_of(op, initial_write, 0);
  if (reads(e.kind)) return add_read(g, thread, op, plain_before);
  e.plain_before = plain_before;
  switch (e.kind) {
    case event_kind::choice: return add_choice(g, thread, op, e);
    case event_kind::store: return add_store(g, thread, e);
    default: append(g, thread, e);
  }
}

void extension::add_choice(graph& g, int thread, const operation& op, event e) {
  for (std::uint64_t c = op.operand; c-- > 1;) {
    work_list::item other = work_.copy_of(g);
    e.value_read = c;
    append(*other, thread, e);
    if (is_canonical(*other, thread)) push(std::move(other));
    else work_.drop(std::move(other));
  }
  e.value_read = 0;
  append(g, thread, e);
}

void extension::add_store(graph& g, int thread, event e) {
  const std::uint32_t location = e.location;
  const std::uint32_t first = earliest_readable(g, g.current_hb(thread), location) + 1;
  const event_ref added = append(g, thread, e);
  push_revisits(g, added);
  const std::uint32_t last = g.mo().last(location) + 1;
  for (std::uint32_t place = first; place < last; ++place) {
    if (g.is_taken(location, place - 1)) continue;
    work_list::item other = work_.copy_of(g);
    other->place_write(place, added);
    if (is_canonical(*other, thread)) push_if_consistent(std::move(other));
    else work_.drop(std::move(other));
  }
  g.place_write(last, added);
}

void extension::push_giving_up(const graph& g, int thread, const operation& op, event_ref source,
                               bool plain_before) {
  const std::uint64_t value = value_of(g, op.location, source);
  if (!may_give_up(op, value)) return;
  work_list::item other = work_.copy_of(g);
  event e = giving_up_event(op, source, value);
  e.plain_before = plain_before;
  append(*other, thread, e);
  if (is_canonical(*other, thread)) settle(std::move(other));
  else work_.drop(std::move(other));
}

void extension::add_read(graph& g, int thread, const operation& op, bool plain_before) {
  const std::uint32_t location = op.location;
  const std::uint32_t last = g.mo().last(location);
  for (std::uint32_t place = earliest_readable(g, g.current_hb(thread), location); place < last;
       ++place) {
    const event_ref source = g.mo().at(location, place);
    if (op.gives_up) push_giving_up(g, thread, op, source, plain_before);
    event e = read_event(op, source, value_of(g, location, source));
    if (wakes_by_value(op) && sleeps(op, e.value_read)) continue;
    e.plain_before = plain_before;
    work_list::item other = work_.copy_of(g);
    append(*other, thread, e);
    if (is_canonical(*other, thread)) settle(std::move(other));
    else work_.drop(std::move(other));
  }

  const event_ref source = g.mo().at(location, last);
  if (op.gives_up) push_giving_up(g, thread, op, source, plain_before);
  event e = read_event(op, source, value_of(g, location, source));
  e.plain_before = plain_before;
  const event_ref added = append(g, thread, e);
  if (e.kind == event_kind::rmw) add_writing_part(g, added);
}

}  // namespace wyn::model

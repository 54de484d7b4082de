// Adds an event as a script says, in place of exploring every way.
#include "models/checker/trust/extension.h"
#include "models/checker/trust/script.h"

namespace wyn::model {

namespace {

// Writes are added in another order than the script's execution did, so their places are relative.
void place_by_script(graph& g, const script& s, event_ref write) {
  const std::uint32_t location = g.at(write).location;
  std::uint32_t place = 1;
  while (place <= g.mo().last(location) &&
         s.at(g.mo().at(location, place)).place < s.at(write).place) {
    ++place;
  }
  g.place_write(place, write);
}

}  // namespace

bool extension::add_scripted(graph& g, int thread, const operation& op, bool plain_before,
                             const script& s) {
  const event_ref added = make_ref(thread, g.size(thread));
  const scripted_event& wanted = s.at(added);
  const event_ref source = wanted.reads_from;
  std::uint64_t value = wanted.choice;
  if (op.kind == operation_kind::choice) {
    if (value >= op.operand) return false;
  } else if (reads(wanted.kind)) {
    if (source != initial_write && g.at(source).location != op.location) return false;
    value = value_of(g, op.location, source);
  }
  event e = event_of(op, source, value);
  if (e.kind != wanted.kind) return false;
  e.plain_before = plain_before;
  append(g, thread, e);
  if (writes(e.kind)) place_by_script(g, s, added);
  return is_consistent(g);
}

}  // namespace wyn::model

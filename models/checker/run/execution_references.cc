// std::atomic_ref: the value of the data goes into the graph with the first reference, and back
// into memory with the end of the last.
#include <cstring>

#include "models/checker/run/execution.h"

namespace wyn::model {

// The last value that was written so far. Who has ended all references comes after all writes, so
// those that are still to be replayed belong to later references.
std::uint64_t execution::last_value(std::uint32_t location) const {
  if (in_main()) return objects_.initial_value(location);
  const modification_order& mo = graph_->mo();
  for (std::uint32_t i = mo.last(location); i > 0; --i) {
    const event_ref w = mo.at(location, i);
    if (threads_[static_cast<std::size_t>(thread_of(w))].position > index_of(w)) {
      return graph_->at(w).value_written;
    }
  }
  return objects_.initial_value(location);
}

void execution::refer(const void* address, std::size_t bytes) {
  count_step();
  if (!in_main()) self().plain_since_event = true;
  std::uint64_t value = 0;
  std::memcpy(&value, address, bytes);
  const object_table::object* o = objects_.referred(address);
  require(objects_.refer(address, bytes, value, o == nullptr ? value : last_value(o->location),
                         here()));
  graph_->ensure_locations(objects_.locations());
}

void execution::end_reference(void* address) {
  count_step();
  if (!in_main()) self().plain_since_event = true;
  bool last = false;
  require(objects_.end_reference(address, here(), last));
  if (!last) return;
  const object_table::object* o = objects_.referred(address);
  const std::uint64_t value = last_value(o->location);
  std::memcpy(address, &value, o->bytes);
}

}  // namespace wyn::model

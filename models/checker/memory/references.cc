// Plain data that is atomic for a while: what std::atomic_ref does.
//
// While references to it exist, the data is an atomic object with a location of its own; its entry
// stands for that of the plain object, if the program has told of one (raw memory is not watched).
// The atomic object is born with the last plain write, which every reference must come after. The
// next plain access ends it, and must come after all that was done through references. Raw memory
// that has changed between two references begins anew.
#include <string>

#include "models/checker/graph/event.h"
#include "models/checker/memory/objects.h"

namespace wyn::model {

namespace {

std::string quoted(const world& w, const void* address) {
  return w.describe(reinterpret_cast<std::uintptr_t>(address));
}

}  // namespace

const object_table::object* object_table::referred(const void* address) {
  const object* o = find(address);
  return o != nullptr && o->bytes != 0 && o->state == life::alive ? o : nullptr;
}

bool object_table::refer(const void* address, std::size_t bytes, std::uint64_t value,
                         std::uint64_t known, const point& at) {
  const std::size_t g = world_.granule(address);
  if (g == world::no_granule) return misuse(address, nullptr, at, "an atomic_ref");
  const std::uint32_t there = object_at_[g];
  if (there < objects_.size() && objects_[there].address != address &&
      world_.granule(objects_[there].address) == g) {
    return refuse(failure::misuse, "two atomic_ref lead to objects that share eight bytes, at " +
                                       quoted(world_, address) +
                                       ": the explorer wants each atomic to have its own");
  }
  object* o = find(address);
  if (o != nullptr && o->state == life::alive && o->is_atomic && o->bytes == 0) {
    return refuse(failure::misuse, "an atomic_ref to an atomic object, at " +
                                       quoted(world_, address));
  }
  if (o != nullptr && o->state == life::alive && !o->is_atomic) {
    if (!all_before(*o, at)) {
      return refuse_reference(*o, at);
    }
    const std::uint32_t plain = there + 1;
    const std::int8_t thread = o->write_thread;
    const std::int16_t index = o->write_index;
    o = &emplace(address, g, o, at);
    o->stands_for = plain;
    o->born_thread = thread;
    o->born_index = index;
  } else if (o != nullptr && o->bytes != 0 && o->state == life::alive &&
             (o->references > 0 || o->stands_for != 0 || value == known)) {
    if (o->stands_for != 0 && !all_before(objects_[o->stands_for - 1], at)) {
      return refuse_reference(objects_[o->stands_for - 1], at);
    }
    if (o->bytes != bytes) return other_size(*o, size_class(bytes));
    ++o->references;
    return true;
  } else {
    if (o != nullptr && !replace(*o, at)) return false;
    o = &emplace(address, g, o, at);
    // Nothing is known of who has written to raw memory.
    o->born_thread = world::main_thread;
  }
  o->is_atomic = true;
  o->bytes = static_cast<std::uint8_t>(bytes);
  o->size = size_class(bytes);
  o->references = 1;
  o->location = location_at(g, o->atomics_before);
  initial_[o->location] = value;
  return true;
}

bool object_table::refuse_reference(const object& plain, const point& at) {
  return refuse(failure::data_race, "an atomic_ref is made by " + who(at.thread, at.index) +
                                        " while other threads use the plain data: it does not "
                                        "happen after " + unordered_use(plain, at) + ", at " +
                                        quoted(world_, plain.address));
}

bool object_table::end_reference(const void* address, const point& at, bool& last) {
  object* o = find(address);
  if (o == nullptr || o->references == 0) {
    return misuse(address, nullptr, at, "the end of an atomic_ref");
  }
  if (at.thread != world::main_thread) {
    o->accesses.count[at.thread] = static_cast<std::int16_t>(at.index + 1);
  }
  last = --o->references == 0;
  return true;
}

object_table::object* object_table::plain_again(object* o, const point& at) {
  if (o->references > 0 || !all_before(*o, at)) {
    refuse(failure::data_race,
           "a plain access where an atomic_ref leads, which the access does not happen after the "
           "end of, at " + quoted(world_, o->address));
    return nullptr;
  }
  const std::uint32_t atomics = o->atomics_before + 1;
  const std::uint32_t plain = o->stands_for - 1;
  object_at_[world_.granule(o->address)] = plain;
  objects_[plain].atomics_before = atomics;
  return &objects_[plain];
}

}  // namespace wyn::model

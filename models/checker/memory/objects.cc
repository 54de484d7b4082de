#include "models/checker/memory/objects.h"

#include <sys/mman.h>

#include <algorithm>
#include <utility>

#include "core/base/assert.h"
#include "models/checker/graph/event.h"

namespace wyn::model {

namespace {

std::string thread_name(int thread) {
  return thread == world::main_thread ? "main" : "thread " + std::to_string(thread);
}

const char* verb_of(object_table::life end) {
  return end == object_table::life::freed ? " whose memory was freed by "
                                          : " that was destroyed by ";
}

std::uint32_t* map_zeroed(std::size_t bytes) {
  void* p = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  WYN_CHECK(p != MAP_FAILED, "model checker: no address space for the object table");
  return static_cast<std::uint32_t*>(p);
}

}  // namespace

object_table::object_table(world& w, const std::vector<std::vector<operation>>& operations)
    : world_(w), operations_(operations), map_bytes_(w.granules() * sizeof(std::uint32_t)) {
  object_at_ = map_zeroed(map_bytes_);
  location_at_ = map_zeroed(map_bytes_);
}

object_table::~object_table() {
  munmap(object_at_, map_bytes_);
  munmap(location_at_, map_bytes_);
}

void object_table::reset() {
  objects_.clear();
  count_ = 0;
  blocks_.clear();
  world_.reset();
}

bool object_table::refuse(failure kind, std::string text) {
  problem_ = {kind, std::move(text)};
  return false;
}

std::string object_table::who(int thread, int events) const {
  if (thread == world::main_thread) return thread_name(thread);
  if (events <= 0) return thread_name(thread) + " (at its start)";
  const auto& row = operations_[static_cast<std::size_t>(thread)];
  return thread_name(thread) + " (after " + row[static_cast<std::size_t>(events - 1)].site + ")";
}

std::string object_table::who_in(int thread, int index) const {
  const auto& row = operations_[static_cast<std::size_t>(thread)];
  return thread_name(thread) + " (" + row[static_cast<std::size_t>(index)].site + ")";
}

bool object_table::no_atomic(const void* address, const point& at, const char* site) {
  const object* o = find(address);
  const bool main = at.thread == world::main_thread;
  return misuse(address, o != nullptr && o->is_atomic ? o : nullptr, "atomic access",
                thread_name(at.thread) + (main ? "" : std::string(" (") + site + ")"));
}

// What is alive where `address` lies, and is no object of the kind that the access wants: a part of
// an object, or one of the other kind. True when there is no such thing.
bool object_table::mixed_access(const void* address, const std::string& what) {
  const std::size_t g = world_.granule(address);
  const std::uint32_t n = object_at_[g];
  if (n >= objects_.size() || objects_[n].state != life::alive) return true;
  const object& o = objects_[n];
  if (world_.granule(o.address) != g) return true;
  const char* kind = o.is_atomic ? "an atomic object" : "plain data";
  const std::string where = world_.describe(reinterpret_cast<std::uintptr_t>(o.address));
  if (o.address == address) {
    return refuse(failure::none, what + " of " + kind + ", at " + where +
                                     ": mixed accesses are not modelled");
  }
  return refuse(failure::none, what + " at " +
                                   world_.describe(reinterpret_cast<std::uintptr_t>(address)) +
                                   ", inside " + kind + " at " + where +
                                   ": objects that overlap are not modelled");
}

bool object_table::other_size(const object& o, std::uint8_t size) {
  return refuse(failure::none,
                "an atomic access of " + std::to_string(1 << size) + " bytes to an object of " +
                    std::to_string(1 << o.size) + ", at " +
                    world_.describe(reinterpret_cast<std::uintptr_t>(o.address)) +
                    ": accesses of mixed sizes are not modelled");
}

bool object_table::misuse(const void* address, const object* o, const std::string& what,
                          const std::string& by) {
  const auto value = reinterpret_cast<std::uintptr_t>(address);
  if (o == nullptr) {
    if (value < 65536) {
      return refuse(failure::uninitialised_read, what + " by " + by + " through a null pointer");
    }
    if (world_.granule(address) == world::no_granule) {
      return refuse(failure::uninitialised_read,
              what + " by " + by +
                  " outside the model's memory (a wild pointer, or an object that is global, "
                  "static or allocated with malloc or new)");
    }
    if (!mixed_access(address, what)) return false;
    return refuse(
        failure::uninitialised_read,
        what + " by " + by + " where nothing has been constructed, at " + world_.describe(value));
  }
  return refuse(failure::use_after_free,
                what + " by " + by + " of an object" + verb_of(o->state) +
                    who(o->write_thread, o->write_index - 1) + ", at " + world_.describe(value));
}

bool object_table::unborn(const object& o, const point& at, const char* what, bool is_event) {
  return refuse(failure::data_race,
                std::string(what) + " by " +
                    (is_event ? who_in(at.thread, at.index) : who(at.thread, at.index)) +
                    " does not happen after the construction by " +
                    who(o.born_thread, o.born_index - 1) + ", of " +
                    world_.describe(reinterpret_cast<std::uintptr_t>(o.address)));
}

bool object_table::all_before_thread(const object& o, const point& at) const {
  if (!ordered(o.born_thread, o.born_index, at)) return false;
  if (!o.is_atomic && !ordered(o.write_thread, o.write_index, at)) return false;
  for (int t = 0; t < max_threads; ++t) {
    if (t != at.thread && o.accesses.count[t] > at.hb->count[t]) return false;
  }
  return true;
}

bool object_table::still_used(const object& o, const point& at, const char* what) {
  return refuse(failure::use_after_free,
                std::string(what) + " by " + who(at.thread, at.index) + " does not happen after " +
                    unordered_use(o, at) + ", at " +
                    world_.describe(reinterpret_cast<std::uintptr_t>(o.address)));
}

std::string object_table::unordered_use(const object& o, const point& at) const {
  if (!ordered(o.born_thread, o.born_index, at)) {
    return "the construction by " + who(o.born_thread, o.born_index - 1);
  }
  if (!o.is_atomic && !ordered(o.write_thread, o.write_index, at)) {
    return "the write by " + who(o.write_thread, o.write_index - 1);
  }
  return (o.is_atomic ? "the access by " : "the read by ") + who_accessed(o, at);
}

std::string object_table::who_accessed(const object& o, const point& at) const {
  for (int t = 0; t < max_threads; ++t) {
    const int last = o.accesses.count[t];
    if (t == at.thread || last <= at.hb->count[t]) continue;
    // An atomic_ref that ended has no event.
    const bool is_event = o.is_atomic && o.bytes == 0;
    return is_event ? who_in(t, last - 1) : who(t, last - 1);
  }
  return "another thread";
}

// Where no object may be constructed.
bool object_table::refuse_place(const void* address) {
  const auto value = reinterpret_cast<std::uintptr_t>(address);
  if (value % 8 != 0) {
    return refuse(failure::none, "an object is constructed at " + world_.describe(value) +
                                     ", which is no multiple of 8: objects that overlap are not "
                                     "modelled");
  }
  return refuse(failure::none,
                "an object is constructed outside the model's memory: it is global, static, or "
                "allocated with malloc or new; members of the model, locals of its threads and "
                "memory of Env::allocate are inside");
}

// An object is constructed where another is or was: memory that is used again.
bool object_table::replace(object& old, const point& at) {
  if (old.state == life::freed) return misuse(old.address, &old, at, "construction in place");
  if (!all_before(old, at)) {
    return refuse(failure::data_race,
                  "construction by " + who(at.thread, at.index) +
                      " of an object races with " + unordered_use(old, at) +
                      " of the one that was there, at " +
                      world_.describe(reinterpret_cast<std::uintptr_t>(old.address)));
  }
  old.state = life::destroyed;
  return true;
}

std::uint32_t object_table::later_location_at(std::size_t granule, std::uint32_t generation) {
  std::int32_t at = static_cast<std::int32_t>(location_at_[granule]) - 1;
  std::int32_t last = -1;
  for (std::uint32_t g = 0; at >= 0 && g < generation; ++g) {
    last = at;
    at = next_location_[static_cast<std::size_t>(at)];
  }
  if (at >= 0) return static_cast<std::uint32_t>(at);
  const std::uint32_t added = locations();
  initial_.push_back(0);
  location_granule_.push_back(granule);
  next_location_.push_back(-1);
  if (last < 0) location_at_[granule] = added + 1;
  else next_location_[static_cast<std::size_t>(last)] = static_cast<std::int32_t>(added);
  return added;
}

location_key object_table::key_of(std::uint32_t location) const {
  location_key key{location_granule_[location], 0};
  for (std::uint32_t at = location_at_[key.granule] - 1; at != location; ++key.generation) {
    at = static_cast<std::uint32_t>(next_location_[at]);
  }
  return key;
}

std::uint32_t object_table::location_of(const location_key& key) {
  // Earlier generations come first in the chain of their granule.
  for (std::uint32_t g = 0; g < key.generation; ++g) location_at(key.granule, g);
  return location_at(key.granule, key.generation);
}

bool object_table::read_plain(const void* address, const point& at) {
  object* o = find(address);
  if (o != nullptr && o->stands_for != 0 && (o = plain_again(o, at)) == nullptr) return false;
  if (o == nullptr || o->is_atomic || o->state != life::alive) {
    return misuse(address, o != nullptr && !o->is_atomic ? o : nullptr, at, "read");
  }
  if (at.thread == world::main_thread) return true;
  if (!ordered(o->born_thread, o->born_index, at)) return unborn(*o, at, "read");
  if (!ordered(o->write_thread, o->write_index, at)) {
    return refuse(failure::data_race,
            "read by " + who(at.thread, at.index) + " and write by " +
                who(o->write_thread, o->write_index - 1) + " of the plain data at " +
                world_.describe(reinterpret_cast<std::uintptr_t>(address)));
  }
  o->accesses.count[at.thread] = static_cast<std::int16_t>(at.index + 1);
  return true;
}

bool object_table::write_plain(const void* address, const point& at) {
  object* o = find(address);
  if (o != nullptr && o->stands_for != 0 && (o = plain_again(o, at)) == nullptr) return false;
  if (o == nullptr || o->is_atomic || o->state != life::alive) {
    return misuse(address, o != nullptr && !o->is_atomic ? o : nullptr, at, "write");
  }
  if (at.thread == world::main_thread) return true;
  if (!ordered(o->born_thread, o->born_index, at)) return unborn(*o, at, "write");
  if (!all_before(*o, at)) {
    const bool other_writes = !ordered(o->write_thread, o->write_index, at);
    const std::string other = other_writes
                                  ? "write by " + who(o->write_thread, o->write_index - 1)
                                  : "read by " + who_accessed(*o, at);
    return refuse(failure::data_race, "write by " + who(at.thread, at.index) + " and " + other +
                                    " of the plain data at " +
                                    world_.describe(reinterpret_cast<std::uintptr_t>(address)));
  }
  o->write_thread = static_cast<std::int8_t>(at.thread);
  o->write_index = static_cast<std::int16_t>(at.index + 1);
  return true;
}

void* object_table::allocate(std::size_t bytes, std::size_t alignment, int thread) {
  void* p = world_.allocate(thread, bytes, alignment);
  if (p != nullptr) blocks_.push_back({reinterpret_cast<std::uintptr_t>(p), bytes, thread, false});
  return p;
}

bool object_table::deallocate(const void* address, std::size_t bytes, const point& at) {
  const auto value = reinterpret_cast<std::uintptr_t>(address);
  block* found = nullptr;
  for (block& b : blocks_) {
    if (b.address == value) found = &b;
  }
  if (found == nullptr) {
    return refuse(failure::double_free, "deallocation of " + world_.describe(value) +
                                      ", which is not the start of an allocated block");
  }
  if (found->freed) {
    return refuse(failure::double_free,
                  "the block at " + world_.describe(value) + " is freed twice");
  }
  if (found->bytes != bytes) {
    return refuse(failure::double_free, "the block at " + world_.describe(value) + " of " +
                                      std::to_string(found->bytes) + " bytes is freed as one of " +
                                      std::to_string(bytes));
  }
  found->freed = true;
  found->freed_thread = static_cast<std::int8_t>(at.thread);
  found->freed_index = static_cast<std::int16_t>(at.index + 1);
  for (object& o : objects_) {
    const auto a = reinterpret_cast<std::uintptr_t>(o.address);
    if (a < value || a >= value + bytes) continue;
    if (!end_life(o, at, life::freed, "deallocation")) return false;
  }
  return true;
}

std::vector<std::size_t> object_table::reusable(std::size_t bytes, std::size_t alignment,
                                                const point& at) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const block& b = blocks_[i];
    if (!b.freed || b.bytes != bytes || b.address % alignment != 0) continue;
    if (!ordered(b.freed_thread, b.freed_index, at)) continue;
    // Whether a thread that is not before this one has the memory must not matter here: in another
    // replay it may come later.
    if (b.reused && ordered(b.reused_thread, b.reused_index, at)) continue;
    found.push_back(i);
  }
  // The order of blocks_ is that of the replay.
  std::sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
    return blocks_[a].address < blocks_[b].address;
  });
  return found;
}

void* object_table::reuse(std::size_t freed_block, const point& at) {
  block& b = blocks_[freed_block];
  if (b.reused) return nullptr;
  b.reused = true;
  b.reused_thread = static_cast<std::int8_t>(at.thread);
  b.reused_index = static_cast<std::int16_t>(at.index + 1);
  const std::uintptr_t start = b.address;
  const std::size_t bytes = b.bytes;
  for (object& o : objects_) {
    const auto a = reinterpret_cast<std::uintptr_t>(o.address);
    // Others may be constructed there again.
    if (a >= start && a < start + bytes && o.state == life::freed) o.state = life::destroyed;
  }
  blocks_.push_back({start, bytes, at.thread, false});
  return reinterpret_cast<void*>(start);
}

bool object_table::none_leaked() {
  for (const block& b : blocks_) {
    if (!b.freed) {
      return refuse(failure::leak, "a block of " + std::to_string(b.bytes) + " bytes that " +
                                 thread_name(b.thread) + " allocated at " +
                                 world_.describe(b.address) + " is never freed");
    }
  }
  return true;
}

std::string object_table::location_name(std::uint32_t location) const {
  return world_.describe(world_.base() + location_granule_[location] * 8);
}

}  // namespace wyn::model

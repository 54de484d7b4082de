// The objects and blocks that exist in the running execution, and the rules on their use.
//
// Objects are found by address. An atomic object is given a location number that depends on its
// address and on how many atomic objects were constructed there before, so that it is the same in
// every replay. Construction is no event: since every access must happen after it, the value that
// an object was constructed with simply is the first write in its modification order.
//
// Races. An access of thread t between its events i-1 and i happens before everything whose hb
// contains event i of t. So an object remembers, for each thread, one more than the number of
// events before its last read, its last write (plain data) or its last access (atomic objects), and
// two accesses are ordered iff that number is within the later one's hb view. Executions run in a
// linear extension of happens-before, so the second access of a racing pair always meets the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/checker/graph/event.h"
#include "models/checker/graph/view.h"
#include "models/checker/memory/world.h"
#include "models/checker/verdict.h"

namespace wyn::model {

/// A point in an execution: `thread` (or world::main_thread), the number of its events so far, and
/// what happens before that point.
struct point {
  int thread;
  int index;
  const view* hb;
};

/// What a rule found. With kind none it is no failure of the program but something that the engine
/// does not model.
struct violation {
  model::failure kind = failure::none;
  std::string text;
};

/// What a location number stands for in every explorer of a program: where the object lies in the
/// world, and how many atomic objects were constructed there before it.
struct location_key {
  std::uint64_t granule = 0;
  std::uint32_t generation = 0;

  bool operator==(const location_key&) const = default;
};

class object_table {
 public:
  enum class life : std::uint8_t { alive, destroyed, freed };

  struct object {
    const void* address = nullptr;
    std::uint32_t location = 0;  ///< of an atomic object
    std::uint32_t atomics_before = 0;  ///< atomic objects constructed at this address before
    std::uint32_t stands_for = 0;  ///< 1 + number of the plain object that references lead to
    life state = life::alive;
    bool is_atomic = false;
    std::uint8_t bytes = 0;       ///< of an object that references lead to; else 0
    std::uint8_t size = 3;        ///< size_class() of an atomic object
    std::uint8_t references = 0;  ///< how many there are
    std::int8_t born_thread = 0;   ///< or world::main_thread
    std::int16_t born_index = 0;   ///< 1 + number of the thread's events before construction
    /// As born_index, for the last write to plain data; of what is dead, for its end.
    std::int16_t write_index = 0;
    std::int8_t write_thread = 0;
    view accesses;                 ///< reads of plain data; all accesses of an atomic object
  };

  /// `operations`: by thread and index, of the events of the running execution; for messages.
  object_table(world& w, const std::vector<std::vector<operation>>& operations);
  ~object_table();
  object_table(const object_table&) = delete;
  object_table& operator=(const object_table&) = delete;

  /// Starts an execution: nothing exists.
  void reset();

  // False when a rule is broken: problem() says which.

  // The first three run for each object of a model in each execution: they look at an object's
  // entry once, and all that is rare is out of line.

  bool construct_atomic(const void* address, std::uint64_t value, std::size_t bytes,
                        const point& at) {
    const std::size_t g = world_.granule(address);
    object* const o = begin_life(address, g, at);
    if (o == nullptr) return false;
    o->is_atomic = true;
    o->size = size_class(bytes);
    o->location = location_at(g, o->atomics_before);
    initial_[o->location] = value;
    return true;
  }
  bool construct_plain(const void* address, const point& at) {
    return begin_life(address, world_.granule(address), at) != nullptr;
  }
  bool destroy(const void* address, const point& at) {
    object* const o = find(address);
    if (o == nullptr || o->state != life::alive) return misuse(address, o, at, "destruction");
    return end_life(*o, at, life::destroyed, "destruction");
  }

  /// The atomic object at `address` if it may be used at this moment, or nullptr.
  object* find_atomic(const void* address) {
    object* o = find(address);
    return o != nullptr && o->is_atomic && o->state == life::alive ? o : nullptr;
  }
  /// Says why there is none for the operation at `site`; false.
  bool no_atomic(const void* address, const point& at, const char* site);
  /// False: an access of another size than the object's.
  bool other_size(const object& o, std::uint8_t size);
  /// Records an access by event `index` of `thread`, whose hb view includes itself.
  bool access_atomic(object& o, int thread, int index, const view& hb) {
    if (!ordered(o.born_thread, o.born_index, thread, hb)) {
      return unborn(o, {thread, index, &hb}, "atomic access", true);
    }
    o.accesses.count[thread] = static_cast<std::int16_t>(index + 1);
    return true;
  }

  // Plain data that is atomic while references to it exist (std::atomic_ref): references.cc.

  /// Adds a reference to the object of `bytes` bytes that holds `value`. `known` is what the last
  /// reference left there: another value was written without one, and is a new beginning.
  bool refer(const void* address, std::size_t bytes, std::uint64_t value, std::uint64_t known,
             const point& at);
  /// Ends a reference; whether it was the last goes into `last`.
  bool end_reference(const void* address, const point& at, bool& last);
  /// The location of an object that references lead or led to, else nullptr.
  const object* referred(const void* address);

  bool read_plain(const void* address, const point& at);
  bool write_plain(const void* address, const point& at);

  void* allocate(std::size_t bytes, std::size_t alignment, int thread);
  bool deallocate(const void* address, std::size_t bytes, const point& at);

  // Memory that is used again (options::reuse_addresses).

  /// The freed blocks whose memory an allocation at this point may have: the same in every replay,
  /// and in the same order.
  std::vector<std::size_t> reusable(std::size_t bytes, std::size_t alignment,
                                    const point& at) const;
  /// Allocates the memory of such a block; nullptr when another thread has it: of two allocations
  /// neither of which happens before the other, only one can.
  void* reuse(std::size_t freed_block, const point& at);
  /// Whether no block is still allocated.
  bool none_leaked();

  /// Locations ever met, in this execution or in others.
  std::uint32_t locations() const { return static_cast<std::uint32_t>(initial_.size()); }
  /// Location numbers are given out in the order in which this table meets the objects; a key means
  /// the same in every table of the program.
  location_key key_of(std::uint32_t location) const;
  /// The number of `key` here; it is given out if need be. The granule lies in the world.
  std::uint32_t location_of(const location_key& key);
  /// The value that the object at `location` was constructed with in this execution.
  std::uint64_t initial_value(std::uint32_t location) const { return initial_[location]; }
  void set_initial_value(std::uint32_t location, std::uint64_t v) { initial_[location] = v; }
  const void* location_address(std::uint32_t location) const {
    return reinterpret_cast<const void*>(world_.base() + location_granule_[location] * 8);
  }
  /// "main.heap+0x40", the same in every process.
  std::string location_name(std::uint32_t location) const;

  /// What the last function that answered false found.
  const violation& problem() const { return problem_; }

 private:
  struct block {
    std::uintptr_t address;
    std::size_t bytes;
    int thread;
    bool freed;
    // Where it was freed, and where its memory was allocated again: as object::born_index.
    std::int8_t freed_thread = 0;
    std::int16_t freed_index = 0;
    bool reused = false;
    std::int8_t reused_thread = 0;
    std::int16_t reused_index = 0;
  };

  bool refuse(failure kind, std::string text);
  object* find(const void* address) {
    const std::size_t g = world_.granule(address);
    return g == world::no_granule ? nullptr : find(address, g);
  }
  object* find(const void* address, std::size_t granule) {
    const std::uint32_t n = object_at_[granule];
    return n < count_ && objects_[n].address == address ? &objects_[n] : nullptr;
  }
  bool misuse(const void* address, const object* o, const point& at, const char* what) {
    return misuse(address, o, what, who(at.thread, at.index));
  }
  bool misuse(const void* address, const object* o, const std::string& what,
              const std::string& by);
  /// "thread 1 (after M2 flag.store)": what it did last, with `events` behind it.
  std::string who(int thread, int events) const;
  /// "thread 1 (M3 flag.load)": its event.
  std::string who_in(int thread, int index) const;
  bool refuse_place(const void* address);
  bool mixed_access(const void* address, const std::string& what);
  bool unborn(const object& o, const point& at, const char* what, bool is_event = false);
  /// The first thread with an access to `o` that does not happen before `at`.
  std::string who_accessed(const object& o, const point& at) const;
  /// What does not happen before `at`: "the write by thread 1 (at its start)".
  std::string unordered_use(const object& o, const point& at) const;
  bool still_used(const object& o, const point& at, const char* what);
  /// Whether all accesses of the past happen before `at`.
  bool all_before(const object& o, const point& at) const {
    return at.thread == world::main_thread || all_before_thread(o, at);
  }
  bool all_before_thread(const object& o, const point& at) const;
  bool replace(object& old, const point& at);
  bool refuse_reference(const object& plain, const point& at);
  bool end_life(object& o, const point& at, life end, const char* what) {
    if (at.thread != world::main_thread) {
      if (!all_before_thread(o, at)) return still_used(o, at, what);
      o.write_index = static_cast<std::int16_t>(at.index + 1);
    }
    o.write_thread = static_cast<std::int8_t>(at.thread);
    o.state = end;
    return true;
  }
  std::uint32_t location_at(std::size_t granule, std::uint32_t generation) {
    const std::uint32_t first = location_at_[granule];
    return generation == 0 && first != 0 ? first - 1 : later_location_at(granule, generation);
  }
  std::uint32_t later_location_at(std::size_t granule, std::uint32_t generation);
  /// The new object at `address`, or nullptr where none may be.
  [[gnu::always_inline]] object* begin_life(const void* address, std::size_t g, const point& at) {
    if (reinterpret_cast<std::uintptr_t>(address) % 8 != 0 || g == world::no_granule) {
      refuse_place(address);
      return nullptr;
    }
    object* const old = find(address, g);
    if (old != nullptr && !replace(*old, at)) return nullptr;
    return &emplace(address, g, old, at);
  }
  /// `before`: what was there, or nullptr.
  object& emplace(const void* address, std::size_t granule, const object* before,
                  const point& at) {
    const std::uint32_t atomics =
        before == nullptr ? 0 : before->atomics_before + (before->is_atomic ? 1 : 0);
    object_at_[granule] = count_++;
    object& o = objects_.emplace_back();
    o.address = address;
    o.atomics_before = atomics;
    o.born_thread = o.write_thread = static_cast<std::int8_t>(at.thread);
    o.born_index = o.write_index = static_cast<std::int16_t>(at.index + 1);
    return o;
  }
  object* plain_again(object* o, const point& at);
  /// Whether event `index - 1` of `thread` happens before what `by` does now, by its view.
  static bool ordered(int thread, int index, int by, const view& hb) {
    return thread == world::main_thread || thread == by || hb.count[thread] >= index;
  }
  static bool ordered(int thread, int index, const point& at) {
    return at.thread == world::main_thread || ordered(thread, index, at.thread, *at.hb);
  }

  world& world_;
  const std::vector<std::vector<operation>>& operations_;
  violation problem_;
  std::vector<object> objects_;
  std::uint32_t count_ = 0;  ///< objects_.size(), at hand
  std::vector<block> blocks_;
  std::vector<std::uint64_t> initial_;
  std::vector<std::size_t> location_granule_;
  std::vector<std::int32_t> next_location_;  ///< the next generation at the same granule, or -1
  // By granule: number of the object there (checked against its address, so never reset), and the
  // first location there plus one.
  std::uint32_t* object_at_;
  std::uint32_t* location_at_;
  std::size_t map_bytes_;
};

}  // namespace wyn::model

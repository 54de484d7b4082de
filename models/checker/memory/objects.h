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
    std::int16_t write_index = 0;  ///< as born_index, for the last write to plain data
    std::int8_t write_thread = 0;
    view accesses;                 ///< reads of plain data; all accesses of an atomic object
  };

  explicit object_table(world& w);
  ~object_table();
  object_table(const object_table&) = delete;
  object_table& operator=(const object_table&) = delete;

  /// Starts an execution: nothing exists.
  void reset();

  // False when a rule is broken: problem() says which.

  bool construct_atomic(const void* address, std::uint64_t value, std::size_t bytes,
                        const point& at);
  bool construct_plain(const void* address, const point& at);
  bool destroy(const void* address, const point& at);

  /// The atomic object at `address` if it may be used at this moment, or nullptr.
  object* find_atomic(const void* address) {
    object* o = find(address);
    if (o != nullptr && o->is_atomic && o->state == life::alive) return o;
    misuse(address, o != nullptr && o->is_atomic ? o : nullptr, "atomic access");
    return nullptr;
  }
  /// False: an access of another size than the object's.
  bool other_size(const object& o, std::uint8_t size);
  /// Records an access whose event number is at.index and whose views include itself.
  bool access_atomic(object& o, const point& at) {
    if (!ordered(o.born_thread, o.born_index, at)) return unborn(o, at, "atomic access");
    o.accesses.count[at.thread] = static_cast<std::int16_t>(at.index + 1);
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
    if (g == world::no_granule) return nullptr;
    const std::uint32_t n = object_at_[g];
    return n < objects_.size() && objects_[n].address == address ? &objects_[n] : nullptr;
  }
  bool misuse(const void* address, const object* o, const char* what);
  bool aligned(const void* address);
  bool mixed_access(const void* address, const char* what);
  bool unborn(const object& o, const point& at, const char* what);
  /// Whether all accesses of the past happen before `at`.
  bool all_before(const object& o, const point& at) const;
  bool replace(const void* address, const point& at, std::size_t granule);
  bool end_life(object& o, const point& at, life end, const char* what);
  std::uint32_t location_at(std::size_t granule, std::uint32_t generation);
  object& emplace(const void* address, std::size_t granule, const point& at);
  object* plain_again(object* o, const point& at);
  static bool ordered(int thread, int index, const point& at) {
    return thread == world::main_thread || thread == at.thread ||
           at.thread == world::main_thread || at.hb->count[thread] >= index;
  }

  world& world_;
  violation problem_;
  std::vector<object> objects_;
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

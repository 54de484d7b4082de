// The memory of the program under test: fiber stacks and one arena per thread, in one mapping.
//
// An execution is replayed many times, so an address must depend on the execution alone: a thread's
// arena hands out addresses in the order of that thread's allocations. A freed block is handed out
// again within an execution only where a choice says so (object_table::reuse).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "models/checker/graph/view.h"

namespace wyn::model {

class world {
 public:
  /// Index of the main thread's stack and arena.
  static constexpr int main_thread = max_threads;

  /// Reserves address space; pages cost memory when they are touched.
  world(int threads, std::size_t stack_bytes, std::size_t arena_bytes);
  ~world();
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  /// Forgets all allocations. Contents stay: objects are what object_table says they are.
  void reset();

  /// nullptr when the thread's arena is used up.
  void* allocate(int thread, std::size_t bytes, std::size_t alignment);

  /// The highest address of a thread's stack.
  void* stack_top(int thread) const;
  /// Whether `address` is where a stack that is used up grows into.
  bool is_guard(const void* address) const;
  /// Usable bytes of each stack.
  std::size_t stack_bytes() const;

  /// Number of the 8-byte granule of `address`, or no_granule outside the world.
  static constexpr std::size_t no_granule = ~std::size_t{0};
  std::size_t granule(const void* address) const {
    const std::size_t offset = reinterpret_cast<std::uintptr_t>(address) - base_;
    return offset < bytes_ ? offset / 8 : no_granule;
  }
  std::size_t granules() const { return bytes_ / 8; }
  std::uintptr_t base() const { return base_; }

  /// A value as an address in the world, beside which a counter may stand: in the upper 16 bits,
  /// which addresses do not use, or in the lower 16.
  struct tagged_address {
    std::uintptr_t address = 0;  ///< 0: the value is none
    std::uint64_t tag = 0;
  };
  tagged_address as_address(std::uint64_t value) const;

  /// Whether address `a` of thread `s` and address `b` of thread `t` correspond: they lie at equal
  /// places in the arenas, or on the stacks, of the two. Both are in the world.
  bool correspond(std::uintptr_t a, int s, std::uintptr_t b, int t) const;
  /// The address of t that corresponds to `a` of s, and the other way round; `a` where it belongs
  /// to neither.
  std::uintptr_t exchanged(std::uintptr_t a, int s, int t) const;

  /// "main.heap+0x40", "t1.stack+0x8", "t0.heap+0x10 tag 3", or the number itself for other values.
  /// Nothing that depends on where the world was mapped.
  std::string describe(std::uint64_t value) const;

 private:
  int slot_of(int thread) const { return thread == main_thread ? 0 : thread + 1; }
  std::uintptr_t arena(int slot) const {
    return base_ + static_cast<std::size_t>(slot) * arena_bytes_;
  }
  std::uintptr_t stack(int slot) const {
    return base_ + static_cast<std::size_t>(slots_) * arena_bytes_ +
           static_cast<std::size_t>(slot) * stack_bytes_;
  }

  int slots_;
  std::size_t stack_bytes_;
  std::size_t arena_bytes_;
  std::size_t mapped_bytes_;
  void* mapping_;
  std::uintptr_t base_;
  std::size_t bytes_;
  std::uintptr_t next_[max_threads + 1] = {};
};

}  // namespace wyn::model

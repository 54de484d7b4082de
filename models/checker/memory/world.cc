#include "models/checker/memory/world.h"

#include <sys/mman.h>

#include <bit>
#include <cstdio>

#include "core/base/assert.h"

namespace wyn::model {

namespace {
// More than most frames, so that a stack that grows meets the guard and does not step over it.
constexpr std::size_t guard_bytes = 64 * 1024;
}  // namespace

world::world(int threads, std::size_t stack_bytes, std::size_t arena_bytes)
    : slots_(threads + 1),
      stack_bytes_(((stack_bytes + 4095) & ~std::size_t{4095}) + guard_bytes),
      arena_bytes_(std::bit_ceil(arena_bytes < 4096 ? 4096 : arena_bytes)) {
  bytes_ = static_cast<std::size_t>(slots_) * (arena_bytes_ + stack_bytes_);
  // Alignment requests are met relative to the address, so the base is as aligned as an arena is
  // large: padding is then the same in every process.
  mapped_bytes_ = bytes_ + arena_bytes_;
  mapping_ = mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  WYN_CHECK(mapping_ != MAP_FAILED, "model checker: no address space for the program's memory");
  const auto start = reinterpret_cast<std::uintptr_t>(mapping_);
  base_ = (start + arena_bytes_ - 1) & ~(arena_bytes_ - 1);
  // The lowest pages of each stack are a guard: a stack that is used up must not run into its
  // neighbour.
  for (int s = 0; s < slots_; ++s) {
    mprotect(reinterpret_cast<void*>(stack(s)), guard_bytes, PROT_NONE);
  }
  reset();
}

world::~world() { munmap(mapping_, mapped_bytes_); }

void world::reset() {
  for (int s = 0; s < slots_; ++s) next_[s] = arena(s);
}

void* world::allocate(int thread, std::size_t bytes, std::size_t alignment) {
  const int s = slot_of(thread);
  if (alignment < 8) alignment = 8;
  const std::uintptr_t start = (next_[s] + alignment - 1) & ~(alignment - 1);
  const std::uintptr_t end = arena(s) + arena_bytes_;
  if (start > end || bytes > end - start) return nullptr;
  // A gap after each block, so that an index one past the end meets no other object.
  const std::size_t used = ((bytes + 7) & ~std::size_t{7}) + 8;
  next_[s] = used > end - start ? end : start + used;
  return reinterpret_cast<void*>(start);
}

std::size_t world::stack_bytes() const { return stack_bytes_ - guard_bytes; }

bool world::is_guard(const void* address) const {
  const std::uintptr_t stacks = stack(0);
  const std::uintptr_t offset = reinterpret_cast<std::uintptr_t>(address) - stacks;
  return offset < static_cast<std::size_t>(slots_) * stack_bytes_ &&
         offset % stack_bytes_ < guard_bytes;
}

void* world::stack_top(int thread) const {
  return reinterpret_cast<void*>(stack(slot_of(thread)) + stack_bytes_);
}

bool world::correspond(std::uintptr_t a, int s, std::uintptr_t b, int t) const {
  const std::uintptr_t in_arena = a - arena(slot_of(s));
  if (in_arena < arena_bytes_) return in_arena == b - arena(slot_of(t));
  const std::uintptr_t on_stack = a - stack(slot_of(s));
  return on_stack < stack_bytes_ && on_stack == b - stack(slot_of(t));
}

std::uintptr_t world::exchanged(std::uintptr_t a, int s, int t) const {
  for (const int from : {s, t}) {
    const int to = from == s ? t : s;
    const std::uintptr_t in_arena = a - arena(slot_of(from));
    if (in_arena < arena_bytes_) return arena(slot_of(to)) + in_arena;
    const std::uintptr_t on_stack = a - stack(slot_of(from));
    if (on_stack < stack_bytes_) return stack(slot_of(to)) + on_stack;
  }
  return a;
}

world::tagged_address world::as_address(std::uint64_t value) const {
  const std::uint64_t low = value & 0xffff'ffff'ffffu;
  const std::uint64_t high = value >> 16;
  if (low - base_ < bytes_) return {low, value >> 48};
  if (high - base_ < bytes_) return {high, value & 0xffff};
  return {};
}

std::string world::describe(std::uint64_t value) const {
  char text[64];
  const tagged_address tagged = as_address(value);
  if (tagged.address != 0 && tagged.tag != 0) {
    return describe(tagged.address) + " tag " + std::to_string(tagged.tag);
  }
  const std::uint64_t offset = value - base_;
  if (offset >= bytes_) {
    if (value > 0xffffffffu)
      std::snprintf(text, sizeof text, "%#llx", static_cast<unsigned long long>(value));
    else std::snprintf(text, sizeof text, "%llu", static_cast<unsigned long long>(value));
    return text;
  }
  const std::size_t arenas = static_cast<std::size_t>(slots_) * arena_bytes_;
  const bool on_stack = offset >= arenas;
  const std::uint64_t within = on_stack ? offset - arenas : offset;
  const std::size_t size = on_stack ? stack_bytes_ : arena_bytes_;
  const auto slot = static_cast<unsigned>(within / size);
  const auto rest = static_cast<unsigned long long>(within % size);
  const char* place = on_stack ? "stack" : "heap";
  if (slot == 0) std::snprintf(text, sizeof text, "main.%s+0x%llx", place, rest);
  else std::snprintf(text, sizeof text, "t%u.%s+0x%llx", slot - 1, place, rest);
  return text;
}

}  // namespace wyn::model

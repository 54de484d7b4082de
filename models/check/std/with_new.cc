#include "models/check/std/with_new.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

#include "models/checker/calls.h"

// Each block begins with a header that says where it came from: a block may be deleted long after
// the code that asked for it.

namespace {

struct header {
  void* block;
  std::size_t bytes;  // of a block of the model; 0 for one of malloc
};
constexpr std::size_t header_bytes = 16;
static_assert(sizeof(header) <= header_bytes);

// A program that aborted or crashed has left its scope in no orderly way: what the explorer
// allocates for its report then ends the scope.
bool in_program() {
  bool& flag = wyn::check::detail::in_program;
  if (flag && !wyn::model::calls::inside_program()) flag = false;
  return flag;
}

void* allocate(std::size_t bytes, std::size_t alignment) {
  const std::size_t offset = std::max(header_bytes, alignment);
  const std::size_t total = (bytes + offset + alignment - 1) / alignment * alignment;
  header h{};
  if (in_program()) {
    const wyn::check::detail::outside_program engine;
    h = {wyn::model::calls::allocate(total, offset), total};
  } else {
    h = {std::aligned_alloc(alignment, total), 0};
  }
  if (h.block == nullptr) return nullptr;
  char* object = static_cast<char*>(h.block) + offset;
  std::memcpy(object - header_bytes, &h, sizeof h);
  return object;
}

void* allocate_or_throw(std::size_t bytes, std::size_t alignment) {
  void* p = allocate(bytes, alignment);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}

void release(void* p) {
  if (p == nullptr) return;
  header h;
  std::memcpy(&h, static_cast<char*>(p) - header_bytes, sizeof h);
  if (h.bytes == 0) {
    std::free(h.block);
  } else if (in_program()) {
    // A block of the model that outlives its execution goes with the arena.
    const wyn::check::detail::outside_program engine;
    wyn::model::calls::deallocate(h.block, h.bytes);
  }
}

constexpr std::size_t usual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

}  // namespace

void* operator new(std::size_t n) { return allocate_or_throw(n, usual); }
void* operator new[](std::size_t n) { return allocate_or_throw(n, usual); }
void* operator new(std::size_t n, const std::nothrow_t&) noexcept { return allocate(n, usual); }
void* operator new[](std::size_t n, const std::nothrow_t&) noexcept { return allocate(n, usual); }
void* operator new(std::size_t n, std::align_val_t a) {
  return allocate_or_throw(n, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t n, std::align_val_t a) {
  return allocate_or_throw(n, static_cast<std::size_t>(a));
}
void* operator new(std::size_t n, std::align_val_t a, const std::nothrow_t&) noexcept {
  return allocate(n, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t n, std::align_val_t a, const std::nothrow_t&) noexcept {
  return allocate(n, static_cast<std::size_t>(a));
}

void operator delete(void* p) noexcept { release(p); }
void operator delete[](void* p) noexcept { release(p); }
void operator delete(void* p, std::size_t) noexcept { release(p); }
void operator delete[](void* p, std::size_t) noexcept { release(p); }
void operator delete(void* p, const std::nothrow_t&) noexcept { release(p); }
void operator delete[](void* p, const std::nothrow_t&) noexcept { release(p); }
void operator delete(void* p, std::align_val_t) noexcept { release(p); }
void operator delete[](void* p, std::align_val_t) noexcept { release(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { release(p); }
void operator delete[](void* p, std::size_t, std::align_val_t) noexcept { release(p); }
void operator delete(void* p, std::align_val_t, const std::nothrow_t&) noexcept { release(p); }
void operator delete[](void* p, std::align_val_t, const std::nothrow_t&) noexcept { release(p); }

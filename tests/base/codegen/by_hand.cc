// The functions of through_the_seam.cc as one writes them without the seam.
#include <atomic>
#include <cstdint>

#include "core/base/asymmetric_fence.h"
#include "core/base/backoff.h"

namespace {

using word = std::atomic<std::uint64_t>;
using flag = std::atomic<bool>;
using pointer = std::atomic<void*>;

struct node {
  node* next;
  std::uint64_t value;
};

}  // namespace

extern "C" {

std::uint64_t load_relaxed(const word& w) { return w.load(std::memory_order_relaxed); }
std::uint64_t load_acquire(const word& w) { return w.load(std::memory_order_acquire); }
std::uint64_t load_seq_cst(const word& w) { return w.load(); }
void* load_pointer(const pointer& l) { return l.load(std::memory_order_acquire); }
bool load_flag(const flag& f) { return f.load(std::memory_order_acquire); }

void store_relaxed(word& w, std::uint64_t v) { w.store(v, std::memory_order_relaxed); }
void store_release(word& w, std::uint64_t v) { w.store(v, std::memory_order_release); }
void store_seq_cst(word& w, std::uint64_t v) { w.store(v); }
void store_flag(flag& f) { f.store(true, std::memory_order_release); }

std::uint64_t exchange(word& w, std::uint64_t v) {
  return w.exchange(v, std::memory_order_acq_rel);
}
std::uint64_t add(word& w, std::uint64_t v) { return w.fetch_add(v, std::memory_order_relaxed); }
void add_unused(word& w) { w.fetch_add(1); }

bool cas(word& w, std::uint64_t* expected, std::uint64_t desired) {
  return w.compare_exchange_strong(*expected, desired);
}
bool cas_constant(word& w) {
  std::uint64_t expected = 0;
  return w.compare_exchange_strong(expected, 1, std::memory_order_acq_rel,
                                   std::memory_order_relaxed);
}

std::uint64_t plain(std::uint64_t& p, std::uint64_t v) {
  const std::uint64_t old = p;
  p = v;
  return old;
}

// Not std::atomic_thread_fence, which is mfence here: the seam's choice is the cheaper instruction.
void fence_seq_cst(word& w, word& v) {
  w.store(1, std::memory_order_relaxed);
#if defined(__x86_64__)
  asm volatile("lock orl $0, -8(%%rsp)" ::: "memory", "cc");
#else
  std::atomic_thread_fence(std::memory_order_seq_cst);
#endif
  v.store(1, std::memory_order_relaxed);
}
void fence_release(word& w, word& v) {
  w.store(1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  v.store(1, std::memory_order_relaxed);
}
void fence_none(word& w, word& v) {
  w.store(1, std::memory_order_relaxed);
  v.store(1, std::memory_order_relaxed);
}
// One test of a flag; the locked instruction is on the cold path.
void fence_light(word& w, word& v) {
  w.store(1, std::memory_order_relaxed);
  if (__builtin_expect(wyn::detail::membarrier_registered, 1)) {
    asm volatile("" ::: "memory");
  } else {
    wyn::full_fence();
  }
  v.store(1, std::memory_order_relaxed);
}

void push(std::atomic<node*>& head, node* n, std::uint64_t value) {
  n->value = value;
  node* top = head.load(std::memory_order_relaxed);
  do {
    n->next = top;
  } while (
      !head.compare_exchange_strong(top, n, std::memory_order_release, std::memory_order_relaxed));
}
std::uint64_t spin(const word& w) {
  std::uint64_t v;
  while ((v = w.load(std::memory_order_acquire)) == 0) wyn::cpu_pause();
  return v;
}

void differs_in_order(word& w) { w.store(1, std::memory_order_relaxed); }
std::uint64_t differs_in_width(const word& w) {
  return static_cast<std::uint32_t>(w.load(std::memory_order_relaxed));
}

}  // extern "C"

// A system that refuses: this binary's malloc family, mmap and pthread_create fail on demand, and
// count.
//
// Included by the one source file of a test binary, whose definitions take the place of the C
// library's. Not under the sanitizers that bring a malloc of their own.
#pragma once

#include <dlfcn.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <limits>

extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* p, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
}

namespace wyn::tests::system_faults {

/// Requests of at least so many bytes fail.
inline std::atomic<std::size_t> failing_from{std::numeric_limits<std::size_t>::max()};
/// So do all of other threads than the first.
inline std::atomic<bool> failing_for_others{false};
/// All requests for memory while `counting`.
inline std::atomic<bool> counting{false};
inline std::atomic<std::uint64_t> requests{0};
/// So many more threads can be started.
inline std::atomic<int> threads_left{std::numeric_limits<int>::max()};

inline bool refuses(std::size_t bytes) noexcept {
  if (counting.load(std::memory_order_relaxed)) requests.fetch_add(1, std::memory_order_relaxed);
  if (failing_for_others.load(std::memory_order_relaxed) && gettid() != getpid()) return true;
  return bytes >= failing_from.load(std::memory_order_relaxed);
}

/// While it lives, requests of at least `bytes` bytes fail.
class no_memory_from {
 public:
  explicit no_memory_from(std::size_t bytes) { failing_from = bytes; }
  ~no_memory_from() { failing_from = std::numeric_limits<std::size_t>::max(); }
};

/// The requests for memory of all threads while `f` runs.
template <class F>
std::uint64_t requests_of(F&& f) {
  requests = 0;
  counting = true;
  f();
  counting = false;
  return requests;
}

}  // namespace wyn::tests::system_faults

extern "C" {
void* malloc(std::size_t bytes) {
  if (wyn::tests::system_faults::refuses(bytes)) return nullptr;
  return __libc_malloc(bytes);
}
void* calloc(std::size_t n, std::size_t bytes) {
  if (wyn::tests::system_faults::refuses(n * bytes)) return nullptr;
  return __libc_calloc(n, bytes);
}
void* realloc(void* p, std::size_t bytes) {
  if (wyn::tests::system_faults::refuses(bytes)) return nullptr;
  return __libc_realloc(p, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  if (wyn::tests::system_faults::refuses(bytes)) return nullptr;
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void** result, std::size_t alignment, std::size_t bytes) {
  if (wyn::tests::system_faults::refuses(bytes)) return ENOMEM;
  *result = __libc_memalign(alignment, bytes);
  return *result == nullptr ? ENOMEM : 0;
}
// glibc's own calls, for the stacks of threads, do not come here.
void* mmap(void* at, std::size_t bytes, int protection, int flags, int file, off_t offset) {
  if (wyn::tests::system_faults::refuses(bytes)) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  const long address = ::syscall(SYS_mmap, at, bytes, protection, flags, file, offset);
  return reinterpret_cast<void*>(address);
}
int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                   void* arg) {
  using function = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto real = reinterpret_cast<function>(dlsym(RTLD_NEXT, "pthread_create"));
  if (wyn::tests::system_faults::threads_left.fetch_sub(1) <= 0) return EAGAIN;
  return real(thread, attributes, start, arg);
}
}

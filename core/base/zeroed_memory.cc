#include "core/base/zeroed_memory.h"

#include <sys/mman.h>

#include <cstdlib>

namespace wyn {
namespace {

// AddressSanitizer says more about memory of its own.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool pages_of_their_own = false;
#else
constexpr bool pages_of_their_own = true;
#endif

// A huge page is touched as a whole: at most half of such a block is memory that nobody uses.
constexpr std::size_t worth_huge_pages = std::size_t{4} << 20;

bool is_large(std::size_t bytes) { return pages_of_their_own && bytes >= large_zeroed; }

}  // namespace

void* allocate_zeroed_memory(std::size_t bytes) noexcept {
  if (!is_large(bytes)) return std::calloc(1, bytes);
  void* p = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) return nullptr;
  if (bytes >= worth_huge_pages) ::madvise(p, bytes, MADV_HUGEPAGE);  // a wish
  return p;
}

void free_zeroed_memory(void* p, std::size_t bytes) noexcept {
  if (!is_large(bytes)) {
    std::free(p);
  } else if (p != nullptr) {
    ::munmap(p, bytes);
  }
}

}  // namespace wyn

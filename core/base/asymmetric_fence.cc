#include "core/base/asymmetric_fence.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>

#include "core/base/assert.h"
#include "core/base/env_std.h"
#include "core/base/heavy_fence_group.h"

namespace wyn::detail {
namespace {

long membarrier(int command) noexcept { return ::syscall(SYS_membarrier, command, 0, 0); }

bool register_membarrier() noexcept {
  // A way to run the fallback on a kernel that has membarrier: tests use it, and so may a user who
  // distrusts the system call.
  if (std::getenv("WYN_NO_MEMBARRIER") != nullptr) return false;
  const long supported = membarrier(MEMBARRIER_CMD_QUERY);
  if (supported < 0 || (supported & MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0) return false;
  return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0;
}

// Registration is inherited across fork and cannot be withdrawn, so a failure here means a filter
// was installed later: going on would lose wake-ups silently.
void call_membarrier() noexcept {
  if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0) return;
  fatal("membarrier worked at start-up and fails now (was a seccomp filter installed?). "
        "Set WYN_NO_MEMBARRIER=1 to run without it.");
}

// Where a heavy fence is the bare system call. The group's other fences are the two full ones of
// heavy_fence(), around all that the group does.
struct env_membarrier : env_std {
  template <class Site>
  static void fence(Site) noexcept {
    static_assert(Site::success == order::heavy || Site::success == order::acquire ||
                  Site::success == order::release);
    if constexpr (Site::success == order::heavy) call_membarrier();
  }
};

// One for the process, as the system call is.
constinit heavy_fence_group<env_membarrier> group;

}  // namespace

// Dynamic initialisation: before main, hence before any thread of ours. A light fence that runs
// earlier still sees false and issues the full fence, and a heavy fence pairs with it.
const bool membarrier_registered = register_membarrier();

void membarrier_or_abort() noexcept { group.fence(); }

}  // namespace wyn::detail

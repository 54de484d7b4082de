// The environment of ThreadSanitizer builds.
//
// TSan treats std::atomic_thread_fence as a no-op and reports false races on code that publishes
// through one (google/sanitizers#1415). So under TSan the structures use their fence-free tables,
// and what fences are left (the two sides of the sleep/wake handshake, which publish no data) are
// bare instructions: an RMW on a shared dummy would invent a happens-before that can hide a race.
#pragma once

#include "core/base/env_std.h"

namespace wyn {

struct env_tsan : env_std {
  template <class Site>
  static void fence(Site) noexcept {
    static_assert(Site::success != order::acquire && Site::success != order::release &&
                      Site::success != order::acq_rel,
                  "TSan does not see this fence: use the fence-free ordering table");
    env_std::fence(Site{});
  }
};

}  // namespace wyn

// The checker's environment for a process without heavy fences (known_fence.h): the kernel refuses
// membarrier. What is a light or a heavy fence elsewhere is a full one, and where the code relies
// on heavy fences there is none.
#pragma once

#include "core/base/site.h"
#include "models/checker/calls.h"
#include "models/env/env_checker.h"

namespace wyn {

struct env_no_heavy : env_checker {
  static constexpr bool heavy_fences_exist() noexcept { return false; }

  template <class Site>
  static void fence(Site) noexcept {
    constexpr bool half = Site::success == order::light || Site::success == order::heavy;
    model::calls::fence(half ? order::seq_cst : Site::success, Site::id);
  }
  template <class Site>
  static void fence_beside_heavy(Site) noexcept {}
};

/// A mistake: code that believes in heavy fences runs where there are none.
struct env_false_heavy : env_no_heavy {
  static constexpr bool heavy_fences_exist() noexcept { return true; }
};

}  // namespace wyn

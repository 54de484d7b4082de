// A failure for the golden files of the formats: a sleeper and a waker miss each other when one
// of their two fences is weakened.
#pragma once

#include "core/base/site.h"
#include "models/checker/checker.h"
#include "models/env/env_checker.h"

namespace wyn::model {

struct doorbell {
  static constexpr int threads = 2;

  static constexpr site<"B1 ring.store", order::relaxed> ring_store{};
  static constexpr site<"B2 ring.fence", order::seq_cst> ring_fence{};
  static constexpr site<"B3 ring.load_asleep", order::relaxed> ring_load_asleep{};
  static constexpr site<"B4 sleep.store_asleep", order::relaxed> sleep_store_asleep{};
  static constexpr site<"B5 sleep.fence", order::seq_cst> sleep_fence{};
  static constexpr site<"B6 sleep.load_bell", order::relaxed> sleep_load_bell{};

  env_checker::atomic<int> bell{0};
  env_checker::atomic<bool> asleep{false};
  env_checker::plain<bool> heard{false};
  env_checker::plain<bool> woken{false};

  void thread(int id) {
    if (id == 0) {
      bell.store(1, ring_store);
      env_checker::fence(ring_fence);
      woken.write(asleep.load(ring_load_asleep));
    } else {
      asleep.store(true, sleep_store_asleep);
      env_checker::fence(sleep_fence);
      heard.write(bell.load(sleep_load_bell) == 1);
    }
  }
  void after() {
    env_checker::check(heard.read() || woken.read(), "the sleeper hears or is woken");
  }
};

/// The verdict that the golden files show.
inline verdict sample_failure() {
  return check<doorbell>({.overrides = {{"B2", order::acq_rel}}});
}

}  // namespace wyn::model

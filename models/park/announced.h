// A work signal at which threads can begin asleep, for models that are about what follows.
#pragma once

#include <cstdint>

namespace wyn::park_models {

/// `Signal` gives its parts, events_ and gate_, to those that derive from it.
template <class Signal>
struct announced : Signal {
  /// In before(): somebody has announced itself, and looked again in vain.
  std::uint32_t announce() noexcept { return this->events_.prepare_wait(); }
  /// That thread's sleep from there on.
  void sleep_on(std::uint32_t ticket) noexcept {
    this->events_.commit_wait(ticket);
    this->gate_.enter_after_sleep();
  }
};

}  // namespace wyn::park_models

// std::barrier under the explorer.
//
// Encoding. One word holds the phase, the arrivals that it still expects and those that the next
//          one will: an arrival is one read-modify-write, and n threads that each arrive have n!
//          executions, the orders in which they do. A second word is the phase alone: a wait is one
//          load that sleeps while the phase is the one of its token, and leaves no failed look. An
//          arrival synchronises with the completion, the completion with the end of a wait, and
//          one arrival does not synchronise with another.
// Misuse.  More arrivals than are expected, and a wait with the token of a phase that is long over,
//          are failures. So is a barrier that ends under a waiting thread, and a thread that waits
//          for an arrival that never comes.
//
// Where it differs from the standard library: the completion runs in the thread that arrives last;
// the standard lets it be any of them. At most 2^21 - 1 threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "models/check/std/engine_object.h"
#include "models/check/std/fixed_word.h"

namespace wyn::check {

namespace detail {

struct no_completion {
  void operator()() noexcept {}
};

}  // namespace detail

template <class Completion = detail::no_completion>
class barrier {
  using location = detail::place;
  static_assert(std::is_nothrow_invocable_v<Completion&>,
                "the completion function of a barrier must be noexcept");

 public:
  class arrival_token {
   public:
    arrival_token(arrival_token&&) = default;
    arrival_token& operator=(arrival_token&&) = default;

   private:
    friend class barrier;
    explicit arrival_token(std::uint64_t phase) : phase_(phase) {}
    std::uint64_t phase_;
  };

  static constexpr std::ptrdiff_t max() noexcept { return static_cast<std::ptrdiff_t>(most); }

  explicit barrier(std::ptrdiff_t expected, Completion completion = Completion())
      : counts_(counts_of(0, check(expected, this))), completion_(std::move(completion)) {}
  barrier(const barrier&) = delete;
  barrier& operator=(const barrier&) = delete;

  [[nodiscard]] arrival_token arrive(std::ptrdiff_t n = 1, location at = location::current()) {
    return arrival_token(come(n, 0, detail::line_or(at, "arrive", "barrier.arrive")));
  }
  void wait(arrival_token&& token, location at = location::current()) const {
    wait_for(token.phase_, detail::line_or(at, "wait", "barrier.wait"));
  }
  void arrive_and_wait(location at = location::current()) {
    const char* site = detail::line_or(at, "arrive_and_wait", "barrier.arrive_and_wait");
    wait_for(come(1, 0, site), site);
  }
  /// Arrives, and the phases to come expect one less.
  void arrive_and_drop(location at = location::current()) {
    come(1, 1, detail::line_or(at, "arrive_and_drop", "barrier.arrive_and_drop"));
  }

 private:
  // From the lowest bit: arrivals still expected, arrivals that the next phase expects, the phase.
  static constexpr int bits = 21;
  static constexpr std::uint64_t most = (std::uint64_t{1} << bits) - 1;

  static std::uint64_t after(std::uint64_t phase) {
    return (phase + 1) & ((std::uint64_t{1} << (64 - 2 * bits)) - 1);
  }
  static std::uint64_t counts_of(std::uint64_t phase, std::uint64_t expected) {
    return phase << 2 * bits | expected << bits | expected;
  }
  static std::uint64_t check(std::ptrdiff_t expected, const void* object) {
    detail::require_use(expected >= 0 && expected <= max(),
                        "a barrier begins with a count that it cannot have", object);
    return static_cast<std::uint64_t>(expected);
  }

  // The phase in which the caller has arrived.
  std::uint64_t come(std::ptrdiff_t n, std::uint64_t drops, const char* site) {
    detail::require_use(n > 0, "fewer than one arrival at a barrier", this);
    const auto arrivals = static_cast<std::uint64_t>(n);
    const std::uint64_t change = arrivals + (drops << bits);
    const std::uint64_t before = counts_.fetch_add(0 - change, order::release, site);
    const std::uint64_t left = before & most;
    detail::require_use(left >= arrivals, "more arrivals at a barrier than its phase expects",
                        this);
    const std::uint64_t phase = before >> 2 * bits;
    if (left == arrivals) complete(phase, (before >> bits & most) - drops, site);
    return phase;
  }

  void complete(std::uint64_t phase, std::uint64_t expected, const char* site) {
    // Its own arrival is what it reads, and with it all that it continues.
    counts_.load(order::acquire, site);
    completion_();
    counts_.store(counts_of(after(phase), expected), order::relaxed, site);
    phase_.store(after(phase), order::release, site);
  }

  void wait_for(std::uint64_t phase, const char* site) const {
    const std::uint64_t found = phase_.await_change(phase, order::acquire, site);
    detail::require_use(found == after(phase),
                        "a wait at a barrier for a phase before the last one", this);
  }

  detail::fixed_word counts_;
  detail::fixed_word phase_{};
  Completion completion_;
};

}  // namespace wyn::check

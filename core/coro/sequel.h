// What follows the end of a coroutine: one word, an address with marks in its low bits.
#pragma once

#include <coroutine>
#include <cstdint>

namespace wyn {

class scheduler;

namespace detail {

struct coro_promise;
class fork_group;
class waited_end;

/// One of
///   a coroutine that is resumed,
///   a group that has a member less; `chained`: which begins another member on the same thread,
///   a thread that waits in sync_wait,
///   nobody: the coroutine was spawned in a runtime, and frees its own frame,
/// and whether the coroutine failed; or, in place of all that, a link in a list of coroutines that
/// have not begun. What it names must be aligned to 8 bytes, a runtime and a `waited_end` to 16.
class sequel {
 public:
  sequel() noexcept = default;
  static sequel resume(std::coroutine_handle<> h) noexcept { return {h.address(), 0}; }
  static sequel member_of(fork_group& g) noexcept { return {&g, member}; }
  static sequel chained_member_of(fork_group& g) noexcept { return {&g, member | chained}; }
  static sequel finish(waited_end& w) noexcept { return {&w, root}; }
  static sequel detached_in(scheduler& s) noexcept { return {&s, root | detached}; }
  static sequel link(coro_promise* next) noexcept { return {next, 0}; }

  /// No more than resume(h): nothing else is to be looked at.
  bool only_resumes() const noexcept { return (bits_ & marks) == 0; }
  /// No more than member_of(g).
  bool only_a_member() const noexcept { return (bits_ & marks) == member; }

  bool is_member() const noexcept { return (bits_ & member) != 0; }
  bool is_chained() const noexcept { return (bits_ & (member | chained)) == (member | chained); }
  bool is_root() const noexcept { return (bits_ & (member | root)) == root; }
  bool is_detached() const noexcept { return (bits_ & detached) != 0; }  // of a root

  bool failed() const noexcept { return (bits_ & failure) != 0; }
  void note_failure() noexcept { bits_ |= failure; }

  std::coroutine_handle<> awaiting() const noexcept {
    return std::coroutine_handle<>::from_address(address(marks));
  }
  fork_group& group() const noexcept { return *static_cast<fork_group*>(address(marks)); }
  waited_end& waiting() const noexcept { return *static_cast<waited_end*>(address(marks)); }
  scheduler& runtime() const noexcept {
    return *static_cast<scheduler*>(address(marks | detached));
  }
  coro_promise* linked() const noexcept { return static_cast<coro_promise*>(address(0)); }

  bool operator==(const sequel&) const noexcept = default;

 private:
  static constexpr std::uintptr_t member = 1;
  static constexpr std::uintptr_t chained = 2;  // of a member
  static constexpr std::uintptr_t root = 2;     // of whoever is not a member
  static constexpr std::uintptr_t failure = 4;
  static constexpr std::uintptr_t marks = 7;
  static constexpr std::uintptr_t detached = 8;  // of a root

  sequel(const void* address, std::uintptr_t with) noexcept
      : bits_(reinterpret_cast<std::uintptr_t>(address) + with) {}
  void* address(std::uintptr_t without) const noexcept {
    return reinterpret_cast<void*>(bits_ & ~without);
  }

  std::uintptr_t bits_ = 0;
};

}  // namespace detail
}  // namespace wyn

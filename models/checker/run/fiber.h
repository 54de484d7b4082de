// A thread of the program under test: a fiber on the engine's own thread (Boost.Context).
//
// A fiber is abandoned by starting another on its stack. Its frames are never unwound: an unwind
// would pass through noexcept functions, which terminates the process.
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>

#include "models/checker/run/caught_exceptions.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace wyn::model {

/// The frames of an abandoned fiber never return, so AddressSanitizer takes the gaps between their
/// variables for out of bounds for ever, though others come to lie there.
inline void forget_frames([[maybe_unused]] void* top, [[maybe_unused]] std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
  __asan_unpoison_memory_region(static_cast<char*>(top) - bytes, bytes);
#endif
}

class fiber {
 public:
  /// Runs on the fiber; must not return, but leave by fiber::leave.
  using entry = void (*)(void* argument);

  /// Prepares to run `body(argument)` on the stack that ends at `top`.
  void reset(void* top, std::size_t bytes, entry body, void* argument) {
    caught_.drop();
    forget_frames(top, bytes);
    body_ = body;
    argument_ = argument;
    inside_ = boost::context::detail::make_fcontext(top, bytes, &start);
  }

  /// From outside: runs the fiber until it leaves.
  void enter() {
    caught_.exchange();
    inside_ = boost::context::detail::jump_fcontext(inside_, this).fctx;
    caught_.exchange();
  }

  /// From inside: back to enter()'s caller; returns when the fiber is entered again.
  void leave() { outside_ = boost::context::detail::jump_fcontext(outside_, nullptr).fctx; }

 private:
  static void start(boost::context::detail::transfer_t from) {
    auto* self = static_cast<fiber*>(from.data);
    self->outside_ = from.fctx;
    self->body_(self->argument_);
    __builtin_unreachable();
  }

  boost::context::detail::fcontext_t inside_ = nullptr;
  boost::context::detail::fcontext_t outside_ = nullptr;
  entry body_ = nullptr;
  void* argument_ = nullptr;
  caught_exceptions caught_;
};

}  // namespace wyn::model

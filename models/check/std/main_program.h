// Code that starts its own threads, without a model class:
//
//     std_::check_main([] {
//       std_::atomic<int> x{0};
//       std_::thread other([&] { x.store(1); });
//       x.load();
//       other.join();
//     });
//
// The lambda captures nothing (what it needs, it makes); it is thread 0 of the model, and each
// execution runs it from its beginning. main_program<&their_main> is the same as a type, for
// MODEL_TEST and for with_new<>.
#pragma once

#include <type_traits>

#include "models/checker/checker.h"

namespace wyn::check {

/// `Main` is a function without parameters; `Threads` is how many there are at most, it included.
template <auto Main, int Threads = 8>
struct main_program {
  static constexpr int threads = Threads;
  static constexpr int initial_threads = 1;
  void thread(int) { static_cast<void>(Main()); }
};

/// Explores `f` and whatever threads it starts, at most Threads - 1. As model::check().
template <int Threads = 8, class F>
model::verdict check_main(F, const model::options& o = {}) {
  static_assert(std::is_empty_v<F> && std::is_default_constructible_v<F>,
                "check_main takes a lambda without captures: each execution begins anew");
  return model::check<main_program<F{}, Threads>>(o);
}

}  // namespace wyn::check

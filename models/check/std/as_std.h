// Code that says std::atomic, checked as it is.
//
//     #include <atomic>                    // everything that the header includes, first
//     #include "models/check/std/as_std.h"
//     namespace checked {
//     namespace std = wyn::as_std;         // std::atomic is wyn::check::atomic below
//     #include "their/queue.h"
//     }
//
// Names that the explorer does not replace are those of the standard library. Plain members of the
// code are not watched for races: give it var<T> where it has a parameter for its items.
#pragma once

#include "models/check/std/checked.h"

namespace wyn::as_std {

// Qualified lookup takes these before those of the directive.
using namespace std;  // NOLINT: on purpose
using check::atomic;
using check::atomic_bool;
using check::atomic_flag;
using check::atomic_int;
using check::atomic_int32_t;
using check::atomic_int64_t;
using check::atomic_intptr_t;
using check::atomic_long;
using check::atomic_ptrdiff_t;
using check::atomic_signal_fence;
using check::atomic_size_t;
using check::atomic_thread_fence;
using check::atomic_uint;
using check::atomic_uint32_t;
using check::atomic_uint64_t;
using check::atomic_uintptr_t;

namespace this_thread = check::this_thread;

// Refused, so that they are not taken for replaced ones: the explorer does not see them.
template <class T>
class atomic_ref {
  static_assert(sizeof(T) == 0, "the explorer has no atomic_ref");
};
class mutex;
class shared_mutex;
class recursive_mutex;
class condition_variable;
class thread;

}  // namespace wyn::as_std

// Between the types of the C interface and those of the runtime. Internal.
#pragma once

#include "core/capi/wyn.h"
#include "core/runtime/options.h"
#include "core/runtime/scheduler.h"

// The opaque type of wyn.h. Global, as C wants it.
struct wyn_runtime final : wyn::scheduler {
  using scheduler::scheduler;
};

namespace wyn::capi {

/// The status that says the same.
wyn_status to_status(spawn_status s) noexcept;

/// Reads what the caller's version of wyn_options holds, NULL for defaults. WYN_OK or an error.
wyn_status to_options(const wyn_options* from, options& to) noexcept;

/// Calls `action`, which returns a wyn_status, and turns the exceptions of the runtime into others.
/// The unwinding of a thread that ends within a task passes.
template <class Action>
wyn_status without_exceptions(const Action& action);

/// Runs tasks until `s` is idle; its errors as statuses.
wyn_status wait_for(scheduler& s);

/// Ends the process: `what` failed and has no other way to tell.
[[noreturn]] void fail(const char* what, wyn_status why) noexcept;

}  // namespace wyn::capi

#include "core/capi/translate_inl.h"

// The explorer for code that is written with std::atomic.
//
// Use:     write the code against a namespace, and name the namespace in one place:
//
//              namespace std_ = wyn::check;        // a check: atomic, var, pause, require
//              namespace std_ = wyn::production;   // production.h: std::atomic, T itself, ...
//
//          or take it as it is, with "std::" in it, and include it under an alias of std: as_std.h.
//          A model is a class with threads, before(), thread(int) and after(); MODEL_TEST and
//          MODEL_TEST_FAILS of models/checker/gtest.h explore it. Code that allocates with new is
//          explored through with_new<Model>: with_new.h.
// Demands: those of models/checker/checker.h: all state is in the model or comes from new, and
//          loops that wait call pause().
// Missing: what waits for the end of a thread (notify_all_at_thread_exit and its like), clocks,
//          std::atomic of shared_ptr and weak_ptr.
// A tour with a report: docs/checker/README.md.
#pragma once

#include "models/check/std/atomic.h"       // IWYU pragma: export
#include "models/check/std/atomic_flag.h"  // IWYU pragma: export
#include "models/check/std/atomic_functions.h"  // IWYU pragma: export
#include "models/check/std/atomic_ref.h"  // IWYU pragma: export
#include "models/check/std/atomic_types.h"  // IWYU pragma: export
#include "models/check/std/barrier.h"  // IWYU pragma: export
#include "models/check/std/condition_variable.h"  // IWYU pragma: export
#include "models/check/std/future.h"  // IWYU pragma: export
#include "models/check/std/locks.h"  // IWYU pragma: export
#include "models/check/std/mutex.h"  // IWYU pragma: export
#include "models/check/std/packaged_task.h"  // IWYU pragma: export
#include "models/check/std/program.h"      // IWYU pragma: export
#include "models/check/std/semaphore.h"  // IWYU pragma: export
#include "models/check/std/stop_token.h"  // IWYU pragma: export
#include "models/check/std/thread.h"  // IWYU pragma: export
#include "models/check/std/var.h"          // IWYU pragma: export

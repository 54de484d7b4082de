#include "core/runtime/run_task.h"

#include <cxxabi.h>

#include <cstdio>
#include <exception>

#include "core/base/assert.h"
#include "core/runtime/binding.h"

namespace wyn {

running_scope::running_scope(scheduler& s) noexcept : before_(detail::running_scheduler) {
  detail::running_scheduler = &s;
}

running_scope::~running_scope() { detail::running_scheduler = before_; }

void report_uncaught() noexcept {
  char text[512];
  try {
    throw;
  } catch (const std::exception& e) {
    std::snprintf(
        text, sizeof text,
        "an exception left a detached task (what(): %s). Spawn it with a handle to have the "
        "exception delivered by get(), or catch it in the task.",
        e.what());
  } catch (...) {
    std::snprintf(text, sizeof text,
                  "an exception left a detached task. Spawn it with a handle to have the exception "
                  "delivered by get(), or catch it in the task.");
  }
  fatal(text);
}

void run_detached(scheduler& s, const work_item& t) {
  running_scope scope(s);
  try {
    t.run(t.arg);
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    report_uncaught();
  }
}

}  // namespace wyn

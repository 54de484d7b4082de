#include "core/runtime/run_task.h"

#include <cxxabi.h>

#include <cstdio>
#include <exception>

#include "core/base/assert.h"
#include "core/runtime/binding.h"
#include "core/runtime/participant.h"

namespace wyn {

running_scope::running_scope(scheduler& s, participant& self) noexcept
    : before_(detail::running_scheduler),
      participant_before_(detail::running_participant),
      heaps_before_(detail::running_heaps) {
  detail::running_scheduler = &s;
  detail::running_participant = &self;
  detail::running_heaps = {&self.heaps().large, &self.heaps().small};
}

running_scope::~running_scope() {
  detail::running_scheduler = before_;
  detail::running_heaps = heaps_before_;
  // What a fork() has cleared meanwhile stays so.
  if (detail::running_participant != nullptr) detail::running_participant = participant_before_;
}

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

void run_detached(scheduler& s, participant& self, const work_item& t) {
  running_scope scope(s, self);
  try {
    t.run(t.arg);
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    report_uncaught();
  }
}

void run_on_top(scheduler& s, participant& self, const work_item& t) {
  struct completion {  // also when the task ends its thread
    participant& self;
    ~completion() { self.count().note_completed(); }
  } const counted{self};
  run_detached(s, self, t);
}

}  // namespace wyn

// Template bodies of joinable.h.
#pragma once

#include <cxxabi.h>

#include "core/runtime/joinable.h"

namespace wyn {

template <class Body>
void run_claimed(joinable& j, const Body& body) {
  try {
    body();
  } catch (const abi::__forced_unwind&) {
    j.error = thread_ended_error();
    finish_joinable(j);
    throw;
  } catch (...) {
    j.error = std::current_exception();
  }
  finish_joinable(j);
}

}  // namespace wyn

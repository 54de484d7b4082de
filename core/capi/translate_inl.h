// Template bodies of translate.h.
#pragma once

#include <new>
#include <stdexcept>
#include <system_error>

#include "core/capi/translate.h"

namespace wyn::capi {

template <class Action>
wyn_status without_exceptions(const Action& action) {
  try {
    return action();
  } catch (const spawn_error& e) {
    return to_status(e.status());
  } catch (const std::invalid_argument&) {
    return WYN_ERROR_INVALID;
  } catch (const std::logic_error&) {  // of wait_idle and shutdown
    return WYN_ERROR_INSIDE_TASK;
  } catch (const std::bad_alloc&) {
    return WYN_ERROR_NO_MEMORY;
  } catch (const std::system_error&) {
    return WYN_ERROR_THREADS;
  }
}

}  // namespace wyn::capi

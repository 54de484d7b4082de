#include "models/checker/verdict.h"

namespace wyn::model {

const char* to_string(verdict_kind kind) {
  switch (kind) {
    case verdict_kind::pass: return "PASS";
    case verdict_kind::bounded: return "BOUNDED";
    case verdict_kind::fail: return "FAIL";
    case verdict_kind::nondeterministic: return "NONDETERMINISTIC";
    case verdict_kind::model_error: return "MODEL ERROR";
  }
  return "?";
}

const char* to_string(failure kind) {
  switch (kind) {
    case failure::none: return "none";
    case failure::assertion: return "assertion";
    case failure::data_race: return "data race";
    case failure::uninitialised_read: return "uninitialised read";
    case failure::use_after_free: return "use after free";
    case failure::double_free: return "double free";
    case failure::leak: return "leak";
    case failure::deadlock: return "deadlock";
    case failure::lost_wakeup: return "lost wake-up";
    case failure::livelock: return "livelock";
    case failure::misuse: return "misuse";
    case failure::not_linearizable: return "not linearizable";
  }
  return "?";
}

}  // namespace wyn::model

// What tests on random programs share: a machine that runs one as a model, and how many there are.
#pragma once

#include <cstdlib>
#include <new>

#include "models/checker/program.h"

namespace wyn::model {

/// `threads` threads of a `Machine`, whose thread(id) interprets the random program at hand. It has
/// nothing to do before and after them, and leaves nothing to be destroyed.
template <class Machine>
program program_of_threads(int threads) {
  program p;
  p.threads = threads;
  p.bytes = sizeof(Machine);
  p.alignment = alignof(Machine);
  p.construct = [](void* object) { ::new (object) Machine(); };
  p.before = [](void*) {};
  p.thread = [](void* object, int id) { static_cast<Machine*>(object)->thread(id); };
  p.after = [](void*) {};
  p.destroy = [](void*) {};
  return p;
}

/// What the environment `variable` says, for longer runs and to repeat one; else `standard`.
inline unsigned number_given(const char* variable, unsigned standard) {
  const char* text = std::getenv(variable);
  return text == nullptr ? standard : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

}  // namespace wyn::model

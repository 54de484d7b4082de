// What tests on random programs share: a machine that runs one as a model, and how many there are.
#pragma once

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <system_error>

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

/// What the environment `variable` says, for longer runs and to repeat one; else `standard`. The
/// process ends with a message if that is no number: it would repeat another run.
inline unsigned number_given(const char* variable, unsigned standard) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return standard;
  unsigned number = 0;
  const char* const end = text + std::strlen(text);
  const auto [stopped, error] = std::from_chars(text, end, number);
  if (error != std::errc{} || stopped != end) {
    std::fprintf(stderr, "%s=%s: this is no number from 0 to 2^32 - 1\n", variable, text);
    std::exit(2);
  }
  return number;
}

}  // namespace wyn::model

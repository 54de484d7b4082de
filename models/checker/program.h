// A program under test, as the engine sees it: callbacks on memory that the engine provides.
#pragma once

#include <cstddef>
#include <new>

namespace wyn::model {

struct program {
  int threads = 0;
  std::size_t bytes = 1;
  std::size_t alignment = 1;
  void (*construct)(void* object) = nullptr;
  void (*before)(void* object) = nullptr;
  void (*thread)(void* object, int id) = nullptr;
  void (*after)(void* object) = nullptr;
  void (*destroy)(void* object) = nullptr;
};

/// The callbacks of a model type: `threads`, before(), thread(int), after(). The first and the last
/// of these functions may be left out.
template <class Program>
program program_of() {
  program p;
  p.threads = Program::threads;
  p.bytes = sizeof(Program);
  p.alignment = alignof(Program);
  p.construct = [](void* object) { ::new (object) Program(); };
  p.before = [](void* object) {
    if constexpr (requires(Program x) { x.before(); }) static_cast<Program*>(object)->before();
  };
  p.thread = [](void* object, int id) { static_cast<Program*>(object)->thread(id); };
  p.after = [](void* object) {
    if constexpr (requires(Program x) { x.after(); }) static_cast<Program*>(object)->after();
  };
  p.destroy = [](void* object) { static_cast<Program*>(object)->~Program(); };
  return p;
}

}  // namespace wyn::model

// A program under test, as the engine sees it: callbacks on memory that the engine provides.
#pragma once

#include <cstddef>
#include <new>

namespace wyn::model {

struct program {
  int threads = 0;  ///< at most so many, in one execution
  /// So many begin by themselves, with thread(id); the others when the program starts them
  /// (sync/thread.h). Negative: all of them.
  int initial_threads = -1;
  std::size_t bytes = 1;
  std::size_t alignment = 1;
  void (*construct)(void* object) = nullptr;
  void (*before)(void* object) = nullptr;
  void (*thread)(void* object, int id) = nullptr;
  void (*after)(void* object) = nullptr;
  void (*destroy)(void* object) = nullptr;
};

/// How many of a model's threads begin by themselves: all, unless it has a constant
/// initial_threads.
template <class Program>
constexpr int initial_threads_of() {
  if constexpr (requires { Program::initial_threads; }) return Program::initial_threads;
  else return Program::threads;
}

/// The callbacks of a model type: `threads`, before(), thread(int), after(). The first and the last
/// of these functions may be left out, and thread() where initial_threads is 0.
template <class Program>
program program_of() {
  program p;
  p.threads = Program::threads;
  p.initial_threads = initial_threads_of<Program>();
  p.bytes = sizeof(Program);
  p.alignment = alignof(Program);
  p.construct = [](void* object) { ::new (object) Program(); };
  p.before = [](void* object) {
    if constexpr (requires(Program x) { x.before(); }) static_cast<Program*>(object)->before();
  };
  if constexpr (initial_threads_of<Program>() != 0) {
    p.thread = [](void* object, int id) { static_cast<Program*>(object)->thread(id); };
  }
  p.after = [](void* object) {
    if constexpr (requires(Program x) { x.after(); }) static_cast<Program*>(object)->after();
  };
  p.destroy = [](void* object) { static_cast<Program*>(object)->~Program(); };
  return p;
}

}  // namespace wyn::model

// A program under test, as the engine sees it: callbacks on memory that the engine provides.
#pragma once

#include <cstddef>
#include <iterator>
#include <new>
#include <type_traits>

namespace wyn::model {

/// Threads first .. first + count - 1, which are interchangeable: they run the same code, and what
/// thread(id) does and what after() accepts are the same whichever of them has which id. Only what
/// a thread keeps for itself may depend on the id: plain data that no other thread looks at.
struct thread_group {
  int first = 0;
  int count = 0;
};

/// The most groups that a model can have.
inline constexpr int max_symmetric_groups = 8;

struct program {
  int threads = 0;  ///< at most so many, in one execution
  /// So many begin by themselves, with thread(id); the others when the program starts them
  /// (sync/thread.h). Negative: all of them.
  int initial_threads = -1;
  /// Groups of symmetric threads (trust/symmetry.h): of executions that differ by a permutation
  /// within groups, one stands for all.
  thread_group symmetric[max_symmetric_groups] = {};
  int symmetric_groups = 0;
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

/// The groups of symmetric threads of a model type: its constant `symmetric`, which is a
/// thread_group or an array of them, or `true` for one group of all threads.
template <class Program>
constexpr void take_groups_of(program& p) {
  if constexpr (requires { Program::symmetric; }) {
    using declared = std::remove_cvref_t<decltype(Program::symmetric)>;
    if constexpr (std::is_same_v<declared, bool>) {
      if (Program::symmetric) p.symmetric[p.symmetric_groups++] = {0, Program::threads};
    } else if constexpr (std::is_same_v<declared, thread_group>) {
      p.symmetric[p.symmetric_groups++] = Program::symmetric;
    } else {
      static_assert(std::size(Program::symmetric) <= max_symmetric_groups);
      for (const thread_group& g : Program::symmetric) p.symmetric[p.symmetric_groups++] = g;
    }
  }
}

/// The callbacks of a model type: `threads`, before(), thread(int), after(). The first and the last
/// of these functions may be left out, and thread() where initial_threads is 0.
template <class Program>
program program_of() {
  program p;
  p.threads = Program::threads;
  p.initial_threads = initial_threads_of<Program>();
  take_groups_of<Program>(p);
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

// Programs that allocate with new: with_new<Program> is Program with new and delete that take
// memory of the model.
//
//     MODEL_TEST(Stack, KeepsItems, (with_new<two_pushers>), executions(26),
//                {.check_leaks = true});
//
// Linking this replaces operator new of the whole binary: in code of the program it allocates from
// the explorer, so that use after free, a second delete and leaks are found; elsewhere it calls
// malloc. A deleted address is handed out again within an execution only with
// options::reuse_addresses; without it ABA through the allocator is not explored, ABA through a
// free list of the program's own is.
#pragma once

#include <new>

#include "models/checker/in_program.h"
#include "models/checker/program.h"

namespace wyn::check {

template <class Program>
class with_new {
 public:
  static constexpr int threads = Program::threads;
  static constexpr int initial_threads = model::initial_threads_of<Program>();

  with_new() {
    const detail::inside_program scope;
    ::new (static_cast<void*>(&program_)) Program();
  }
  ~with_new() {
    const detail::inside_program scope;
    program_.~Program();
  }
  with_new(const with_new&) = delete;
  with_new& operator=(const with_new&) = delete;

  void before()
    requires requires(Program p) { p.before(); }
  {
    const detail::inside_program scope;
    program_.before();
  }
  void thread(int id)
    requires(initial_threads != 0)
  {
    const detail::inside_program scope;
    program_.thread(id);
  }
  void after()
    requires requires(Program p) { p.after(); }
  {
    const detail::inside_program scope;
    program_.after();
  }

 private:
  union {
    Program program_;  // constructed in a scope
  };
};

}  // namespace wyn::check

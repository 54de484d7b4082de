// Whether the code that runs is the user's or the explorer's: models/check/std/with_new.h hands out
// memory of the model to the former alone.
#pragma once

namespace wyn::check::detail {

/// True while code of a with_new<Program> runs, on this OS thread.
inline constinit thread_local bool in_program = false;

/// The explorer at work on behalf of the program. It may switch to another fiber in between; that
/// one is then either within such a scope of its own, or sets the flag when it starts.
class outside_program {
 public:
  outside_program() : before_(in_program) { in_program = false; }
  ~outside_program() { in_program = before_; }
  outside_program(const outside_program&) = delete;
  outside_program& operator=(const outside_program&) = delete;

 private:
  bool before_;
};

/// The program's own code, called by the explorer.
class inside_program {
 public:
  inside_program() { in_program = true; }
  ~inside_program() { in_program = false; }
  inside_program(const inside_program&) = delete;
  inside_program& operator=(const inside_program&) = delete;
};

}  // namespace wyn::check::detail

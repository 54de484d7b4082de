// A member whose construction and destruction are the explorer's work: what it allocates then is
// not the program's (in_program.h).
#pragma once

#include <new>

#include "models/check/std/site_names.h"
#include "models/checker/in_program.h"

namespace wyn::check::detail {

template <class T>
class engine_object {
 public:
  engine_object() {
    const outside_program engine;
    ::new (static_cast<void*>(&value_)) T();
  }
  ~engine_object() {
    const outside_program engine;
    value_.~T();
  }
  engine_object(const engine_object&) = delete;
  engine_object& operator=(const engine_object&) = delete;

  /// `f` on the object, as the explorer.
  template <class F>
  auto operator()(F f) {
    const outside_program engine;
    return f(value_);
  }

 private:
  union {
    T value_;
  };
};

/// Stands for a call from inside a header of the standard library.
inline constexpr place no_line{"/usr/", 0};

/// The line of a call, or `alone` when it stands in a header of the standard library, as the locks
/// that std::lock takes do.
inline const char* line_or(const place& at, const char* operation, const char* alone) {
  constexpr char system[] = "/usr/";
  for (int i = 0; system[i] != '\0'; ++i) {
    if (at.file[i] != system[i]) return site_name(at, operation);
  }
  return alone;
}

}  // namespace wyn::check::detail

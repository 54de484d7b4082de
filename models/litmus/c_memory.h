// The types of a litmus test in C, and its locations.
#pragma once

#include <string>
#include <vector>

#include "models/litmus/c_lexer.h"

namespace wyn::litmus {

/// An integer, or a pointer to one of these; only what is atomic about it is of interest.
struct c_type {
  std::vector<bool> atomic{false};  ///< the integer, then each pointer on the way to it

  bool is_pointer() const { return atomic.size() > 1; }
  bool is_atomic() const { return atomic.back(); }
  c_type pointee() const { return {{atomic.begin(), atomic.end() - 1}}; }
  c_type pointer_to() const;
};

/// Whether a declaration begins at `in`.
bool starts_type(const token_stream& in);
/// "int", "atomic_int*", "_Atomic(int*)*". Throws syntax_error.
c_type parse_type(token_stream& in);

/// The locations of a test, numbered as they are met.
class c_memory {
 public:
  /// The number of the location, which is new or known.
  int named(const std::string& name);
  /// The number, or -1.
  int find(const std::string& name) const;
  /// Gives the location its first value. Throws syntax_error if it has one.
  void initialise(const std::string& name, int value, const position& at);
  /// What the location is declared as, which only pointers to it ask for.
  void declare(int location, const c_type& type);
  const c_type& type_of(int location) const;
  /// Notes an access. Throws syntax_error when the location is accessed in the other way too: the
  /// explorer has no such locations.
  void access(int location, bool plain, const position& at);

  int count() const { return static_cast<int>(cells_.size()); }
  std::vector<std::string> names() const;
  std::vector<bool> plain() const;
  std::vector<int> initial() const;

 private:
  struct cell {
    std::string name;
    c_type type{};
    int value = 0;
    bool initialised = false;
    bool plain = false;
    bool atomic = false;
  };
  cell& at(int location) { return cells_[static_cast<std::size_t>(location)]; }

  std::vector<cell> cells_;
};

}  // namespace wyn::litmus

// The body of one thread of a litmus test in C: see c_litmus.h for what is understood.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/litmus/c_lexer.h"
#include "models/litmus/litmus.h"

namespace wyn::litmus {

/// The locations of a test, numbered as they are met.
class c_memory {
 public:
  /// Gives the location its first value. Throws syntax_error if it has one.
  void initialise(const std::string& name, int value, int line);
  /// The number of the location, which is new or known.
  int named(const std::string& name);
  /// The number, or -1.
  int find(const std::string& name) const;
  /// Notes an access. Throws syntax_error when the location is accessed in the other way too: the
  /// explorer has no such locations.
  void access(int location, bool plain, int line);

  int count() const { return static_cast<int>(cells_.size()); }
  std::vector<bool> plain() const;
  std::vector<int> initial() const;

 private:
  struct cell {
    std::string name;
    int value = 0;
    bool initialised = false;
    bool plain = false;
    bool atomic = false;
  };
  std::vector<cell> cells_;
};

struct c_thread {
  std::vector<op> ops;
  int registers = 0;
  std::map<std::string, int> names;  ///< of the registers that have one
};

/// Parses "(parameters) { body }". Throws syntax_error.
c_thread parse_c_thread(token_stream& in, c_memory& memory);

}  // namespace wyn::litmus

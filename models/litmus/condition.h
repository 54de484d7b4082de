// The final condition of a litmus test: exists, ~exists or forall of a proposition on final states.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/litmus/c_lexer.h"
#include "models/litmus/litmus.h"

namespace wyn::litmus {

/// "1:r0", or a location "x" (thread -1).
struct observable {
  int thread = -1;
  std::string name;

  auto operator<=>(const observable&) const = default;
  /// As herd writes it: "1:r0" or "[x]".
  std::string text() const;
};

struct proposition {
  enum class kind : unsigned char { atom, negation, conjunction, disjunction, truth };
  kind what = kind::truth;
  observable left;  ///< of an atom
  int right = 0;
  std::string right_location;  ///< the value is the address of this location
  position at;
  std::vector<proposition> parts;
};

enum class quantifier : unsigned char { exists, not_exists, forall };

struct condition {
  quantifier over = quantifier::exists;
  proposition body;
  proposition filter;  ///< final states for which it does not hold do not count
};

/// Parses "exists (...)", "~exists (...)" or "forall (...)", maybe after "filter (...)", up to the
/// end of `in`.
condition parse_condition(token_stream& in);

/// One observable: "1:r0", "x" or "[x]".
observable parse_observable(token_stream& in);

/// Calls `f` with each atom.
template <class F>
void for_each_atom(const proposition& p, F f) {
  if (p.what == proposition::kind::atom) f(p);
  for (const proposition& part : p.parts) for_each_atom(part, f);
}
template <class F>
void for_each_atom(proposition& p, F f) {
  if (p.what == proposition::kind::atom) f(p);
  for (proposition& part : p.parts) for_each_atom(part, f);
}

/// Whether `p` holds when `value_of(observable)` are the final values.
template <class F>
bool holds(const proposition& p, F value_of) {
  switch (p.what) {
    case proposition::kind::truth: return true;
    case proposition::kind::atom: return value_of(p.left) == p.right;
    case proposition::kind::negation: return !holds(p.parts.front(), value_of);
    case proposition::kind::conjunction:
      for (const proposition& part : p.parts) {
        if (!holds(part, value_of)) return false;
      }
      return true;
    case proposition::kind::disjunction:
      for (const proposition& part : p.parts) {
        if (holds(part, value_of)) return true;
      }
      return false;
  }
  return false;
}

std::string to_string(const condition& c);

}  // namespace wyn::litmus

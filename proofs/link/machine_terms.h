// What the C++ reading of a proof's terms is made of: numbers, and arrays from all integers as
// tables with a default. proofs/link/generate.py writes the terms.
//
// A table has room for the indices that occur in replayed executions. Reading beyond is the
// default, as in the Python reading; storing beyond ends the process with a message, never in
// silence.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace wyn::link {

using number = std::int32_t;

template <class Element, std::size_t Room>
struct bounded_table {
  Element fill{};  ///< of every index that was not stored to
  std::array<Element, Room> elements{};

  bool operator==(const bounded_table&) const = default;
};

using table = bounded_table<number, 48>;
using table_of_tables = bounded_table<table, 6>;

/// A table that is `n` everywhere.
inline table constant_table(number n) {
  table t;
  t.fill = n;
  t.elements.fill(n);
  return t;
}

template <class Element, std::size_t Room>
const Element& select(const bounded_table<Element, Room>& t, number index) {
  const auto i = static_cast<std::size_t>(index);
  return i < Room ? t.elements[i] : t.fill;
}

template <class Element, std::size_t Room, class Value>
bounded_table<Element, Room> store(bounded_table<Element, Room> t, number index,
                                   const Value& element) {
  const auto i = static_cast<std::size_t>(index);
  if (i >= Room) {
    std::fprintf(stderr, "an index of %d: raise the room of machine_terms.h\n", index);
    std::abort();
  }
  t.elements[i] = static_cast<Element>(element);
  return t;
}

/// A transition of a machine; `broken` names the first of its obligations that it does not meet.
template <class State, class Parameters>
struct transition_of {
  const char* name;
  bool (*enabled)(const State&, const Parameters&);
  void (*update)(const State&, const Parameters&, State& next);
  const char* (*broken)(const State&, Parameters);
};

template <class State>
struct conjunct_of {
  const char* name;
  bool (*holds)(const State&);
};

}  // namespace wyn::link

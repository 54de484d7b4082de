#include "models/litmus/c_memory.h"

#include <algorithm>
#include <array>

namespace wyn::litmus {

namespace {

bool is_qualifier(const std::string& word) {
  return word == "const" || word == "volatile" || word == "restrict" || word == "_Atomic";
}

bool is_type_word(const token& t) {
  static constexpr std::array words = {"int",   "long",  "unsigned", "signed", "char",
                                       "short", "_Bool", "bool",     "void"};
  if (t.kind != token::type::word) return false;
  return is_qualifier(t.text) || t.text.ends_with("_t") || t.text.starts_with("atomic_") ||
         std::find(words.begin(), words.end(), t.text) != words.end();
}

}  // namespace

c_type c_type::pointer_to() const {
  c_type t = *this;
  t.atomic.push_back(false);
  return t;
}

bool starts_type(const token_stream& in) {
  const token& t = in.peek();
  if (!is_type_word(t)) return false;
  return t.text == "_Atomic" || in.peek(1).text != "(";  // atomic_load(x) is none
}

c_type parse_type(token_stream& in) {
  if (!is_type_word(in.peek())) in.fail_expecting("a type");
  c_type t;
  while (is_type_word(in.peek())) {
    const std::string word = in.next().text;
    if (word == "_Atomic" && in.take("(")) {
      t = parse_type(in);
      t.atomic.back() = true;
      in.expect(")");
    } else if (word == "_Atomic" || word.starts_with("atomic_")) {
      t.atomic[0] = true;
    }
  }
  while (in.take("*")) {
    t.atomic.push_back(false);
    while (is_qualifier(in.peek().text)) {
      if (in.next().text == "_Atomic") t.atomic.back() = true;
    }
  }
  return t;
}

int c_memory::find(const std::string& name) const {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

int c_memory::named(const std::string& name) {
  if (find(name) < 0) cells_.push_back({.name = name});
  return find(name);
}

void c_memory::initialise(const std::string& name, int value, const position& where) {
  cell& c = at(named(name));
  if (c.initialised) throw syntax_error(where, name + " has two initial values");
  c.initialised = true;
  c.value = value;
}

void c_memory::declare(int location, const c_type& type) { at(location).type = type; }

const c_type& c_memory::type_of(int location) const {
  return cells_[static_cast<std::size_t>(location)].type;
}

void c_memory::access(int location, bool plain, const position& where) {
  cell& c = at(location);
  (plain ? c.plain : c.atomic) = true;
  if (c.plain && c.atomic) {
    throw syntax_error(where, c.name + " is accessed both atomically and as plain data");
  }
}

std::vector<std::string> c_memory::names() const {
  std::vector<std::string> all;
  for (const cell& c : cells_) all.push_back(c.name);
  return all;
}

std::vector<bool> c_memory::plain() const {
  std::vector<bool> all;
  for (const cell& c : cells_) all.push_back(c.plain || (!c.atomic && !c.type.is_atomic()));
  return all;
}

std::vector<int> c_memory::initial() const {
  std::vector<int> all;
  for (const cell& c : cells_) all.push_back(c.value);
  return all;
}

}  // namespace wyn::litmus

#include "models/checker/trust/script.h"

#include <charconv>

namespace wyn::model {

namespace {

constexpr std::string_view version = "v1";

std::string source_of(const event& e) {
  if (e.reads_from == initial_write) return "-";
  return std::to_string(thread_of(e.reads_from)) + "." + std::to_string(index_of(e.reads_from));
}

std::string word_of(const event& e) {
  switch (e.kind) {
    case event_kind::fence: return "f";
    case event_kind::choice: return "c" + std::to_string(e.value_read);
    case event_kind::store: return "w" + std::to_string(e.position);
    case event_kind::load: return "r" + source_of(e);
    case event_kind::rmw: return "u" + source_of(e) + "@" + std::to_string(e.position);
  }
  return "?";
}

class scanner {
 public:
  explicit scanner(std::string_view text) : text_(text) {}

  bool skip(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  template <class T>
  bool number(T& n) {
    const auto end = std::from_chars(text_.data(), text_.data() + text_.size(), n);
    if (end.ec != std::errc()) return false;
    text_.remove_prefix(static_cast<std::size_t>(end.ptr - text_.data()));
    return true;
  }
  bool source(event_ref& r) {
    if (skip('-')) return r = initial_write, true;
    unsigned thread = 0;
    unsigned index = 0;
    if (!number(thread) || !skip('.') || !number(index)) return false;
    if (thread >= max_threads || index >= max_events_of_a_thread) return false;
    r = make_ref(static_cast<int>(thread), static_cast<int>(index));
    return true;
  }
  bool event(scripted_event& e) {
    if (skip('f')) return e.kind = event_kind::fence, true;
    if (skip('c')) return e.kind = event_kind::choice, number(e.choice);
    if (skip('w')) return e.kind = event_kind::store, number(e.place);
    if (skip('r')) return e.kind = event_kind::load, source(e.reads_from);
    if (!skip('u')) return false;
    e.kind = event_kind::rmw;
    return source(e.reads_from) && skip('@') && number(e.place);
  }
  bool at_end() const { return text_.empty(); }
  bool at(char c) const { return !text_.empty() && text_.front() == c; }

 private:
  std::string_view text_;
};

bool is_sound(const script& s) {
  for (const auto& row : s.rows) {
    for (const scripted_event& e : row) {
      if (writes(e.kind) && e.place == 0) return false;
      if (!reads(e.kind) || e.reads_from == initial_write) continue;
      const auto t = static_cast<std::size_t>(thread_of(e.reads_from));
      if (t >= s.rows.size()) return false;
      if (static_cast<std::size_t>(index_of(e.reads_from)) >= s.rows[t].size()) return false;
      if (!writes(s.at(e.reads_from).kind)) return false;
    }
  }
  return true;
}

}  // namespace

std::string to_word(const graph& g) {
  std::string word(version);
  for (int t = 0; t < g.threads(); ++t) {
    for (int i = 0; i < g.size(t); ++i) word += (i == 0 ? "/" : ",") + word_of(g.at(t, i));
    if (g.size(t) == 0) word += "/";
  }
  return word;
}

bool from_word(std::string_view word, int threads, script& s) {
  s.rows.clear();
  if (!word.starts_with(version)) return false;
  scanner in(word.substr(version.size()));
  while (in.skip('/')) {
    auto& row = s.rows.emplace_back();
    if (in.at_end() || in.at('/')) continue;
    do {
      if (!in.event(row.emplace_back())) return false;
    } while (in.skip(','));
  }
  return in.at_end() && s.rows.size() == static_cast<std::size_t>(threads) && is_sound(s);
}

}  // namespace wyn::model

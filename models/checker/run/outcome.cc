#include "models/checker/run/outcome.h"

#include <algorithm>

namespace wyn::model {

void outcome_record::set(std::string_view name, std::int64_t value) {
  const auto place = std::lower_bound(
      values_.begin(), values_.end(), name,
      [](const auto& known, std::string_view wanted) { return known.first < wanted; });
  if (place != values_.end() && place->first == name) place->second = value;
  else values_.insert(place, {name, value});
}

std::string outcome_record::text() const {
  std::string text;
  for (const auto& [name, value] : values_) {
    text += text.empty() ? "" : " ";
    text += name;
    text += "=" + std::to_string(value);
  }
  return text;
}

namespace {

// Takes the first word off `text`.
std::string_view next_word(std::string_view& text) {
  constexpr std::string_view separators = " ,;";
  const std::size_t begin = std::min(text.find_first_not_of(separators), text.size());
  text.remove_prefix(begin);
  const std::string_view word = text.substr(0, text.find_first_of(separators));
  text.remove_prefix(word.size());
  return word;
}

bool has_word(std::string_view text, std::string_view wanted) {
  for (std::string_view w = next_word(text); !w.empty(); w = next_word(text)) {
    if (w == wanted) return true;
  }
  return false;
}

}  // namespace

bool matches(std::string_view outcome, std::string_view pattern) {
  bool some = false;
  for (std::string_view w = next_word(pattern); !w.empty(); w = next_word(pattern)) {
    if (!has_word(outcome, w)) return false;
    some = true;
  }
  return some;
}

}  // namespace wyn::model

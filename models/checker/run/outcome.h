// What a model says that it has observed in an execution, as a litmus test does: names and values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wyn::model {

class outcome_record {
 public:
  void clear() { values_.clear(); }
  bool empty() const { return values_.empty(); }

  /// `name` is a literal; the last value of a name counts.
  void set(std::string_view name, std::int64_t value);

  /// "r0=0 r1=1", by name; equal outcomes give equal texts.
  std::string text() const;

 private:
  std::vector<std::pair<std::string_view, std::int64_t>> values_;
};

/// Whether every "name=value" of `pattern`, parted by blanks, commas or semicolons, is one of
/// `outcome`, a text of outcome_record. An empty pattern matches nothing.
bool matches(std::string_view outcome, std::string_view pattern);

}  // namespace wyn::model

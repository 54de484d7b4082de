// A work-stealing deque: its owner pushes and pops at one end, thieves steal at the other.
//
// Push may refuse, as a deque does that may not grow any further: then nothing has changed. Pop
// takes the newest item, and answers nothing only when there is none. Steal takes the oldest, and
// has two more answers, which leave the deque alone:
//  - lost: another operation that took an item overlaps with it, so that the thief's
//    compare-exchange may have met a top that had moved.
//  - empty: there is no item. With empty_answer::or_the_last_is_claimed also when there is one, and
//    a pop of the owner that overlaps and has not taken effect yet may be after it: between the
//    owner's claim of the last item and its compare-exchange a thief sees no item, and whether the
//    owner gets it is decided later. Chase-Lev keeps the strict rule even so, with a point of
//    linearisation that depends on the future (Allain, Scherer, "Zoo", POPL'26); the search tries
//    all points. A deque whose owner gives the claimed item back needs the other rule.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <variant>

#include "models/checker/linearizability/specification.h"
#include "models/checker/linearizability/specifications/hash.h"

namespace wyn::model {

enum class empty_answer : unsigned char { strict, or_the_last_is_claimed };

template <class T, empty_answer Rule = empty_answer::strict>
class work_stealing_deque_of {
 public:
  struct push {
    using result = bool;
    T value;
    std::string text() const { return "push(" + detail::shown(value) + ")"; }
  };
  struct pop {
    using result = std::optional<T>;
    std::string text() const { return "pop()"; }
  };
  struct stolen {
    enum class kind : unsigned char { item, empty, lost };
    kind what;
    T value{};
    bool operator==(const stolen&) const = default;
    std::string text() const {
      if (what == kind::item) return detail::shown(value);
      return what == kind::empty ? "empty" : "lost";
    }
    static stolen item(T value) { return {kind::item, value}; }
    static stolen empty() { return {kind::empty, T{}}; }
    static stolen lost() { return {kind::lost, T{}}; }
  };
  struct steal {
    using result = stolen;
    std::string text() const { return "steal()"; }
  };
  using operations = std::variant<push, pop, steal>;
  using others = overlap<work_stealing_deque_of>;

  bool admit(const push& op, const bool* accepted, const others&) {
    if (accepted == nullptr || *accepted) items_.push_back(op.value);
    return true;
  }

  std::optional<T> apply(const pop&) {
    if (items_.empty()) return std::nullopt;
    const T newest = items_.back();
    items_.pop_back();
    return newest;
  }

  bool admit(const steal&, const stolen* observed, const others& around) {
    using kind = typename stolen::kind;
    if (observed != nullptr && observed->what == kind::lost) return another_takes(around);
    if (observed != nullptr && observed->what == kind::empty) {
      if (items_.empty()) return true;
      return Rule == empty_answer::or_the_last_is_claimed && items_.size() == 1 &&
             owner_is_after_the_last(around);
    }
    if (items_.empty()) return observed == nullptr;
    const T oldest = items_.front();
    items_.pop_front();
    return observed == nullptr || observed->value == oldest;
  }

  bool operator==(const work_stealing_deque_of&) const = default;
  std::size_t hash() const { return detail::hash_of_range(items_); }

 private:
  static bool another_takes(const others& around) {
    return around.template any<steal>([](const steal&, const stolen* got, bool) {
             return got == nullptr || got->what == stolen::kind::item;
           }) ||
           around.template any<pop>([](const pop&, const std::optional<T>* got, bool) {
             return got == nullptr || got->has_value();
           });
  }
  static bool owner_is_after_the_last(const others& around) {
    return around.template any<pop>(
        [](const pop&, const std::optional<T>*, bool done) { return !done; });
  }

  std::deque<T> items_;
};

}  // namespace wyn::model

// A deque that its owner does not touch: it is busy with one task, or it is a foreign thread that
// has spawned and now does something else. What lies there waits for whoever takes it, however
// short the tasks are. So a thief that has found such a deque takes one task after the other,
// without a pause and without a search, as long as the owner's end stays where it was, and no other
// thief takes anything: then it has the other end's line for itself, and takes the owner's from
// nobody. Two thieves at once would be slower than one.
//
// An owner that pushed and popped the same number meanwhile looks as if it had not: that costs it
// a few tasks.
#pragma once

#include <cstdint>

namespace wyn {

/// Of one thief.
template <class Participant>
class standing_deque {
 public:
  /// Tasks from one deque before a search, which does justice to the others.
  static constexpr int most_in_row = 256;

  /// The deque of `p` stood still, with `length` tasks, its owner's end at `end`.
  void found(Participant& p, std::int64_t end, std::int64_t length) noexcept {
    owner_ = &p;
    end_ = end;
    length_ = length;
    in_row_ = 0;
  }
  /// Whose it is; nullptr: there is none, or it is a search's turn.
  Participant* owner() const noexcept { return in_row_ < most_in_row ? owner_ : nullptr; }
  /// Whether nobody else has touched it, if its owner's end is at `end` and `length` tasks are
  /// there. If somebody has, it is forgotten.
  bool is_left_alone(std::int64_t end, std::int64_t length) noexcept {
    const bool alone = end == end_ && length == length_;
    if (!alone) owner_ = nullptr;
    return alone;
  }
  /// A task has come from owner().
  void took() noexcept {
    ++in_row_;
    --length_;
  }
  /// A search has looked at the rings.
  void begin_turn() noexcept { in_row_ = 0; }
  /// There was nothing to take.
  void forget() noexcept { owner_ = nullptr; }

 private:
  Participant* owner_ = nullptr;
  std::int64_t end_ = 0;
  std::int64_t length_ = 0;
  int in_row_ = 0;
};

}  // namespace wyn

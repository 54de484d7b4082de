// Which ring one thread goes on taking whole blocks from, without a search.
//
// Whoever runs short tasks of a ring is back after some microseconds. A search then costs more than
// the way to the tasks: the search gate is one line for all threads, and who leaves it with work in
// hand wakes a sleeper to search on. But a search begins at a random ring, and so does justice to
// all of them: after some blocks in a row it has its turn.
#pragma once

namespace wyn {

/// Of one thread.
template <class Participant>
class block_source {
 public:
  /// Blocks from one ring before a search.
  static constexpr int most_in_row = 4;

  /// A search has found a whole block there.
  void found(Participant& p) noexcept {
    from_ = &p;
    in_row_ = 1;
  }
  /// The ring whose turn it is; nullptr: that of a search.
  Participant* next() const noexcept { return in_row_ < most_in_row ? from_ : nullptr; }
  /// A block has come from next().
  void took_next() noexcept { ++in_row_; }
  /// None did.
  void forget() noexcept { from_ = nullptr; }

 private:
  Participant* from_ = nullptr;
  int in_row_ = 0;
};

}  // namespace wyn

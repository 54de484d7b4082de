// Which ring one thread goes on taking whole blocks from, without a search, and how far it stays
// behind the producer.
//
// Whoever runs short tasks of a ring is back after some microseconds. A search then costs more than
// the way to the tasks: the search gate is one line for all threads, and who leaves it with work in
// hand wakes a sleeper to search on. But a search begins at a random ring, and so does justice to
// all of them: after some blocks in a row it has its turn.
//
// Distance:  a thief of trifles takes what its producer has left behind, or what lies in a ring
//            whose producer does something else now (search_pace.h says for how long).
// Rejected:  a pause instead: the thief then comes to the deque of the thread that runs the rest,
//            which costs that thread more (docs/hot_paths.md has the figures).
#pragma once

#include <cstdint>

namespace wyn {

/// Of one thread.
template <class Participant>
class block_source {
 public:
  /// Blocks from one ring before a search.
  static constexpr int most_in_row = 4;
  /// Tasks that lie between a thief that keeps its distance and the producer.
  static constexpr std::int64_t distance = 1024;

  /// A search has found a whole block there, and its claim that `pushed` tasks ever were.
  void found(Participant& p, std::int64_t pushed) noexcept {
    from_ = &p;
    in_row_ = 1;
    known_pushed_ = pushed;
  }
  /// The ring whose turn it is; nullptr: that of a search.
  Participant* next() const noexcept { return in_row_ < most_in_row ? from_ : nullptr; }
  /// What the claims from next() know, and say, of the tasks that ever were there.
  std::int64_t& known_pushed() noexcept { return known_pushed_; }
  /// A block has come from next().
  void took_next() noexcept { ++in_row_; }
  /// None did.
  void forget() noexcept { from_ = nullptr; }

  /// Whether `whole` tasks can be taken from `ring`, next()'s. Looks at the producer's line only if
  /// it must: that is a miss for the producer, too. keeps_distance(): whether only from afar.
  template <class Ring, class KeepsDistance>
  bool has_block(const Ring& ring, std::int64_t whole,
                 const KeepsDistance& keeps_distance) noexcept {
    if (ring.left_of(known_pushed_) >= whole) return true;
    const std::int64_t queued = ring.size_estimate();
    return queued >= whole && (!keeps_distance() || is_far(ring, queued));
  }
  /// Whether the producer of `ring`, in which `queued` tasks are left, is far from them: by
  /// distance, or it has pushed nothing since this was asked last.
  template <class Ring>
  bool is_far(const Ring& ring, std::int64_t queued) noexcept {
    const std::int64_t pushed = ring.pushed_total();
    const bool stands_still = &ring == watched_ && pushed == pushed_;
    watched_ = &ring;
    pushed_ = pushed;
    return stands_still || queued >= distance;
  }

 private:
  Participant* from_ = nullptr;
  int in_row_ = 0;
  std::int64_t known_pushed_ = 0;
  const void* watched_ = nullptr;  // the ring that is_far() was asked for last
  std::int64_t pushed_ = 0;        // what had been pushed there
};

}  // namespace wyn

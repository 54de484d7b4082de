// Whether the deques of a runtime begin as those that are stolen from.
//
// The first thief of a biased deque pays a heavy fence, which interrupts all who run; the owner of
// a shared one pays a full fence in each pop. With one worker the owner's share is the larger one.
// With more it pays to share the deques while nothing runs yet, and with more than eight threads to
// wait longer before the bias is taken back (bench/simulation has the figures; with two threads a
// longer patience was measured to be the slower one in tasks of some nanoseconds).
#pragma once

namespace wyn {

/// With `workers` and one thread that waits.
constexpr bool thieves_expected(unsigned workers) noexcept { return workers >= 2; }

/// Pops without a thief before an owner takes the bias back, where thieves are expected.
constexpr int patience_with_thieves(unsigned workers) noexcept { return workers < 8 ? 256 : 1024; }

}  // namespace wyn

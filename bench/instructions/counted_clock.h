// A clock that knows nothing of the single steps.
//
// Stepped, a program is a thousand times slower, and what it does by the clock, ten milliseconds
// after the last time say, would be counted that much oftener than it happens. And never the same
// number of times.
#pragma once

namespace wyn::bench {

/// Between these two, each look of this process at the steady clock finds it a little later than
/// the one before, and nothing else takes time. A look, not the steps, is what ends a wait for a
/// time. Other clocks are the system's throughout.
void begin_counted_clock() noexcept;
/// From here on the clock is the system's again.
void end_counted_clock() noexcept;

}  // namespace wyn::bench

// For systems that cannot be told how many threads may run at once.
#pragma once

namespace wyn::bench {

/// Holds the calling thread, and threads that it starts, to so many of the processors that it may
/// use. Throws std::runtime_error if there are fewer.
void restrict_to(int processors);

}  // namespace wyn::bench

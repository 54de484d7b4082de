// How much a comparison measures.
#pragma once

namespace wyn::bench {

struct effort {
  int batches;      ///< processes for each row
  int repetitions;  ///< in each of them, at most
  double seconds;   ///< no repetition begins later than this after the first
  double timeout_seconds = 300;
  unsigned seed = 0;  ///< of the random order
};

}  // namespace wyn::bench

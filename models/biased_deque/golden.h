// How many executions the models have over the biased deque: golden values. The model tests compare
// them, and the link to the proof (proofs/link/biased_models.h) must meet as many.
#pragma once

#include <cstdint>

namespace wyn::biased_models::golden {

inline constexpr std::uint64_t asked_again = 5908048;
inline constexpr std::uint64_t asked_for_the_last = 238778;
inline constexpr std::uint64_t asked_for_the_oldest = 70092;
inline constexpr std::uint64_t bias_taken_back = 657;
inline constexpr std::uint64_t bounded_full = 20;
inline constexpr std::uint64_t growth = 214;
inline constexpr std::uint64_t growth_then_pop = 172169;
inline constexpr std::uint64_t growth_two_thieves = 85863;
inline constexpr std::uint64_t last_item = 42;
inline constexpr std::uint64_t multi_word = 10;
inline constexpr std::uint64_t never_empty = 53;
inline constexpr std::uint64_t oldest = 480;
inline constexpr std::uint64_t oldest_then_push = 468;
inline constexpr std::uint64_t publication = 2;
inline constexpr std::uint64_t publication_after_pop = 37;
inline constexpr std::uint64_t shared_at_first = 1119;
inline constexpr std::uint64_t sized_steal = 63;
inline constexpr std::uint64_t two_items = 904;
inline constexpr std::uint64_t two_thieves = 409992;
inline constexpr std::uint64_t wrap_around = 26;

}  // namespace wyn::biased_models::golden

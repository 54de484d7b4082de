// How many executions the models have over the biased deque: golden values, one for each model. The
// model tests compare them, and the link to the proof (proofs/link/biased_models.h) must meet as
// many.
#pragma once

#include <cstdint>
#include <string_view>

namespace wyn::biased_models {

struct golden_count {
  std::string_view model;
  std::uint64_t executions;
};
inline constexpr golden_count golden_counts[] = {
    {"asked_again", 5908048},
    {"asked_for_the_last", 238778},
    {"asked_for_the_oldest", 70092},
    {"askers_left", 59},
    {"bias_taken_back", 657},
    {"bounded_full", 20},
    {"growth", 214},
    {"growth_then_pop", 172169},
    {"growth_two_thieves", 85863},
    {"last_item", 42},
    {"last_item_twice", 776799},
    {"multi_word", 10},
    {"never_empty", 53},
    {"oldest", 480},
    {"oldest_finds_none", 182926},
    {"oldest_then_push", 468},
    {"pop_then_growth", 418308},
    {"publication", 2},
    {"publication_after_pop", 37},
    {"shared_at_first", 1119},
    {"sized_steal", 63},
    {"three_items", 375017},
    {"two_items", 904},
    {"two_thieves", 409992},
    {"wrap_around", 26},
    {"wrap_around_pop", 2405723},
};

/// That of `model`. A name that is not in the list does not compile.
consteval std::uint64_t golden(std::string_view model) {
  for (const golden_count& g : golden_counts) {
    if (g.model == model) return g.executions;
  }
  throw "golden_counts has no such model";
}

}  // namespace wyn::biased_models

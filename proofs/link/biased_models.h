// The biased deque's models, as the link to its proof replays them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/biased_deque/all_models.h"
#include "models/biased_deque/golden.h"
#include "proofs/link/biased_replay.h"
#include "proofs/link/deque_models.h"

namespace wyn::link {

/// The shipped deque, whose owner takes the bias back when three pops in a row found no thief: the
/// others' owners look at the count as soon as there is a second one.
struct patient_deque {
  template <class Item, class Env, class Orders>
  class type : public biased_deque<Item, Env, Orders, 2> {
   public:
    type(std::int64_t initial_capacity, std::int64_t max_capacity)
        : biased_deque<Item, Env, Orders, 2>(initial_capacity, max_capacity) {}
    using biased_deque<Item, Env, Orders, 2>::ask;
  };
};

/// A model's shape; its number of executions is the golden one.
struct biased_shape {
  consteval biased_shape(std::string_view model, number slots, int words_of_item = 1)
      : name(model),
        capacity(slots),
        words(words_of_item),
        executions(biased_models::golden(model)) {}

  std::string_view name;
  number capacity;
  int words;
  std::uint64_t executions;
};
inline constexpr biased_shape biased_shapes[] = {
    {"asked_again", 4},     {"asked_for_the_last", 4},    {"asked_for_the_oldest", 4},
    {"bias_taken_back", 8}, {"bounded_full", 2},          {"growth", 1},
    {"growth_then_pop", 1}, {"growth_two_thieves", 1},    {"last_item", 2},
    {"last_item_twice", 2}, {"multi_word", 1, 2},         {"never_empty", 2},
    {"oldest", 4},          {"oldest_then_push", 2},      {"pop_then_growth", 1},
    {"publication", 2},     {"publication_after_pop", 2}, {"shared_at_first", 8},
    {"sized_steal", 2},     {"three_items", 2},           {"two_items", 2},
    {"two_thieves", 2},     {"wrap_around", 1},           {"wrap_around_pop", 1},
};

struct biased_link {
  using machine = deque_biased::machine;
  using replay = biased_replay;
  static std::vector<step_row> steps() { return biased_steps(); }

  /// biased_models::all_models(), and one with a patient owner.
  static std::map<std::string, linked_model> models() {
    auto result = shaped(biased_models::all_models());
    using patient = biased_models::bias_taken_back<env_checker, biased_orders, patient_deque>;
    result["bias_taken_back_late"] = {model::check<patient>, 8, 1, 335};
    return result;
  }
  /// Those whose executions take minutes to replay.
  static std::map<std::string, linked_model> long_models() {
    return shaped(biased_models::long_models());
  }

  static std::vector<model::trace_order> trace_orders() { return fence_link::trace_orders(); }

 private:
  static std::map<std::string, linked_model> shaped(const models::model_set& all) {
    std::map<std::string, linked_model> result;
    for (const auto& [name, run] : all) {
      for (const biased_shape& s : biased_shapes) {
        if (name == s.name) result[name] = {run, s.capacity, s.words, s.executions};
      }  // the link's test looks for what is missing
    }
    return result;
  }
};

}  // namespace wyn::link

// The biased deque's models, as the link to its proof replays them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/biased_deque/all_models.h"
#include "models/biased_deque/asked_again.h"
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

namespace golden = biased_models::golden;

struct biased_shape {
  std::string_view name;
  number capacity;
  int words;
  std::uint64_t executions;  ///< the golden count
};
inline constexpr biased_shape biased_shapes[] = {
    {"asked_for_the_last", 4, 1, golden::asked_for_the_last},
    {"asked_for_the_oldest", 4, 1, golden::asked_for_the_oldest},
    {"bias_taken_back", 8, 1, golden::bias_taken_back},
    {"bounded_full", 2, 1, golden::bounded_full},
    {"growth", 1, 1, golden::growth},
    {"growth_then_pop", 1, 1, golden::growth_then_pop},
    {"growth_two_thieves", 1, 1, golden::growth_two_thieves},
    {"last_item", 2, 1, golden::last_item},
    {"multi_word", 1, 2, golden::multi_word},
    {"never_empty", 2, 1, golden::never_empty},
    {"oldest", 4, 1, golden::oldest},
    {"oldest_then_push", 2, 1, golden::oldest_then_push},
    {"publication", 2, 1, golden::publication},
    {"publication_after_pop", 2, 1, golden::publication_after_pop},
    {"two_items", 2, 1, golden::two_items},
    {"two_thieves", 2, 1, golden::two_thieves},
    {"wrap_around", 1, 1, golden::wrap_around},
};

struct biased_link {
  using machine = deque_biased::machine;
  using replay = biased_replay;
  static std::vector<step_row> steps() { return biased_steps(); }

  /// Those of models/biased_deque/all_models.h, and one with a patient owner.
  static std::map<std::string, linked_model> models() {
    std::map<std::string, linked_model> result;
    for (auto& [name, run] : biased_models::all_models()) {
      for (const biased_shape& s : biased_shapes) {
        if (name == s.name) result[name] = {run, s.capacity, s.words, s.executions};
      }  // the link's test counts the models
    }
    using patient = biased_models::bias_taken_back<env_checker, biased_orders, patient_deque>;
    result["bias_taken_back_late"] = {model::check<patient>, 8, 1, 335};
    return result;
  }
  /// Its executions take a minute to find, and more to replay.
  static linked_model long_model() {
    return {model::check<biased_models::shipped<biased_models::asked_again>>, 4, 1,
            golden::asked_again};
  }

  static std::vector<model::trace_order> trace_orders() { return fence_link::trace_orders(); }
};

}  // namespace wyn::link

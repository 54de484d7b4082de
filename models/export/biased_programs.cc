#include "core/deque/biased_orders.h"
#include "models/biased_deque/bias_taken_back.h"
#include "models/biased_deque/never_empty.h"
#include "models/biased_deque/oldest.h"
#include "models/biased_deque/oldest_then_push.h"
#include "models/biased_deque/shared_at_first.h"
#include "models/biased_deque/shipped.h"
#include "models/deque/bounded_full.h"
#include "models/deque/growth.h"
#include "models/deque/last_item.h"
#include "models/deque/multi_word.h"
#include "models/deque/publication.h"
#include "models/deque/publication_after_pop.h"
#include "models/deque/two_items.h"
#include "models/deque/wrap_around.h"
#include "models/export/env_export.h"
#include "models/export/other_programs.h"

namespace wyn::model_export {
namespace {

/// With full fences on both sides: C has no others. So the deque runs where there is no membarrier.
struct symmetric_biased_orders : biased_orders {
  static constexpr site<"DB7 pop.fence", order::seq_cst> pop_fence{};
  static constexpr site<"DB27 share.fence", order::seq_cst> share_fence{};
};

}  // namespace

std::vector<exported_program> biased_programs() {
  using namespace biased_models;  // NOLINT: the names of the models
  using namespace deque_models;   // NOLINT: likewise
  using e = env_export;
  using o = symmetric_biased_orders;
  using d = biased_models::shipped_deque;
  std::vector<exported_program> all;
  const auto program = [&](const char* part, const char* model, auto record) {
    all.push_back({"biased_deque", part, model, "biased_orders, with full fences", record});
  };
  program("biased_deque", "bias_taken_back", &record<bias_taken_back<e, o, d>>);
  program("biased_deque", "never_empty", &record<never_empty<e, o, d>>);
  program("biased_deque", "oldest", &record<biased_models::oldest<e, o, d>>);
  program("biased_deque", "oldest_then_push", &record<oldest_then_push<e, o, d>>);
  program("biased_deque", "shared_at_first", &record<shared_at_first<e, o, d>>);
  program("deque", "bounded_full", &record<bounded_full<e, o, d>>);
  program("deque", "growth", &record<growth<e, o, d>>);
  program("deque", "last_item", &record<last_item<e, o, d>>);
  program("deque", "multi_word", &record<multi_word<e, o, d>>);
  program("deque", "publication", &record<publication<e, o, d>>);
  program("deque", "publication_after_pop", &record<publication_after_pop<e, o, d>>);
  program("deque", "two_items", &record<two_items<e, o, d>>);
  program("deque", "wrap_around", &record<wrap_around<e, o, d>>);
  return all;
}

}  // namespace wyn::model_export

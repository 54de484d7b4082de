#include "models/export/deque_programs.h"

#include "models/deque/bounded_full.h"
#include "models/deque/growth.h"
#include "models/deque/growth_then_pop.h"
#include "models/deque/growth_two_thieves.h"
#include "models/deque/last_item.h"
#include "models/deque/last_item_twice.h"
#include "models/deque/multi_word.h"
#include "models/deque/pop_then_growth.h"
#include "models/deque/publication.h"
#include "models/deque/publication_after_pop.h"
#include "models/deque/three_items.h"
#include "models/deque/three_thieves.h"
#include "models/deque/two_items.h"
#include "models/deque/two_thieves.h"
#include "models/deque/wrap_around.h"
#include "models/deque/wrap_around_pop.h"
#include "models/export/env_export.h"

namespace wyn::model_export {

namespace {

template <class Orders>
void add(std::vector<exported_program>& all, const char* folder, const char* table) {
  using namespace deque_models;
  using e = env_export;
  const auto program = [&](const char* model, auto record) {
    all.push_back({folder, "deque", model, table, record});
  };
  program("bounded_full", &record<bounded_full<e, Orders>>);
  program("growth", &record<growth<e, Orders>>);
  program("growth_then_pop", &record<growth_then_pop<e, Orders>>);
  program("growth_two_thieves", &record<growth_two_thieves<e, Orders>>);
  program("last_item", &record<last_item<e, Orders>>);
  program("last_item_twice", &record<last_item_twice<e, Orders>>);
  program("multi_word", &record<multi_word<e, Orders>>);
  program("pop_then_growth", &record<pop_then_growth<e, Orders>>);
  program("publication", &record<publication<e, Orders>>);
  program("publication_after_pop", &record<publication_after_pop<e, Orders>>);
  program("three_items", &record<three_items<e, Orders>>);
  program("three_thieves", &record<three_thieves<e, Orders>>);
  program("two_items", &record<two_items<e, Orders>>);
  program("two_thieves", &record<two_thieves<e, Orders>>);
  program("wrap_around", &record<wrap_around<e, Orders>>);
  program("wrap_around_pop", &record<wrap_around_pop<e, Orders>>);
}

}  // namespace

std::vector<exported_program> deque_programs() {
  std::vector<exported_program> all;
  add<deque_fence_orders>(all, "deque_fence", "deque_fence_orders");
  add<deque_seq_cst_orders>(all, "deque_seq_cst", "deque_seq_cst_orders");
  return all;
}

}  // namespace wyn::model_export

#include "models/historical/catalogue.h"

#include "models/env/env_checker.h"
#include "models/historical/abp_deque.h"
#include "models/historical/batch_steal.h"
#include "models/historical/early_completion.h"
#include "models/historical/free_slots.h"
#include "models/historical/growth.h"
#include "models/historical/interrupted_sleeper.h"
#include "models/historical/last_item.h"
#include "models/historical/last_look.h"
#include "models/historical/missed_sleeper.h"
#include "models/historical/narrow_cursors.h"
#include "models/historical/narrow_epoch.h"
#include "models/historical/publication.h"
#include "models/historical/recycled_block.h"
#include "models/historical/semaphore.h"
#include "models/historical/slot_after_claim.h"
#include "models/historical/two_heads.h"
#include "models/historical/two_owners.h"
#include "models/historical/unsigned_indices.h"

namespace wyn::historical {
namespace {

using model::failure;
using enum model::memory_model;
using hidden = std::vector<hiding_model>;

template <template <class> class Bug>
historical_bug entry(const char* name, const char* header, const char* source, failure fails_as,
                     std::uint64_t repaired_executions, hidden hidden_by = {}) {
  return {name,
          header,
          source,
          fails_as,
          repaired_executions,
          hidden_by,
          model::program_of<typename Bug<env_checker>::bug>(),
          model::program_of<typename Bug<env_checker>::repaired>()};
}

std::vector<historical_bug> deques() {
  return {
      entry<reload_after_growth>("reload_after_growth", "growth.h", "listing of PPoPP'13",
                                 failure::assertion, 43),
      entry<array_without_release>("array_without_release", "growth.h",
                                   "errata of PPoPP'13; saturn#183", failure::data_race, 43),
      entry<unsigned_indices>("unsigned_indices", "unsigned_indices.h", "crossbeam PR#33",
                              failure::assertion, 42),
      entry<release_store_in_push>("release_store_in_push", "publication.h", "crossbeam RFC 26",
                                   failure::assertion, 7, {{rc11, 7}, {tso, 7}, {sc, 7}}),
      entry<no_fence_in_push>("no_fence_in_push", "publication.h", "ssbl/concurrent-deque#2",
                              failure::assertion, 2, {{tso, 2}, {sc, 2}}),
      entry<deque_slot_after_claim>("deque_slot_after_claim", "slot_after_claim.h",
                                    "charm++ #1345", failure::data_race, 10),
      entry<last_item_without_claim>("last_item_without_claim", "last_item.h",
                                     "wynlang/wyn c0d77f4", failure::assertion, 8),
      entry<no_seq_cst_fence_in_steal>("no_seq_cst_fence_in_steal", "last_item.h",
                                       "users of brpc, #432 and #2147", failure::assertion, 65,
                                       {{tso, 65}, {sc, 65}}),
      entry<two_owners>("two_owners", "two_owners.h", "wynlang/wyn eb79d9a", failure::assertion, 1),
      entry<abp_without_fence>("abp_without_fence", "abp_deque.h", "parlaylib, ParlayANN#44",
                               failure::assertion, 62, {{tso, 62}, {sc, 62}}),
      entry<abp_tag_not_advanced>("abp_tag_not_advanced", "abp_deque.h",
                                  "parlaylib, ParlayANN#44", failure::assertion, 448),
  };
}

std::vector<historical_bug> batches_and_rings() {
  return {
      entry<batch_in_one_claim>("batch_in_one_claim", "batch_steal.h", "crossbeam PR#148",
                                failure::assertion, 30),
      entry<batch_from_one_array>("batch_from_one_array", "batch_steal.h",
                                  "crossbeam-deque, CVE-2021-32810", failure::assertion, 112),
      entry<recycled_block>("recycled_block", "recycled_block.h", "stdexec #1755, PR#1752, #1967",
                            failure::assertion, 9),
      entry<ring_slot_after_claim>("ring_slot_after_claim", "slot_after_claim.h",
                                   "wynlang/wyn c0d77f4", failure::data_race, 229),
      entry<head_wraps>("head_wraps", "narrow_cursors.h", "tokio #5041", failure::assertion, 14),
      entry<full_looks_empty>("full_looks_empty", "narrow_cursors.h", "tokio #2315",
                              failure::assertion, 4),
      entry<claimed_slot_overwritten>("claimed_slot_overwritten", "two_heads.h", "tokio #2387",
                                      failure::data_race, 3),
  };
}

std::vector<historical_bug> sleeping() {
  constexpr failure lost = failure::lost_wakeup;
  return {
      entry<no_fence_on_either_side>("no_fence_on_either_side", "missed_sleeper.h",
                                     "enkiTS #91, silk PR#76, libc++ #109290, ...", lost, 6,
                                     {{sc, 6}}),
      entry<acq_rel_notify>("acq_rel_notify", "missed_sleeper.h", "oneTBB PR#2136", lost, 6,
                            {{tso, 6}, {sc, 6}}),
      entry<seq_cst_load_alone>("seq_cst_load_alone", "missed_sleeper.h", "tokio PR#1788", lost, 6,
                                {{sc, 6}}),
      entry<acq_rel_latch>("acq_rel_latch", "missed_sleeper.h", "rayon PR#1297", lost, 6,
                           {{tso, 6}, {sc, 6}}),
      entry<a_source_not_looked_at>("a_source_not_looked_at", "last_look.h", "rayon PR#992", lost,
                                    6),
      entry<look_before_announcement>("look_before_announcement", "last_look.h", "libc++ #77659",
                                      lost, 6),
      entry<look_before_search_ends>("look_before_search_ends", "last_look.h", "Go #45867", lost,
                                     149),
      entry<notified_at_zero_only>("notified_at_zero_only", "semaphore.h", "libc++ #46357, #77659",
                                   lost, 19092),
      entry<wakes_beside_its_interrupter>("wakes_beside_its_interrupter", "interrupted_sleeper.h",
                                          "cats-effect #4448, PR#4449", failure::assertion, 7),
      entry<epoch_wraps>("epoch_wraps", "narrow_epoch.h", "the kind of Taskflow PR#560", lost, 14),
  };
}

std::vector<historical_bug> slots_and_counts() {
  return {
      entry<free_list_aba>("free_list_aba", "free_slots.h", "wynlang/wyn eb79d9a",
                           failure::assertion, 18),
      entry<slots_in_turn>("slots_in_turn", "free_slots.h", "wynlang/wyn eb79d9a",
                           failure::assertion, 86),
      entry<wait_for_queued_only>("wait_for_queued_only", "early_completion.h",
                                  "wynlang/wyn eb79d9a", failure::data_race, 1),
  };
}

}  // namespace

const hiding_model* historical_bug::hidden_under(model::memory_model m) const {
  for (const hiding_model& h : hidden_by) {
    if (h.model == m) return &h;
  }
  return nullptr;
}

const std::vector<historical_bug>& catalogue() {
  static const std::vector<historical_bug> all = [] {
    std::vector<historical_bug> list;
    for (const auto& part : {deques(), batches_and_rings(), sleeping(), slots_and_counts()}) {
      list.insert(list.end(), part.begin(), part.end());
    }
    return list;
  }();
  return all;
}

}  // namespace wyn::historical

// Hazard pointers, checked as they are, under a stack that deletes its nodes: no node is read after
// its deletion, none is lost. Without the seq_cst fence between the announcement and the second
// look, or the one before the scan, a thread reads what another deletes. Less known: an
// announcement replaces the one before it, so it is a release like clear(), or what was read
// through the older one need not have been read when the scan finds the newer.
#include <atomic>
#include <vector>

#include "models/check/std/as_std.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace checked {
namespace std = wyn::as_std;
#include "examples/checker/textbook/hazard_pointers.h"
}  // namespace checked

namespace std_ = wyn::check;
using std_::with_new;
using wyn::order;

// Two items; both threads take one.
struct two_pop {
  static constexpr int threads = 2;

  checked::hazard_stack<std_::var<int>, 2> stack;
  int taken[2] = {};

  void before() {
    stack.push(1);
    stack.push(2);
  }
  void thread(int id) {
    std_::var<int> item;
    std_::require(stack.pop(id, item), "one each");
    taken[id] = item;
  }
  void after() { std_::require(taken[0] + taken[1] == 3, "each item once"); }
};

MODEL_TEST(HazardPointers, NoNodeIsReadAfterItsDeletion, (with_new<two_pop>), executions(26),
           {.check_leaks = true});
MODEL_TEST_FAILS(HazardPointers, AnAnnouncementWithoutAFenceIsTooLate, (with_new<two_pop>),
                 failure::use_after_free,
                 {.overrides = {{"hazard_pointers.h:32", order::acq_rel}}});
MODEL_TEST_FAILS(HazardPointers, AScanWithoutAFenceIsTooEarly, (with_new<two_pop>),
                 failure::use_after_free,
                 {.overrides = {{"hazard_pointers.h:43", order::acq_rel}}});
MODEL_TEST_FAILS(HazardPointers, ARelaxedAnnouncementHidesTheOneBefore, (with_new<two_pop>),
                 failure::use_after_free,
                 {.overrides = {{"hazard_pointers.h:29", order::relaxed}}});

}  // namespace

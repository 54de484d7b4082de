// Double-checked locking, checked as it is: the lock is taken only by those who find nothing.
//
// Who finds the pointer takes no lock, so the lock orders nothing for it: the pointer itself must
// be published and acquired. The second look, under the lock, may be relaxed.
#include <atomic>
#include <mutex>

#include "models/check/std/as_std.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace checked {
namespace std = wyn::as_std;
#include "examples/checker/textbook/double_checked.h"
}  // namespace checked

namespace std_ = wyn::check;
using std_::with_new;
using wyn::order;

struct settings {
  std_::var<int> size{42};
};
struct make_settings {
  settings* operator()() const { return new settings; }
};

struct two_users {
  static constexpr int threads = 2;

  checked::made_once<settings, make_settings> shared;
  settings* seen[2] = {};

  void thread(int id) {
    seen[id] = &shared.get();
    std_::require(seen[id]->size == 42, "it is whole");
  }
  void after() { std_::require(seen[0] == seen[1], "it is made once"); }
};

MODEL_TEST(DoubleChecked, MakesOneAndPublishesIt, (with_new<two_users>), executions(4),
           {.check_leaks = true});
MODEL_TEST_FAILS(DoubleChecked, ARelaxedFirstLookSeesHalfOfIt, (with_new<two_users>),
                 failure::data_race, {.overrides = {{"double_checked.h:13", order::relaxed}}});
MODEL_TEST_FAILS(DoubleChecked, ARelaxedStoreDoesNotPublishIt, (with_new<two_users>),
                 failure::data_race, {.overrides = {{"double_checked.h:19", order::relaxed}}});

}  // namespace

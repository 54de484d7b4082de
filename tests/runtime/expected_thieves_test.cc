// Whether the deques of a runtime begin shared with thieves, by its number of workers.
#include "core/runtime/expected_thieves.h"

#include <atomic>
#include <cstdint>

#include "core/runtime/binding.h"
#include "core/runtime/participant.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

using deque = biased_deque<work_item>;

struct opened : deque {
  static bool is_shared(const deque& d) {
    return biased_top::is_shared((d.*&opened::top_).load(biased_orders::steal_load_top));
  }
};

// Of the calling thread, which takes part in one runtime.
bool own_deque_is_shared() { return opened::is_shared(detail::current_binding.self->deque()); }

struct answers {
  bool worker, foreign;
};

// In a runtime that has run one task, so that nobody has stolen anything, or popped often.
answers at_first(unsigned workers) {
  runtime rt(with_workers(workers));
  std::atomic<bool> worker{false}, done{false};
  rt.spawn([&] {
    worker = own_deque_is_shared();
    done = true;
  });
  spin_until_set(done);
  return {worker, own_deque_is_shared()};
}

TEST(DequesOfARuntime, BeginSharedWithTwoWorkersAndMore) {
  for (const unsigned workers : {2u, 3u, 8u, 96u}) {
    const answers a = at_first(workers);
    EXPECT_TRUE(a.worker) << workers;
    EXPECT_TRUE(a.foreign) << workers;
  }
}

TEST(DequesOfARuntime, BeginBiasedWithOneWorker) {
  const answers a = at_first(1);
  EXPECT_FALSE(a.worker);
  EXPECT_FALSE(a.foreign);
}

TEST(DequesOfARuntime, BeginBiasedWithoutWorkers) {
  runtime rt(with_workers(0));
  rt.spawn([] {});
  EXPECT_FALSE(own_deque_is_shared());
}

}  // namespace
}  // namespace wyn::tests

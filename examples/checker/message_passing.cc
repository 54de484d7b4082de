// Message passing: plain data is handed over through a flag.
//
// The store must be a release and the load an acquire: only then does writing the message happen
// before reading it. The broken one survives most tests on x86, which keeps stores in order.
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;

template <std::memory_order Publish>
struct message_passing {
  static constexpr int threads = 2;

  std_::var<int> message;
  std_::atomic<bool> ready{false};

  void thread(int id) {
    if (id == 0) {
      message = 42;
      ready.store(true, Publish);
    } else if (ready.load(std_::memory_order_acquire)) {
      std_::require(message == 42, "the message is whole");
    }
  }
};

MODEL_TEST(MessagePassing, AReleaseStorePublishes, (message_passing<std::memory_order_release>),
           executions(2));
MODEL_TEST_FAILS(MessagePassing, ARelaxedStoreDoesNot,
                 (message_passing<std::memory_order_relaxed>), failure::data_race);

}  // namespace

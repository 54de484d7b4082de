// A queue whose text is not ours, checked as it is: michael_scott_queue.h is included under an
// alias of std, with_new stands behind its new, and a line number names the order to weaken.
#include <atomic>

#include "models/check/std/as_std.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace checked {
namespace std = wyn::as_std;
#include "examples/checker/textbook/michael_scott_queue.h"
}  // namespace checked

namespace std_ = wyn::check;
using std_::with_new;
using wyn::order;

// Each thread puts a message in; the second takes one out.
struct two_messages {
  static constexpr int threads = 2;

  checked::michael_scott_queue queue;
  std_::var<int> messages[2];
  int taken[2] = {};

  void take() {
    auto* message = static_cast<std_::var<int>*>(queue.dequeue());
    std_::require(message != nullptr, "what was put in comes out");
    const int id = *message - 1;
    ++taken[id];
    *message = 0;
  }
  void thread(int id) {
    messages[id] = id + 1;
    queue.enqueue(&messages[id]);
    if (id == 1) take();
  }
  void after() {
    take();
    std_::require(taken[0] == 1 && taken[1] == 1, "each once");
    std_::require(queue.dequeue() == nullptr, "then it is empty");
  }
};

MODEL_TEST(MichaelScottQueue, HandsOverEachMessage, (with_new<two_messages>), executions(22),
           {.check_leaks = true});
MODEL_TEST_FAILS(MichaelScottQueue, ARelaxedLinkDoesNotPublish, (with_new<two_messages>),
                 failure::data_race,
                 {.overrides = {{"michael_scott_queue.h:29", order::relaxed}}});
// The second thread knows of nothing but what it takes out.
struct one_message {
  static constexpr int threads = 2;

  checked::michael_scott_queue queue;
  std_::var<int> message;

  void thread(int id) {
    if (id == 0) {
      message = 42;
      queue.enqueue(&message);
    } else if (void* taken = queue.dequeue()) {
      std_::require(*static_cast<std_::var<int>*>(taken) == 42, "the message is whole");
    }
  }
};

MODEL_TEST(MichaelScottQueue, PublishesAMessage, (with_new<one_message>), executions(4),
           {.check_leaks = true});
MODEL_TEST_FAILS(MichaelScottQueue, ARelaxedLoadOfTheLinkDoesNotAcquire, (with_new<one_message>),
                 failure::data_race, {.overrides = {{"michael_scott_queue.h:43", order::relaxed}}});

}  // namespace

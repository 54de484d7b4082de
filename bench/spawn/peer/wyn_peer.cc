// The runtime of this repository.
#include <memory>
#include <optional>
#include <string>

#include "bench/spawn/peer/peer.h"
#include "core/capi/wyn.h"
#include "core/runtime/runtime.h"

namespace {

using wyn::bench::job;
using wyn::bench::task_function;
using wyn::bench::task_kind;

// Repetitions up to this size queue every task. In larger ones options::max_queued is made a bound:
// memory must not depend on how many tasks somebody spawns in one go.
constexpr std::size_t most_queued = std::size_t{1} << 22;

class wyn_peer : public wyn::bench::peer {
 public:
  std::string name() const override { return "wyn"; }
  std::string version() const override {
    return std::to_string(WYN_VERSION_MAJOR) + "." + std::to_string(WYN_VERSION_MINOR) + "." +
           std::to_string(WYN_VERSION_PATCH);
  }
  bool offers(task_kind) const override { return true; }

  void inside(const wyn::bench::setup& how, const std::function<void()>& body) override {
    wyn::options o;
    o.workers = static_cast<unsigned>(how.workers - 1);
    if (how.tasks > most_queued) {
      o.on_full = wyn::full_policy::run_inline;
    }
    runtime_.emplace(o);
    body();
    runtime_.reset();
  }

  void run(const job& work) override {
    switch (work.kind) {
      case task_kind::from_task: runtime_->spawn([this, &work] { spawn_marks(work); }); break;
      case task_kind::closure: spawn_closures(work); break;
      case task_kind::unique_ptr: spawn_unique_ptrs(work); break;
      case task_kind::string: spawn_strings(work); break;
      default: spawn_marks(work);
    }
    if (work.spawned) work.spawned();
    runtime_->wait_idle();
  }

 private:
  // With copies: what others might change would be read again for each spawn.
  void spawn_marks(const job& work) {
    wyn::runtime& runtime = *runtime_;
    const task_function function = work.function;
    std::uint8_t* const first = work.bytes;
    const std::size_t count = work.count;
    for (std::size_t i = 0; i < count; ++i) runtime.spawn_raw(function, first + i);
  }

  void spawn_closures(const job& work) {
    wyn::runtime& runtime = *runtime_;
    const task_function function = work.function;
    std::uint8_t* const first = work.bytes;
    const std::size_t count = work.count;
    for (std::size_t i = 0; i < count; ++i) {
      runtime.spawn([function, first, i] { function(first + i); });
    }
  }

  // What is owned is made in the timed loop too, as a caller's would be.
  void spawn_unique_ptrs(const job& work) {
    const task_function function = work.function;
    for (std::size_t i = 0; i < work.count; ++i) {
      auto owned = std::make_unique<std::uint8_t*>(work.bytes + i);
      runtime_->spawn([function, p = std::move(owned)] { function(*p); });
    }
  }

  // Short enough to be stored in the string itself: the string then points into itself.
  void spawn_strings(const job& work) {
    const task_function function = work.function;
    for (std::size_t i = 0; i < work.count; ++i) {
      runtime_->spawn([function, byte = work.bytes + i, text = std::string("eleven char")] {
        if (text.size() == 11) function(byte);
      });
    }
  }

  std::optional<wyn::runtime> runtime_;
};

}  // namespace

int main(int argc, char** argv) {
  wyn_peer system;
  return wyn::bench::peer_main(argc, argv, system);
}

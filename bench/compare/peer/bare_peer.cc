// No runtime: the same code in one thread, and k threads that the kernel wakes.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"
#include "bench/compare/workload/serial.h"

namespace {

using namespace wyn::bench::compare;

// k threads that sleep in one futex; a call wakes one of them.
class futex_threads {
 public:
  explicit futex_threads(int k) {
    for (int i = 0; i < k; ++i) threads_.emplace_back([this] { work(); });
  }
  ~futex_threads() {
    function_ = nullptr;
    hand_out(static_cast<std::uint32_t>(threads_.size()));
    for (std::thread& t : threads_) t.join();
  }
  // Not before the call before has begun.
  void call(task_function f, void* argument) {
    function_ = f;
    argument_ = argument;
    hand_out(1);
  }

 private:
  void hand_out(std::uint32_t calls) {
    calls_.fetch_add(calls);
    syscall(SYS_futex, &calls_, FUTEX_WAKE_PRIVATE, calls, nullptr, nullptr, 0);
  }
  void take() {
    for (std::uint32_t calls = calls_.load();;) {
      if (calls == 0) {
        syscall(SYS_futex, &calls_, FUTEX_WAIT_PRIVATE, 0, nullptr, nullptr, 0);
        calls = calls_.load();
      } else if (calls_.compare_exchange_weak(calls, calls - 1)) {
        return;
      }
    }
  }
  void work() {
    for (;;) {
      take();
      if (function_ == nullptr) return;
      function_(argument_);
    }
  }

  std::atomic<std::uint32_t> calls_{0};  // that no thread has taken
  task_function function_ = nullptr;
  void* argument_ = nullptr;
  std::vector<std::thread> threads_;
};

class bare_peer : public peer {
 public:
  std::string name() const override { return "no runtime"; }
  std::string version() const override { return "gcc " __VERSION__; }
  std::vector<offer> offers() override {
    std::vector<offer> all = offers_of(system_);
    const auto call = [this](task_function f, void* argument) { threads_->call(f, argument); };
    all.push_back({"wake", [call](const request&) { return waking(call); }});
    all.push_back({"idle", [call](const request& r) { return idling(r.size, call); }});
    return all;
  }
  void inside(const request& r, const std::function<void()>& body) override {
    if (is_outside(r)) threads_.emplace(r.workers);
    body();
    threads_.reset();
  }

 private:
  serial_system system_;
  std::optional<futex_threads> threads_;
};

}  // namespace

int main(int argc, char** argv) {
  bare_peer system;
  return compare_main(argc, argv, system);
}

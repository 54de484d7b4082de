// No runtime: the same code in one thread, and a thread that the kernel wakes.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <optional>
#include <thread>

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"
#include "bench/compare/workload/serial.h"

namespace {

using namespace wyn::bench::compare;

// A thread that sleeps in a futex until it is handed a call.
class futex_thread {
 public:
  futex_thread() : thread_([this] { work(); }) {}
  ~futex_thread() {
    call(nullptr, nullptr);
    thread_.join();
  }
  void call(task_function f, void* argument) {
    function_ = f;
    argument_ = argument;
    number_.fetch_add(1);
    syscall(SYS_futex, &number_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
  }

 private:
  void work() {
    for (std::uint32_t seen = 0;; ++seen) {
      while (number_.load() == seen) {
        syscall(SYS_futex, &number_, FUTEX_WAIT_PRIVATE, seen, nullptr, nullptr, 0);
      }
      if (function_ == nullptr) return;
      function_(argument_);
    }
  }

  std::atomic<std::uint32_t> number_{0};
  task_function function_ = nullptr;
  void* argument_ = nullptr;
  std::thread thread_;
};

class bare_peer : public peer {
 public:
  std::string name() const override { return "no runtime"; }
  std::string version() const override { return "gcc " __VERSION__; }
  std::vector<offer> offers() override {
    std::vector<offer> all = offers_of(system_);
    const auto call = [this](task_function f, void* argument) { thread_->call(f, argument); };
    all.push_back({"wake", [call](const request&) { return waking(call); }});
    all.push_back({"idle", [call](const request& r) { return idling(r.size, call); }});
    return all;
  }
  void inside(const request& r, const std::function<void()>& body) override {
    if (is_outside(r)) thread_.emplace();
    body();
    thread_.reset();
  }

 private:
  serial_system system_;
  std::optional<futex_thread> thread_;
};

}  // namespace

int main(int argc, char** argv) {
  bare_peer system;
  return compare_main(argc, argv, system);
}

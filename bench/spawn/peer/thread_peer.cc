// A thread a task, by std::thread or std::async: what the language itself offers.
#include <future>
#include <system_error>
#include <thread>
#include <vector>

#include "bench/harness/processors.h"
#include "bench/spawn/peer/peer.h"

namespace {

#if defined(WYN_BENCH_ASYNC)
constexpr const char* peer_name = "std::async";
using handle = std::future<void>;
handle start(wyn::bench::task_function function, void* argument) {
  return std::async(std::launch::async, function, argument);
}
void finish(handle& h) { h.get(); }
#else
constexpr const char* peer_name = "std::thread";
using handle = std::thread;
handle start(wyn::bench::task_function function, void* argument) {
  return std::thread(function, argument);
}
void finish(handle& h) { h.join(); }
#endif

class thread_peer : public wyn::bench::peer {
 public:
  std::string name() const override { return peer_name; }
  std::string version() const override { return "gcc " __VERSION__; }
  bool offers(wyn::bench::task_kind kind) const override {
    return kind == wyn::bench::task_kind::mark || kind == wyn::bench::task_kind::empty;
  }

  void inside(const wyn::bench::setup& how, const std::function<void()>& body) override {
    // Nothing limits how many of the threads run at once but the processors they may use.
    wyn::bench::restrict_to(how.workers);
    body();
  }

  void run(const wyn::bench::job& work) override {
    std::vector<handle> running;
    running.reserve(work.count);
    for (std::size_t i = 0; i < work.count; ++i) {
      running.push_back(started(work.function, work.bytes + i, running));
    }
    for (handle& h : running) finish(h);
  }

 private:
  // Where the system refuses another thread, those that are there are waited for first.
  static handle started(wyn::bench::task_function function, void* argument,
                        std::vector<handle>& running) {
    try {
      return start(function, argument);
    } catch (const std::system_error&) {
      if (running.empty()) throw;
      for (handle& h : running) finish(h);
      running.clear();
      return start(function, argument);
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  thread_peer system;
  return wyn::bench::peer_main(argc, argv, system);
}

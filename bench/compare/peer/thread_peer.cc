// std::async: a thread a task, what the language itself offers. Nothing limits how many of the
// threads run at once but the processors that they may use.
#include <future>
#include <system_error>
#include <vector>

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"
#include "bench/harness/processors.h"

namespace {

using namespace wyn::bench::compare;

class thread_peer : public peer {
 public:
  std::string name() const override { return "std::async"; }
  std::string version() const override { return "gcc " __VERSION__; }
  std::vector<offer> offers() override { return offers_of(*this); }

  void inside(const request& r, const std::function<void()>& body) override {
    wyn::bench::restrict_to(r.workers);
    body();
  }

  template <class F, class G>
  void fork(F&& f, G&& g) {
    auto other = std::async(std::launch::async, std::ref(f));
    g();
    other.get();
  }
  // Where the system refuses another thread, those that are there are waited for first.
  void spawn_each(const batch& b) {
    std::vector<std::future<void>> running;
    running.reserve(b.count);
    for (std::size_t i = 0; i < b.count; ++i) {
      try {
        running.push_back(std::async(std::launch::async, b.function, b.argument(i)));
      } catch (const std::system_error&) {
        if (running.empty()) throw;
        running.clear();
        --i;
      }
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  thread_peer system;
  return compare_main(argc, argv, system);
}

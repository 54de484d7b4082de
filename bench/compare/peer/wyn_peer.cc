// The runtime of this repository: fork_join and what is built on it.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"
#include "bench/compare/workload/outside.h"
#include "core/capi/wyn.h"
#include "core/runtime/parallel.h"
#include "core/runtime/parallel_sort.h"
#include "core/runtime/runtime.h"

namespace {

using namespace wyn::bench::compare;

class wyn_peer : public peer {
 public:
  static constexpr bool queues_every_task = true;

  std::string name() const override { return "wyn"; }
  std::string version() const override {
    return std::to_string(WYN_VERSION_MAJOR) + "." + std::to_string(WYN_VERSION_MINOR) + "." +
           std::to_string(WYN_VERSION_PATCH);
  }
  std::vector<offer> offers() override { return offers_of(*this); }

  void inside(const request& r, const std::function<void()>& body) override {
    wyn::options o;
    o.workers = static_cast<unsigned>(is_outside(r) ? r.workers : r.workers - 1);
    runtime_.emplace(o);
    body();
    runtime_.reset();
  }

  template <class F, class G>
  auto both(F&& f, G&& g) {
    return runtime_->fork_join(std::forward<F>(f), std::forward<G>(g));
  }
  template <class F, class G>
  void fork(F&& f, G&& g) {
    runtime_->fork_join(std::forward<F>(f), std::forward<G>(g));
  }
  template <class F>
  std::uint64_t sum(std::size_t n, const F& f) {
    return wyn::parallel_reduce(*runtime_, std::size_t{0}, n, std::uint64_t{0}, f, std::plus<>{},
                                1);
  }
  template <class Body>
  void loop(std::size_t n, std::size_t grain, const Body& body) {
    wyn::parallel_for_pieces(*runtime_, std::size_t{0}, n, body, grain);
  }
  void own_sort(std::uint64_t* first, std::uint64_t* last) {
    wyn::parallel_sort(*runtime_, first, last);
  }
  void spawn_each(const batch& b) {
    spawn_all(b);
    b.all_spawned();
    runtime_->wait_idle();
  }
  void spawn_inside(const batch& b) {
    runtime_->spawn([this, &b] { spawn_all(b); });
    runtime_->wait_idle();
  }
  void spawn_foreign(task_function f, void* argument) { runtime_->spawn_raw(f, argument); }

 private:
  // With copies: what others might change would be read again for each spawn.
  void spawn_all(const batch& b) {
    wyn::runtime& runtime = *runtime_;
    const task_function function = b.function;
    char* const first = b.first;
    const std::size_t stride = b.stride;
    const std::size_t count = b.count;
    for (std::size_t i = 0; i < count; ++i) runtime.spawn_raw(function, first + i * stride);
  }

  std::optional<wyn::runtime> runtime_;
};

}  // namespace

int main(int argc, char** argv) {
  wyn_peer system;
  return compare_main(argc, argv, system);
}

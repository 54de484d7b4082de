// Boost.Fiber: a fiber a task, on k threads that steal from each other, joined one by one.
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/fixedsize_stack.hpp>

#include <string>
#include <vector>

#include "bench/harness/fiber_threads.h"
#include "bench/spawn/peer/peer.h"

namespace {

namespace fibers = boost::fibers;

class fiber_peer : public wyn::bench::peer {
 public:
  std::string name() const override { return "Boost.Fiber"; }
  std::string version() const override { return wyn::bench::boost_version(); }

  void inside(const wyn::bench::setup& how, const std::function<void()>& body) override {
    wyn::bench::on_fiber_threads(how.workers, body);
  }

  // post, Boost's default: the fiber is queued, where others may steal it.
  void run(const wyn::bench::job& work) override {
    std::vector<fibers::fiber> running;
    running.reserve(work.count);
    for (std::size_t i = 0; i < work.count; ++i) {
      running.emplace_back(fibers::launch::post, std::allocator_arg, stacks_, work.function,
                           work.bytes + i);
    }
    if (work.spawned) work.spawned();
    for (fibers::fiber& f : running) f.join();
  }

 private:
  // A task needs little of it; what no fiber touches takes no memory.
  fibers::fixedsize_stack stacks_{std::size_t{16} * 1024};
};

}  // namespace

int main(int argc, char** argv) {
  fiber_peer system;
  return wyn::bench::peer_main(argc, argv, system);
}

// oneTBB: task_group in an arena of k threads.
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#include <tbb/version.h>

#include "bench/spawn/peer/peer.h"

namespace {

class tbb_peer : public wyn::bench::peer {
 public:
  std::string name() const override { return "oneTBB"; }
  std::string version() const override { return TBB_VERSION_STRING; }

  void inside(const wyn::bench::setup& how, const std::function<void()>& body) override {
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, how.workers);
    tbb::task_arena arena(how.workers);
    arena.execute([&] { body(); });
  }

  void run(const wyn::bench::job& work) override {
    tbb::task_group group;
    for (std::size_t i = 0; i < work.count; ++i) {
      group.run([function = work.function, byte = work.bytes + i] { function(byte); });
    }
    if (work.spawned) work.spawned();
    group.wait();
  }
};

}  // namespace

int main(int argc, char** argv) {
  tbb_peer system;
  return wyn::bench::peer_main(argc, argv, system);
}

// A system with a fault, chosen by the environment: what the benchmark must notice.
#include <stdlib.h>
#include <unistd.h>

#include <string>

#include "bench/spawn/peer/peer.h"

namespace {

class faulty_peer : public wyn::bench::peer {
 public:
  std::string name() const override { return "faulty"; }
  std::string version() const override { return "0"; }
  void inside(const wyn::bench::setup&, const std::function<void()>& body) override { body(); }

  void run(const wyn::bench::job& work) override {
    const char* variable = getenv("FAULT");
    const std::string fault = variable == nullptr ? "" : variable;
    if (fault == "crashes") abort();
    if (fault == "hangs") pause();
    for (std::size_t i = 0; i < work.count; ++i) {
      if (fault == "loses one" && i == work.count / 2) continue;
      work.function(work.bytes + i);
    }
    if (fault == "runs one twice") work.function(work.bytes);
    if (work.spawned) work.spawned();
  }
};

}  // namespace

int main(int argc, char** argv) {
  faulty_peer system;
  return wyn::bench::peer_main(argc, argv, system);
}

// No runtime: the same code in one thread, as a baseline.
#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"
#include "bench/compare/workload/serial.h"

namespace {

using namespace wyn::bench::compare;

class serial_peer : public peer {
 public:
  std::string name() const override { return "serial"; }
  std::string version() const override { return "gcc " __VERSION__; }
  std::vector<offer> offers() override { return offers_of(system_); }
  void inside(const request&, const std::function<void()>& body) override { body(); }

 private:
  serial_system system_;
};

}  // namespace

int main(int argc, char** argv) {
  serial_peer system;
  return compare_main(argc, argv, system);
}

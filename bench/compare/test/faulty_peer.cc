// A system with a fault, chosen by the environment: what the comparison must notice.
#include <stdlib.h>
#include <unistd.h>

#include <string>

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"
#include "bench/compare/workload/serial.h"

namespace {

using namespace wyn::bench::compare;

std::string fault() {
  const char* variable = getenv("FAULT");
  return variable == nullptr ? "" : variable;
}

class faulty_peer : public peer {
 public:
  std::string name() const override { return "faulty"; }
  std::string version() const override { return "0"; }
  std::vector<offer> offers() override {
    if (fault() == "cannot list") abort();
    return offers_of(*this);
  }
  void inside(const request& r, const std::function<void()>& body) override {
    body();
    if (fault() == "does not answer") exit(0);
    if (fault() == "does something else") const_cast<request&>(r).size += 1;
  }

  template <class F, class G>
  auto both(F&& f, G&& g) {
    return serial_.both(f, g);
  }
  template <class F>
  std::uint64_t sum(std::size_t n, const F& f) {
    if (fault() == "crashes") abort();
    if (fault() == "hangs") pause();
    return serial_.sum(fault() == "forgets a child" ? n - 1 : n, f);
  }
  void spawn_each(const batch& b) {
    for (std::size_t i = 0; i < b.count; ++i) {
      if (fault() == "loses a task" && i == b.count / 2) continue;
      b.function(b.argument(i));
    }
    if (fault() == "runs a task twice") b.function(b.argument(0));
  }

 private:
  serial_system serial_;
};

}  // namespace

int main(int argc, char** argv) {
  faulty_peer system;
  return compare_main(argc, argv, system);
}

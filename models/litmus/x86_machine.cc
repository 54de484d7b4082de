#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "models/litmus/interleaving.h"
#include "models/litmus/membarrier_reference.h"

namespace wyn::litmus {

namespace {

class x86_memory {
 public:
  explicit x86_memory(const program& p)
      : values_(static_cast<std::size_t>(p.locations), 0), buffers_(p.threads.size()) {
    if (!p.initial.empty()) values_ = p.initial;
  }

  template <class F>
  void access(int thread, const op& o, int operand, int expected, F then) const {
    x86_memory after = *this;
    std::deque<store>& buffer = after.buffers_[static_cast<std::size_t>(thread)];
    int& value = after.values_[static_cast<std::size_t>(o.location)];
    if (o.kind == op_kind::load) {
      for (const store& s : buffer) {
        if (s.location == o.location) value = s.value;  // the newest of its own, if there is one
      }
      const int found = value;
      return then(*this, found);
    }
    if (o.kind == op_kind::store && o.success != order::seq_cst) {
      buffer.push_back({o.location, operand});
      return then(std::move(after), 0);
    }
    if (!buffer.empty()) return;  // locked, so it waits for them
    const int found = value;
    const bool fails = o.kind == op_kind::compare_exchange && found != expected;
    if (!fails) value = written_by(o.kind, found, operand);
    then(std::move(after), found);
  }

  template <class F>
  void internal_steps(F then) const {
    for (std::size_t t = 0; t < buffers_.size(); ++t) {
      if (buffers_[t].empty()) continue;
      x86_memory after = *this;
      const store s = after.buffers_[t].front();
      after.buffers_[t].pop_front();
      after.values_[static_cast<std::size_t>(s.location)] = s.value;
      then(std::move(after));
    }
  }

  bool fence(int thread, order o) const {
    return o != order::seq_cst || buffers_[static_cast<std::size_t>(thread)].empty();
  }

  bool at_rest() const {
    for (const std::deque<store>& b : buffers_) {
      if (!b.empty()) return false;
    }
    return true;
  }

  int final_value(int location) const { return values_[static_cast<std::size_t>(location)]; }

  void encode(std::string& text) const {
    for (const int v : values_) text += std::to_string(v) + ",";
    for (const std::deque<store>& b : buffers_) {
      text += "|";
      for (const store& s : b) {
        text += std::to_string(s.location) + "=" + std::to_string(s.value) + ",";
      }
    }
  }

 private:
  struct store {
    int location;
    int value;
  };

  std::vector<int> values_;
  std::vector<std::deque<store>> buffers_;
};

}  // namespace

std::set<state> outcomes_of_x86(const program& p, interrupts i) {
  return interleaving<x86_memory>(p, i == interrupts::delivered).run();
}

}  // namespace wyn::litmus

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/litmus/interleaving.h"
#include "models/litmus/membarrier_reference.h"

namespace wyn::litmus {

namespace {

// A place in the modification order of each location.
using places = std::vector<int>;

void join(places& into, const places& from) {
  for (std::size_t l = 0; l < into.size(); ++l) into[l] = std::max(into[l], from[l]);
}

struct message {
  int value = 0;
  places view;            ///< what a reader that acquires it gets to know
  bool attached = false;  ///< by a read-modify-write that found the message before it
};

struct knowledge {
  places current;   ///< of the thread
  places acquired;  ///< after an acquire fence
  places released;  ///< at the last release fence: what its relaxed writes pass on
};

class view_memory {
 public:
  explicit view_memory(const program& p) : id_(p.id) {
    const auto locations = static_cast<std::size_t>(p.locations);
    const places none(locations, 0);
    for (std::size_t l = 0; l < locations; ++l) {
      messages_.push_back({{p.initial.empty() ? 0 : p.initial[l], none, false}});
    }
    threads_.assign(p.threads.size(), {none, none, none});
    fences_ = none;
  }

  template <class F>
  void access(int thread, const op& o, int operand, int expected, F then) const {
    const bool failure_may_be = o.kind == op_kind::compare_exchange;
    if (o.success == order::seq_cst || (failure_may_be && o.failure == order::seq_cst)) {
      throw std::invalid_argument(id_ + ": seq_cst accesses on the machine of views");
    }
    const auto t = static_cast<std::size_t>(thread);
    const auto l = static_cast<std::size_t>(o.location);
    for (int at = threads_[t].current[l]; at < count(l); ++at) {
      view_memory after = *this;
      if (o.kind == op_kind::store) {
        if (!is_attached(l, at + 1)) {
          after.write(t, l, at + 1, operand, o.success, false);
          then(std::move(after), 0);
        }
        continue;
      }
      const int found = messages_[l][static_cast<std::size_t>(at)].value;
      const bool fails = failure_may_be && found != expected;
      const bool updates = o.kind != op_kind::load && !fails;
      if (updates && is_attached(l, at + 1)) continue;
      after.read(t, l, at, fails ? o.failure : o.success);
      if (updates) {
        after.write(t, l, at + 1, written_by(o.kind, found, operand), o.success, true);
      }
      then(std::move(after), found);
    }
  }

  template <class F>
  void internal_steps(F) const {}

  bool fence(int thread, order o) {
    knowledge& own = threads_[static_cast<std::size_t>(thread)];
    if (o == order::acquire || o == order::acq_rel || o == order::seq_cst) {
      own.current = own.acquired;
    }
    if (o == order::seq_cst) {
      join(own.current, fences_);
      join(own.acquired, fences_);
      fences_ = own.current;
    }
    if (o == order::release || o == order::acq_rel || o == order::seq_cst) {
      own.released = own.current;
    }
    return true;
  }

  bool at_rest() const { return true; }
  int final_value(int location) const {
    return messages_[static_cast<std::size_t>(location)].back().value;
  }

  void encode(std::string& text) const {
    const auto put = [&](const places& v) {
      for (const int n : v) text += static_cast<char>('0' + n);
      text += ' ';
    };
    for (const knowledge& k : threads_) put(k.current), put(k.acquired), put(k.released);
    put(fences_);
    for (const std::vector<message>& location : messages_) {
      text += "|";
      for (const message& m : location) {
        text += std::to_string(m.value) + (m.attached ? "+" : ":");
        put(m.view);
      }
    }
  }

 private:
  int count(std::size_t l) const { return static_cast<int>(messages_[l].size()); }
  bool is_attached(std::size_t l, int at) const {
    return at < count(l) && messages_[l][static_cast<std::size_t>(at)].attached;
  }

  void read(std::size_t t, std::size_t l, int at, order o) {
    knowledge& own = threads_[t];
    const message& m = messages_[l][static_cast<std::size_t>(at)];
    own.current[l] = std::max(own.current[l], at);
    own.acquired[l] = std::max(own.acquired[l], at);
    join(own.acquired, m.view);
    if (o == order::acquire || o == order::acq_rel) join(own.current, m.view);
  }

  // The message gets the place `at`; those from there on move up by one.
  void write(std::size_t t, std::size_t l, int at, int value, order o, bool attached) {
    const auto move_up = [&](places& v) { v[l] += v[l] >= at ? 1 : 0; };
    for (knowledge& k : threads_) move_up(k.current), move_up(k.acquired), move_up(k.released);
    move_up(fences_);
    for (std::vector<message>& location : messages_) {
      for (message& m : location) move_up(m.view);
    }
    knowledge& own = threads_[t];
    own.current[l] = own.acquired[l] = at;
    const bool releases = o == order::release || o == order::acq_rel;
    message m{value, releases ? own.current : own.released, attached};
    m.view[l] = std::max(m.view[l], at);
    // It continues the release sequence of the message that it found.
    if (attached) join(m.view, messages_[l][static_cast<std::size_t>(at - 1)].view);
    messages_[l].insert(messages_[l].begin() + at, std::move(m));
  }

  std::string id_;
  std::vector<std::vector<message>> messages_;
  std::vector<knowledge> threads_;
  places fences_;  ///< what the seq_cst fences know of each other
};

}  // namespace

std::set<state> outcomes_of_views(const program& p, interrupts i) {
  return interleaving<view_memory>(p, i == interrupts::delivered).run();
}

}  // namespace wyn::litmus

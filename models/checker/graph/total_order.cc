#include "models/checker/graph/total_order.h"

#include <array>
#include <cstddef>
#include <vector>

namespace wyn::model {

namespace {

// Whether the event waits until its thread's stores have left the buffer.
bool drains(const event& e) {
  if (e.kind == event_kind::rmw || e.compared) return true;
  const bool may = e.kind == event_kind::store || e.kind == event_kind::fence;
  return may && e.mo == order::seq_cst;
}

class machine {
 public:
  machine(const graph& g, buffering b) : g_(g), buffers_(b == buffering::stores) { count_reads(); }

  bool runs_to_the_end() {
    for (bool moved = true; moved;) {
      moved = false;
      for (int t = 0; t < g_.threads(); ++t) {
        while (drain_one(t) || issue_one(t)) moved = true;
      }
    }
    for (int t = 0; t < g_.threads(); ++t) {
      if (at(t).next != g_.size(t) || !is_empty(t)) return false;
    }
    return true;
  }

 private:
  // Events [drained, next) have been issued; the buffered stores among them are in the buffer.
  struct progress {
    int next = 0;
    int drained = 0;
  };
  // Reused between calls: the check runs for every candidate graph.
  struct memory {
    std::vector<std::uint32_t> first_place;  ///< by location: its initial write in `unread`
    std::vector<std::uint32_t> last_done;    ///< by location: place of the newest write in memory
    std::vector<std::uint32_t> unread;       ///< by write: loads of it that are still to come
  };

  progress& at(int t) { return threads_[static_cast<std::size_t>(t)]; }
  std::uint32_t& unread(std::uint32_t location, std::uint32_t place) {
    return memory_.unread[memory_.first_place[location] + place];
  }
  bool is_buffered(const event& e) const {
    return buffers_ && e.kind == event_kind::store && !drains(e);
  }

  // A read-modify-write is no reader that its own write waits for.
  void count_reads() {
    const std::uint32_t locations = g_.mo().locations();
    memory_.first_place.resize(locations);
    memory_.last_done.assign(locations, 0);
    std::uint32_t sum = 0;
    for (std::uint32_t l = 0; l < locations; ++l) {
      memory_.first_place[l] = sum;
      sum += g_.mo().last(l) + 1;
    }
    memory_.unread.assign(sum, 0);
    for (int t = 0; t < g_.threads(); ++t) {
      for (int i = 0; i < g_.size(t); ++i) {
        const event& e = g_.at(t, i);
        if (e.kind == event_kind::load) ++unread(e.location, g_.place_of(e.reads_from));
      }
    }
  }

  bool is_empty(int t) {
    progress& p = at(t);
    while (p.drained < p.next && !is_buffered(g_.at(t, p.drained))) ++p.drained;
    return p.drained == p.next;
  }

  // mo and fr: the write before it is in memory, and nobody has still to read that.
  bool write(const event& e) {
    std::uint32_t& last = memory_.last_done[e.location];
    if (last + 1 != e.position || unread(e.location, last) != 0) return false;
    ++last;
    return true;
  }

  // rf; a thread reads its own stores from the buffer.
  bool load(int t, const event& e) {
    const std::uint32_t place = g_.place_of(e.reads_from);
    const bool own = e.reads_from != initial_write && thread_of(e.reads_from) == t;
    if (!own && memory_.last_done[e.location] < place) return false;
    --unread(e.location, place);
    return true;
  }

  bool drain_one(int t) {
    if (is_empty(t) || !write(g_.at(t, at(t).drained))) return false;
    ++at(t).drained;
    return true;
  }

  bool issue_one(int t) {
    progress& p = at(t);
    if (p.next == g_.size(t)) return false;
    const event& e = g_.at(t, p.next);
    if (drains(e) && !is_empty(t)) return false;
    if (e.kind == event_kind::load && !load(t, e)) return false;
    if (writes(e.kind) && !is_buffered(e) && !write(e)) return false;
    ++p.next;
    return true;
  }

  const graph& g_;
  bool buffers_;
  std::array<progress, max_threads> threads_{};
  memory& memory_ = memory_of_this_thread();

  static memory& memory_of_this_thread() {
    static thread_local memory m;
    return m;
  }
};

}  // namespace

bool has_total_order(const graph& g, buffering b) { return machine(g, b).runs_to_the_end(); }

}  // namespace wyn::model

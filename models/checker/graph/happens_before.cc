#include "models/checker/graph/happens_before.h"

namespace wyn::model {

namespace {

// An acquire fence synchronises with the writes that its thread read since the fence before it.
void join_messages_read(const graph& g, int thread, view& hb) {
  for (int i = g.size(thread) - 1; i >= 0; --i) {
    const event& e = g.at(thread, i);
    if (e.kind == event_kind::fence && acquires(e.mo)) return;
    if (reads(e.kind) && e.reads_from != initial_write) hb.join(g.views(e.reads_from).message);
  }
}

// The last release write of the thread to the location heads a release sequence that a later write
// continues. It knows more than those before it. What it had from its own source, as a
// read-modify-write, is not passed on: (sb|loc)? comes before (rf;rmw)*.
void join_own_head(const graph& g, int thread, std::uint32_t location, view& message) {
  for (int i = g.size(thread) - 1; i >= 0; --i) {
    const event& e = g.at(thread, i);
    if (writes(e.kind) && e.location == location && releases(e.mo)) {
      return message.join(g.views(thread, i).hb);
    }
  }
}

}  // namespace

event_views views_of(const graph& g, int thread, event& e, memory_model model) {
  const int index = g.size(thread);
  event_views v;
  if (index > 0) {
    const event_views& before = g.views(thread, index - 1);
    v.hb = before.hb;
    v.prefix = before.prefix;
    e.release_fence = g.at(thread, index - 1).release_fence;
  } else {
    e.release_fence = -1;
  }

  const bool from_event = reads(e.kind) && e.reads_from != initial_write;
  if (from_event) {
    const event_views& source = g.views(e.reads_from);
    v.prefix.join(source.prefix);
    if (acquires(e.mo)) v.hb.join(source.message);
  }
  if (e.kind == event_kind::fence && acquires(e.mo)) join_messages_read(g, thread, v.hb);
  if (e.kind == event_kind::fence && releases(e.mo)) e.release_fence = index;

  v.hb.count[thread] = static_cast<std::int16_t>(index + 1);
  v.prefix.count[thread] = static_cast<std::int16_t>(index + 1);

  if (writes(e.kind)) {
    if (releases(e.mo)) v.message = v.hb;
    else if (e.release_fence >= 0) v.message = g.views(thread, e.release_fence).hb;
    if (model == memory_model::rc11) join_own_head(g, thread, e.location, v.message);
    // A read-modify-write continues the release sequence of the write that it read.
    if (from_event) v.message.join(g.views(e.reads_from).message);
  }
  return v;
}

}  // namespace wyn::model

#include "models/checker/report/strengthen.h"

#include <cstddef>

#include "models/checker/graph/happens_before.h"
#include "models/checker/graph/machine_run.h"
#include "models/checker/report/relations.h"

namespace wyn::model {

order join(order a, order b) {
  if (a == order::light || a == order::heavy || b == order::none) return a;
  if (a == order::none) return b;
  if (a == order::seq_cst || b == order::seq_cst) return order::seq_cst;
  const bool acquire = acquires(a) || acquires(b);
  const bool release = releases(a) || releases(b);
  if (acquire) return release ? order::acq_rel : order::acquire;
  return release ? order::release : order::relaxed;
}

order as_part_of(event_kind kind, order o) {
  if (kind == event_kind::load) {
    if (o == order::release) return order::relaxed;
    if (o == order::acq_rel) return order::acquire;
  }
  if (kind == event_kind::store) {
    if (o == order::acquire) return order::relaxed;
    if (o == order::acq_rel) return order::release;
  }
  return o;
}

const char* to_string(exclusion e) {
  switch (e) {
    case exclusion::none: return "nothing";
    case exclusion::happens_before: return "happens-before";
    case exclusion::coherence: return "coherence";
    case exclusion::psc: return "psc";
  }
  return "?";
}

void strengthened::rebuild(const std::vector<order>& raised) {
  changed_ = graph(g_.threads());
  changed_.ensure_locations(g_.mo().locations());
  for (std::size_t n = 0; n < in_order_.size(); ++n) {
    const int t = thread_of(in_order_[n]);
    event e = g_.at(in_order_[n]);
    if (e.kind != event_kind::choice) e.mo = join(e.mo, as_part_of(e.kind, raised[n]));
    e.position = 0;
    const event_views v = views_of(changed_, t, e, model_);
    changed_.append(t, e, v);
  }
  for (std::uint32_t l = 0; l < g_.mo().locations(); ++l) {
    for (std::uint32_t p = 1; p <= g_.mo().last(l); ++p) {
      changed_.place_write(p, g_.mo().at(l, p));
    }
  }
}

exclusion strengthened::exclude(const std::vector<order>& raised) {
  rebuild(raised);
  if (race_.first_thread >= 0 && race_.second_index > 0) {
    const view& known = changed_.views(race_.second_thread, race_.second_index - 1).hb;
    if (known.count[race_.first_thread] > race_.first_index) return exclusion::happens_before;
  }
  if (!is_coherent(changed_)) return exclusion::coherence;
  return judge_psc(changed_).acyclic ? exclusion::none : exclusion::psc;
}

bool strengthened::forbids_read(const std::vector<order>& raised, event_ref read) {
  rebuild(raised);
  return !is_coherent_at(changed_, read);
}

}  // namespace wyn::model

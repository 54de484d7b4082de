#include "models/litmus/reference.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

#include "models/litmus/relation.h"

namespace wyn::litmus {

namespace {

constexpr std::size_t max_guarded = 8;

struct node {
  const op* o = nullptr;  ///< nullptr: the initial write of `location`
  int thread = -1;
  int location = -1;  ///< -1: a fence
};

bool is_event(const op& o) { return !is_computation(o.kind); }
bool may_read(const op& o) { return o.kind == op_kind::load || is_read_modify_write(o.kind); }
bool may_write(const op& o) { return o.kind == op_kind::store || is_read_modify_write(o.kind); }

bool is_acquire(order o) {
  return o == order::acquire || o == order::acq_rel || o == order::seq_cst || o == order::heavy;
}
bool is_release(order o) {
  return o == order::release || o == order::acq_rel || o == order::seq_cst || o == order::heavy;
}

std::size_t index(int i) { return static_cast<std::size_t>(i); }

// What a read-modify-write that found `found` writes.
int updated(op_kind k, int found, int operand) {
  switch (k) {
    case op_kind::fetch_add: return found + operand;
    case op_kind::fetch_sub: return found - operand;
    case op_kind::fetch_and: return found & operand;
    case op_kind::fetch_or: return found | operand;
    case op_kind::fetch_xor: return found ^ operand;
    default: return operand;
  }
}

class enumerator {
 public:
  enumerator(const program& p, model::memory_model m) : p_(p), model_(m) {
    for (int i = 0; i < max_related; ++i) identity_.add(i, i);
    for (const std::vector<op>& thread : p.threads) {
      for (const op& o : thread) {
        if (!is_event(o)) continue;
        if (o.weak || o.pointer >= 0 || o.kind == op_kind::cut) {
          throw std::invalid_argument(p.id + ": weak compare-exchange, a pointer or a loop");
        }
        if (!o.guards.empty()) guarded_.push_back(&o);
      }
    }
    if (guarded_.size() > max_guarded) throw std::invalid_argument(p.id + ": too many guards");
  }

  reference run() {
    for (std::uint32_t choice = 0; choice < std::uint32_t{1} << guarded_.size(); ++choice) {
      list_nodes(choice);
      choose_rf(0);
    }
    return std::move(result_);
  }

 private:
  int count() const { return static_cast<int>(nodes_.size()); }
  const node& at(int i) const { return nodes_[index(i)]; }
  bool initial(int i) const { return at(i).o == nullptr; }
  bool is_fence(int i) const { return at(i).location < 0; }
  bool plain(int i) const { return !is_fence(i) && p_.plain[index(at(i).location)]; }
  bool reads(int i) const { return !initial(i) && may_read(*at(i).o); }
  bool writes(int i) const { return writes_[index(i)]; }

  // The events of the executions in which the guards of just the chosen operations hold.
  void list_nodes(std::uint32_t choice) {
    nodes_.clear();
    skipped_.clear();
    for (std::size_t g = 0; g < guarded_.size(); ++g) {
      if ((choice >> g & 1) == 0) skipped_.push_back(guarded_[g]);
    }
    for (std::size_t t = 0; t < p_.threads.size(); ++t) {
      for (const op& o : p_.threads[t]) {
        if (!is_event(o) || skips(&o)) continue;
        nodes_.push_back({&o, static_cast<int>(t), o.kind == op_kind::fence ? -1 : o.location});
      }
    }
    for (int l = 0; l < p_.locations; ++l) nodes_.push_back({nullptr, -1, l});
    if (count() > max_related) throw std::invalid_argument(p_.id + ": too many events");
    rf_.assign(nodes_.size(), -1);
    fixed_relations();
  }
  bool skips(const op* o) const {
    return std::find(skipped_.begin(), skipped_.end(), o) != skipped_.end();
  }

  void fixed_relations() {
    sb_ = same_location_ = relation();
    for (int a = 0; a < count(); ++a) {
      for (int b = 0; b < count(); ++b) {
        if (a == b) continue;
        const bool first = initial(a) && !initial(b);
        if (first || (!initial(a) && at(a).thread == at(b).thread && a < b)) sb_.add(a, b);
        if (!is_fence(a) && at(a).location == at(b).location) same_location_.add(a, b);
      }
    }
  }

  void choose_rf(int i) {
    if (i == count()) return with_rf();
    if (!reads(i)) return choose_rf(i + 1);
    for (int w = 0; w < count(); ++w) {
      const bool may = initial(w) || may_write(*at(w).o);
      if (w == i || !may || at(w).location != at(i).location) continue;
      rf_[index(i)] = w;
      choose_rf(i + 1);
    }
  }

  void with_rf() {
    if (!evaluate()) return;
    happens_before();
    mo_.assign(index(p_.locations), {});
    choose_mo(0);
  }

  // Runs the threads, each as far as the writes it reads from have run. False when some cannot go
  // on, which is a cycle of program order and reads-from, or when the values are not those that the
  // choices took for granted.
  bool evaluate() {
    value_written_.assign(nodes_.size(), 0);
    writes_.assign(nodes_.size(), false);
    done_.assign(nodes_.size(), false);
    registers_.clear();
    for (const int n : p_.registers) registers_.emplace_back(index(n), 0);
    for (int l = 0; l < p_.locations; ++l) {
      const int i = count() - p_.locations + l;
      value_written_[index(i)] = p_.initial.empty() ? 0 : p_.initial[index(l)];
      writes_[index(i)] = done_[index(i)] = true;
    }
    std::vector<std::size_t> next(p_.threads.size(), 0);
    std::vector<int> event(p_.threads.size(), 0);
    for (std::size_t t = 1; t < event.size(); ++t) {
      event[t] = event[t - 1];
      while (event[t] < count() && at(event[t]).thread == static_cast<int>(t) - 1) ++event[t];
    }
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t t = 0; t < next.size(); ++t) {
        while (next[t] < p_.threads[t].size()) {
          const step s = run_op(t, p_.threads[t][next[t]], event[t]);
          if (s == step::wrong) return false;
          if (s == step::waits) break;
          ++next[t];
          moved = true;
        }
      }
    }
    return std::find(done_.begin(), done_.end(), false) == done_.end();
  }

  enum class step { done, waits, wrong };

  step run_op(std::size_t t, const op& o, int& i) {
    std::vector<int>& own = registers_[t];
    bool allowed = true;
    for (const guard& g : o.guards) {
      allowed = allowed && (own[index(g.reg)] == g.literal) == g.equal;
    }
    if (is_event(o) && allowed == skips(&o)) return step::wrong;
    if (!allowed) return step::done;
    const auto get = [&](const value& v) { return v.reg >= 0 ? own[index(v.reg)] : v.literal; };
    int result = 0;
    if (is_computation(o.kind)) {
      result = computed(o.kind, get(o.operand), get(o.expected));
    } else {
      if (may_read(o)) {
        const int source = rf_[index(i)];
        if (!done_[index(source)]) return step::waits;
        if (!writes(source)) return step::wrong;  // a failed compare-exchange
        result = value_written_[index(source)];
      }
      const bool fails = o.kind == op_kind::compare_exchange && result != get(o.expected);
      writes_[index(i)] = may_write(o) && !fails;
      value_written_[index(i)] = updated(o.kind, result, get(o.operand));
      if (o.flag >= 0) own[index(o.flag)] = fails ? 0 : 1;
      done_[index(i++)] = true;
    }
    if (o.reg >= 0) own[index(o.reg)] = result;
    return step::done;
  }

  void choose_mo(int location) {
    if (location == p_.locations) return check();
    std::vector<int> order;
    for (int i = 0; i < count(); ++i) {
      if (!initial(i) && writes(i) && at(i).location == location) order.push_back(i);
    }
    do {
      mo_[index(location)] = order;
      choose_mo(location + 1);
    } while (std::next_permutation(order.begin(), order.end()));
  }

  order order_of(int i) const {
    if (initial(i)) return order::relaxed;
    const op& o = *at(i).o;
    if (o.kind == op_kind::compare_exchange && !writes(i)) return o.failure;
    return o.success;
  }

  template <class Predicate>
  relation those(Predicate p) const {
    relation r;
    for (int i = 0; i < count(); ++i) {
      if (p(i)) r.add(i, i);
    }
    return r;
  }
  relation maybe(const relation& r) const { return r | identity_; }

  // It does not depend on the modification order, and is what races are judged by in every model.
  void happens_before() {
    rf_relation_ = relation();
    for (int i = 0; i < count(); ++i) {
      if (reads(i)) rf_relation_.add(rf_[index(i)], i);
    }
    const relation& rf = rf_relation_;
    const relation rmw = those([&](int i) { return reads(i) && writes(i); });
    const relation fence = those([&](int i) { return is_fence(i); });
    const relation write = those([&](int i) { return writes(i) && !plain(i); });
    const relation read = those([&](int i) { return reads(i) && !plain(i); });
    const relation release = those([&](int i) { return is_release(order_of(i)); });
    const relation acquire = those([&](int i) { return is_acquire(order_of(i)); });
    const bool published = model_ == model::memory_model::rc11;
    const relation own = published ? maybe(sb_ & same_location_) : identity_;
    const relation rs = write * own * write * maybe((rf * rmw).plus());
    const relation from = release * maybe(fence * sb_) * rs;
    const relation to = read * maybe(sb_ * fence) * acquire;
    hb_ = (sb_ | from * rf * to).plus();
  }

  void check() {
    ++result_.candidates;
    mo_relation_ = relation();
    for (int l = 0; l < p_.locations; ++l) {
      const std::vector<int>& order = mo_[index(l)];
      const int first = count() - p_.locations + l;
      for (std::size_t i = 0; i < order.size(); ++i) {
        mo_relation_.add(first, order[i]);
        for (std::size_t k = i + 1; k < order.size(); ++k) mo_relation_.add(order[i], order[k]);
      }
    }
    if (consistent(sb_, rf_relation_, mo_relation_)) record();
  }

  bool consistent(const relation& sb, const relation& rf, const relation& mo) const {
    const relation fr = (rf.inverse() * mo).without(identity_);
    if (!(fr * mo).irreflexive()) return false;  // atomicity: only a read-modify-write has both

    if (model_ == model::memory_model::sc) return (sb | rf | mo | fr).acyclic();
    if (model_ == model::memory_model::tso) {
      return ((sb & same_location_) | rf | mo | fr).acyclic() &&
             can_interrupt(sb, preserved(sb) | external(rf) | mo | fr, heavy_fences_and_threads());
    }

    const relation eco = (rf | mo | fr).plus();
    // A read-modify-write is one event here, so coherence between its two parts is a cycle of eco.
    if (!eco.irreflexive() || !(hb_ * maybe(eco)).irreflexive()) return false;

    return (psc_base(sb, hb_, mo, fr, same_location_) | psc_fence(hb_, eco)).acyclic();
  }

  // Program order on x86: a store that is no xchg may be passed by a later load that has no lock
  // prefix.
  relation preserved(const relation& sb) const {
    const auto compares = [&](int i) {
      return !initial(i) && at(i).o->kind == op_kind::compare_exchange;
    };
    const auto seq_cst = [&](int i) { return order_of(i) == order::seq_cst; };
    const relation memory = those(
        [&](int i) { return !is_fence(i) || seq_cst(i) || order_of(i) == order::heavy; });
    const relation store =
        those([&](int i) { return writes(i) && !reads(i) && !seq_cst(i) && !is_fence(i); });
    const relation load = those([&](int i) { return reads(i) && !writes(i) && !compares(i); });
    return (memory * sb * memory).without(store * sb * load);
  }

  struct interrupt {
    int fence;
    int thread;
  };
  std::vector<interrupt> heavy_fences_and_threads() const {
    std::vector<interrupt> all;
    for (int i = 0; i < count(); ++i) {
      if (order_of(i) != order::heavy) continue;
      for (int t = 0; t < static_cast<int>(p_.threads.size()); ++t) {
        if (t != at(i).thread) all.push_back({i, t});
      }
    }
    return all;
  }

  // Whether each of the interrupts has a place in its thread at which a full fence leaves `before`
  // acyclic, where that fence comes after the beginning of the heavy fence and before its end. The
  // node of a heavy fence is its beginning. Its end, and the fences of the interrupts, are no
  // nodes: whatever is before one of these is put before whatever is after it. An interrupt and
  // the end of its thread's own heavy fence may come in either order.
  bool can_interrupt(const relation& sb, const relation& before,
                     std::vector<interrupt> interrupts) const {
    if (!before.acyclic()) return false;
    if (interrupts.empty()) return true;
    const interrupt last = interrupts.back();
    interrupts.pop_back();
    std::vector<int> others;
    for (int i = 0; i < count(); ++i) {
      if (!initial(i) && at(i).thread == last.thread) others.push_back(i);
    }
    for (std::size_t place = 0; place <= others.size(); ++place) {
      relation with = before;
      for (std::size_t n = 0; n < others.size(); ++n) {
        for (int i = 0; i < count(); ++i) {
          if (n < place && sb.has(last.fence, i)) with.add(others[n], i);
          const bool begun = i == last.fence || sb.has(i, last.fence);
          if (n >= place && begun) with.add(i, others[n]);
        }
        for (std::size_t m = place; n < place && m < others.size(); ++m) {
          with.add(others[n], others[m]);
        }
      }
      if (can_interrupt(sb, with, interrupts)) return true;
    }
    return false;
  }

  relation external(const relation& rf) const {
    relation r;
    for (int a = 0; a < count(); ++a) {
      for (int b = 0; b < count(); ++b) {
        if (rf.has(a, b) && at(a).thread != at(b).thread) r.add(a, b);
      }
    }
    return r;
  }

  relation psc_base(const relation& sb, const relation& hb, const relation& mo, const relation& fr,
                    const relation& same_location) const {
    const relation other = sb.without(same_location);
    const relation scb = sb | other * hb * other | (hb & same_location) | mo | fr;
    const relation access =
        those([&](int i) { return !is_fence(i) && order_of(i) == order::seq_cst; });
    const relation fence = those([&](int i) {
      return is_fence(i) && (order_of(i) == order::seq_cst || order_of(i) == order::heavy);
    });
    return (access | fence * maybe(hb)) * scb * (access | maybe(hb) * fence);
  }

  relation psc_fence(const relation& hb, const relation& eco) const {
    const relation all = those([&](int i) {
      return is_fence(i) && (order_of(i) == order::seq_cst || order_of(i) == order::heavy ||
                             order_of(i) == order::light);
    });
    relation r = all * (hb | hb * eco * hb) * all;
    for (int a = 0; a < count(); ++a) {
      for (int b = 0; b < count(); ++b) {
        const bool light = order_of(a) == order::light || order_of(b) == order::light;
        const bool heavy = order_of(a) == order::heavy || order_of(b) == order::heavy;
        if (light && !heavy) r.remove(a, b);
      }
    }
    return r;
  }

  bool has_race() const {
    for (int a = 0; a < count(); ++a) {
      for (int b = 0; b < a; ++b) {
        if (!same_location_.has(a, b) || !plain(a) || initial(a) || initial(b)) continue;
        if ((writes(a) || writes(b)) && !hb_.has(a, b) && !hb_.has(b, a)) return true;
      }
    }
    return false;
  }

  void record() {
    ++result_.executions;
    result_.race = result_.race || has_race();
    state s;
    for (const std::vector<int>& own : registers_) s.insert(s.end(), own.begin(), own.end());
    for (int l = 0; l < p_.locations; ++l) {
      const std::vector<int>& order = mo_[index(l)];
      const int last = order.empty() ? count() - p_.locations + l : order.back();
      s.push_back(value_written_[index(last)]);
    }
    result_.states.insert(std::move(s));
  }

  const program& p_;
  model::memory_model model_;
  relation identity_;
  std::vector<const op*> guarded_;

  // Of the chosen set of operations.
  std::vector<const op*> skipped_;
  std::vector<node> nodes_;
  relation sb_;
  relation same_location_;

  // Of the chosen reads-from.
  std::vector<int> rf_;
  relation rf_relation_;
  relation hb_;
  std::vector<int> value_written_;
  std::vector<bool> writes_;
  std::vector<bool> done_;
  std::vector<std::vector<int>> registers_;

  // Of the chosen modification orders.
  std::vector<std::vector<int>> mo_;
  relation mo_relation_;
  reference result_;
};

}  // namespace

reference enumerate(const program& p, model::memory_model m) { return enumerator(p, m).run(); }

double candidates(const program& p) {
  double product = 1;
  std::vector<int> writers(index(p.locations), 0);
  for (const std::vector<op>& thread : p.threads) {
    for (const op& o : thread) {
      if (!is_event(o)) continue;
      if (!o.guards.empty()) product *= 2;
      if (may_write(o)) product *= ++writers[index(o.location)];
    }
  }
  for (const std::vector<op>& thread : p.threads) {
    for (const op& o : thread) {
      if (may_read(o)) product *= writers[index(o.location)] + (may_write(o) ? 0 : 1);
    }
  }
  return product;
}

}  // namespace wyn::litmus

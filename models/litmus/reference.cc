#include "models/litmus/reference.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace wyn::litmus {

namespace {

constexpr int max_events = 12;

// A relation over events, one row of bits for each.
struct relation {
  std::uint32_t row[max_events] = {};

  void add(int a, int b) { row[a] |= std::uint32_t{1} << b; }
  bool has(int a, int b) const { return row[a] >> b & 1; }

  relation operator|(const relation& o) const {
    relation r;
    for (int i = 0; i < max_events; ++i) r.row[i] = row[i] | o.row[i];
    return r;
  }
  relation operator&(const relation& o) const {
    relation r;
    for (int i = 0; i < max_events; ++i) r.row[i] = row[i] & o.row[i];
    return r;
  }
  /// Composition: this ; o.
  relation operator*(const relation& o) const {
    relation r;
    for (int i = 0; i < max_events; ++i) {
      for (int k = 0; k < max_events; ++k) {
        if (has(i, k)) r.row[i] |= o.row[k];
      }
    }
    return r;
  }
  relation without(const relation& o) const {
    relation r;
    for (int i = 0; i < max_events; ++i) r.row[i] = row[i] & ~o.row[i];
    return r;
  }
  relation inverse() const {
    relation r;
    for (int i = 0; i < max_events; ++i) {
      for (int k = 0; k < max_events; ++k) {
        if (has(i, k)) r.add(k, i);
      }
    }
    return r;
  }
  relation plus() const {
    relation r = *this;
    for (int k = 0; k < max_events; ++k) {
      for (int i = 0; i < max_events; ++i) {
        if (r.has(i, k)) r.row[i] |= r.row[k];
      }
    }
    return r;
  }
  bool irreflexive() const {
    for (int i = 0; i < max_events; ++i) {
      if (has(i, i)) return false;
    }
    return true;
  }
};

struct node {
  const op* o = nullptr;  ///< nullptr: the initial write of `location`
  int thread = -1;
  int location = -1;
};

bool is_acquire(order o) {
  return o == order::acquire || o == order::acq_rel || o == order::seq_cst || o == order::heavy;
}
bool is_release(order o) {
  return o == order::release || o == order::acq_rel || o == order::seq_cst || o == order::heavy;
}

class enumerator {
 public:
  enumerator(const program& p, model::memory_model m) : p_(p), model_(m) {
    for (std::size_t t = 0; t < p.threads.size(); ++t) {
      for (const op& o : p.threads[t]) {
        const bool fence = o.kind == op_kind::fence;
        const bool access = o.kind != op_kind::equal && o.kind != op_kind::add;
        if (o.plain || !access || !o.guards.empty() || o.operand.reg >= 0 || o.expected.reg >= 0) {
          throw std::invalid_argument(p.id + ": guards, plain data and register operands");
        }
        if (m == model::memory_model::tso && fence &&
            (o.success == order::light || o.success == order::heavy)) {
          throw std::invalid_argument(p.id + ": asymmetric fences under tso");
        }
        nodes_.push_back({&o, static_cast<int>(t), fence ? -1 : o.location});
      }
    }
    for (int l = 0; l < p.locations; ++l) nodes_.push_back({nullptr, -1, l});
    if (count() > max_events) throw std::invalid_argument(p.id + ": too many events");
    rf_.assign(nodes_.size(), -1);
    for (int i = 0; i < count(); ++i) identity_.add(i, i);
  }

  reference run() {
    choose_rf(0);
    return std::move(result_);
  }

 private:
  int count() const { return static_cast<int>(nodes_.size()); }
  const node& at(int i) const { return nodes_[static_cast<std::size_t>(i)]; }
  bool may_read(int i) const {
    return at(i).o != nullptr && at(i).o->kind != op_kind::store && at(i).o->kind != op_kind::fence;
  }
  bool may_write(int i) const {
    return at(i).o == nullptr ||
           (at(i).o->kind != op_kind::load && at(i).o->kind != op_kind::fence);
  }

  void choose_rf(int i) {
    if (i == count()) return with_rf();
    if (!may_read(i)) return choose_rf(i + 1);
    for (int w = 0; w < count(); ++w) {
      if (w == i || !may_write(w) || at(w).location != at(i).location) continue;
      rf_[static_cast<std::size_t>(i)] = w;
      choose_rf(i + 1);
    }
  }

  // Values follow from reads-from; false when they depend on themselves.
  bool value_read(int i, int& v, int depth) {
    return depth <= count() && value_written(rf_[static_cast<std::size_t>(i)], v, depth + 1);
  }
  bool value_written(int w, int& v, int depth) {
    if (at(w).o == nullptr) {
      v = 0;
      return true;
    }
    const op& o = *at(w).o;
    if (o.kind == op_kind::store || o.kind == op_kind::exchange) {
      v = o.operand.literal;
      return true;
    }
    int found;
    if (!value_read(w, found, depth)) return false;
    if (o.kind == op_kind::fetch_add) {
      v = found + o.operand.literal;
      return true;
    }
    if (found != o.expected.literal) return false;  // a failed compare-exchange writes nothing
    v = o.operand.literal;
    return true;
  }

  void with_rf() {
    read_.assign(nodes_.size(), 0);
    writes_.assign(nodes_.size(), false);
    for (int i = 0; i < count(); ++i) {
      if (may_read(i) && !value_read(i, read_[static_cast<std::size_t>(i)], 0)) return;
    }
    for (int i = 0; i < count(); ++i) {
      const bool failed = at(i).o != nullptr && at(i).o->kind == op_kind::compare_exchange &&
                          read_[static_cast<std::size_t>(i)] != at(i).o->expected.literal;
      writes_[static_cast<std::size_t>(i)] = may_write(i) && !failed;
    }
    mo_.assign(static_cast<std::size_t>(p_.locations), {});
    choose_mo(0);
  }

  void choose_mo(int location) {
    if (location == p_.locations) return check();
    std::vector<int> order;
    for (int i = 0; i < count(); ++i) {
      if (at(i).o != nullptr && writes_[static_cast<std::size_t>(i)] &&
          at(i).location == location) {
        order.push_back(i);
      }
    }
    do {
      mo_[static_cast<std::size_t>(location)] = order;
      choose_mo(location + 1);
    } while (std::next_permutation(order.begin(), order.end()));
  }

  order order_of(int i) const {
    if (at(i).o == nullptr) return order::relaxed;
    const op& o = *at(i).o;
    if (o.kind == op_kind::compare_exchange && !writes_[static_cast<std::size_t>(i)])
      return o.failure;
    return o.success;
  }
  bool is_fence(int i) const { return at(i).location < 0; }
  bool reads(int i) const { return may_read(i); }
  bool writes(int i) const { return writes_[static_cast<std::size_t>(i)]; }

  template <class Predicate>
  relation those(Predicate p) const {
    relation r;
    for (int i = 0; i < count(); ++i) {
      if (p(i)) r.add(i, i);
    }
    return r;
  }
  relation maybe(const relation& r) const { return r | identity_; }

  void check() {
    relation sb, rf, mo, same_location;
    for (int a = 0; a < count(); ++a) {
      for (int b = 0; b < count(); ++b) {
        if (a == b) continue;
        const bool initial = at(a).o == nullptr && at(b).o != nullptr;
        if (initial || (at(a).o != nullptr && at(a).thread == at(b).thread && a < b)) sb.add(a, b);
        if (!is_fence(a) && at(a).location == at(b).location) same_location.add(a, b);
      }
      if (reads(a)) rf.add(rf_[static_cast<std::size_t>(a)], a);
    }
    for (int l = 0; l < p_.locations; ++l) {
      const std::vector<int>& order = mo_[static_cast<std::size_t>(l)];
      const int initial = count() - p_.locations + l;
      for (std::size_t i = 0; i < order.size(); ++i) {
        mo.add(initial, order[i]);
        for (std::size_t k = i + 1; k < order.size(); ++k) mo.add(order[i], order[k]);
      }
    }
    if (consistent(sb, rf, mo, same_location)) record();
  }

  bool consistent(const relation& sb, const relation& rf, const relation& mo,
                  const relation& same_location) const {
    if (!(sb | rf).plus().irreflexive()) return false;

    const relation rmw = those([&](int i) { return reads(i) && writes(i); });
    const relation fr = (rf.inverse() * mo).without(identity_);
    if (!(fr * mo).irreflexive()) return false;  // atomicity: only a read-modify-write has both

    if (model_ == model::memory_model::sc) return (sb | rf | mo | fr).plus().irreflexive();
    if (model_ == model::memory_model::tso) {
      return ((sb & same_location) | rf | mo | fr).plus().irreflexive() &&
             (preserved(sb) | external(rf) | mo | fr).plus().irreflexive();
    }

    const relation fence = those([&](int i) { return is_fence(i); });
    const relation write = those([&](int i) { return writes(i); });
    const relation read = those([&](int i) { return reads(i); });
    const relation release = those([&](int i) { return is_release(order_of(i)); });
    const relation acquire = those([&](int i) { return is_acquire(order_of(i)); });
    const bool published = model_ == model::memory_model::rc11;
    const relation own = published ? maybe(sb & same_location) : identity_;
    const relation rs = write * own * write * maybe((rf * rmw).plus());
    const relation sw = release * maybe(fence * sb) * rs * rf * read * maybe(sb * fence) * acquire;
    const relation hb = (sb | sw).plus();
    const relation eco = (rf | mo | fr).plus();
    // A read-modify-write is one event here, so coherence between its two parts is a cycle of eco.
    if (!eco.irreflexive() || !(hb * maybe(eco)).irreflexive()) return false;

    return (psc_base(sb, hb, mo, fr, same_location) | psc_fence(hb, eco)).plus().irreflexive();
  }

  // Program order on x86: a store that is no xchg may be passed by a later load that has no lock
  // prefix.
  relation preserved(const relation& sb) const {
    const auto compares = [&](int i) {
      return at(i).o != nullptr && at(i).o->kind == op_kind::compare_exchange;
    };
    const auto seq_cst = [&](int i) { return order_of(i) == order::seq_cst; };
    const relation memory = those([&](int i) { return !is_fence(i) || seq_cst(i); });
    const relation store =
        those([&](int i) { return writes(i) && !reads(i) && !seq_cst(i) && !is_fence(i); });
    const relation load = those([&](int i) { return reads(i) && !writes(i) && !compares(i); });
    return (memory * sb * memory).without(store * sb * load);
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
        if (light && !heavy) r.row[a] &= ~(std::uint32_t{1} << b);
      }
    }
    return r;
  }

  void record() {
    ++result_.executions;
    state s;
    for (std::size_t t = 0; t < p_.threads.size(); ++t) {
      std::vector<int> registers(static_cast<std::size_t>(p_.registers[t]), 0);
      for (int i = 0; i < count(); ++i) {
        if (at(i).thread == static_cast<int>(t) && reads(i) && at(i).o->reg >= 0) {
          registers[static_cast<std::size_t>(at(i).o->reg)] = read_[static_cast<std::size_t>(i)];
        }
      }
      s.insert(s.end(), registers.begin(), registers.end());
    }
    for (int l = 0; l < p_.locations; ++l) {
      const std::vector<int>& order = mo_[static_cast<std::size_t>(l)];
      int v = 0;
      if (!order.empty()) value_written(order.back(), v, 0);
      s.push_back(v);
    }
    result_.states.insert(std::move(s));
  }

  const program& p_;
  model::memory_model model_;
  std::vector<node> nodes_;
  relation identity_;
  std::vector<int> rf_;
  std::vector<int> read_;
  std::vector<bool> writes_;
  std::vector<std::vector<int>> mo_;
  reference result_;
};

}  // namespace

reference enumerate(const program& p, model::memory_model m) { return enumerator(p, m).run(); }

}  // namespace wyn::litmus

#include "models/checker/explore/portable_graph.h"

#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include "models/checker/graph/happens_before.h"
#include "models/checker/graph/machine_run.h"
#include "models/checker/trust/symmetry.h"

namespace wyn::model {

namespace {

bool has_location(event_kind k) { return reads(k) || writes(k); }

// The events in a linear extension of po, rf and twins; some are missing iff these have a cycle.
std::vector<event_ref> linear_extension(const portable_graph& p) {
  std::vector<event_ref> order;
  std::vector<int> done(p.rows.size(), 0);
  const auto is_ready = [&](const event& e) {
    return !reads(e.kind) || e.reads_from == initial_write ||
           index_of(e.reads_from) < done[static_cast<std::size_t>(thread_of(e.reads_from))];
  };
  const auto has_twins = [&](const event& e, int index) {
    for (unsigned left = e.twins; left != 0; left &= left - 1) {
      const auto s = static_cast<std::size_t>(std::countr_zero(left));
      if (s >= done.size() || done[s] <= index) return false;
    }
    return true;
  };
  for (bool more = true; more;) {
    more = false;
    for (std::size_t t = 0; t < p.rows.size(); ++t) {
      const auto& row = p.rows[t];
      for (; static_cast<std::size_t>(done[t]) < row.size(); ++done[t]) {
        const event& e = row[static_cast<std::size_t>(done[t])];
        if (!is_ready(e) || !has_twins(e, done[t])) break;
        order.push_back(make_ref(static_cast<int>(t), done[t]));
        more = true;
      }
    }
  }
  return order;
}

void place_writes(graph& g, const portable_graph& p) {
  std::vector<std::vector<event_ref>> order(p.locations.size());
  for (int t = 0; t < g.threads(); ++t) {
    for (int i = 0; i < g.size(t); ++i) {
      const event& e = p.rows[static_cast<std::size_t>(t)][static_cast<std::size_t>(i)];
      if (!writes(e.kind) || e.position == 0) continue;
      auto& writes_there = order[e.location];
      if (writes_there.size() < e.position) writes_there.resize(e.position, initial_write);
      writes_there[e.position - 1] = make_ref(t, i);
    }
  }
  for (std::size_t l = 0; l < order.size(); ++l) {
    for (std::size_t n = 0; n < order[l].size(); ++n) {
      g.place_write(static_cast<std::uint32_t>(n + 1), order[l][n]);
    }
  }
}

}  // namespace

portable_graph export_graph(const graph& g, const object_table& objects) {
  portable_graph p;
  p.next_stamp = g.next_stamp();
  std::vector<std::int64_t> index(g.mo().locations(), -1);
  for (int t = 0; t < g.threads(); ++t) {
    auto& row = p.rows.emplace_back();
    for (int i = 0; i < g.size(t); ++i) {
      event& e = row.emplace_back(g.at(t, i));
      if (e.kind != event_kind::choice) e.value_read = 0;
      e.value_written = 0;
      if (!has_location(e.kind)) continue;
      if (index[e.location] < 0) {
        index[e.location] = static_cast<std::int64_t>(p.locations.size());
        p.locations.push_back(objects.key_of(e.location));
      }
      e.location = static_cast<std::uint32_t>(index[e.location]);
    }
  }
  return p;
}

portable_graph exchanged(const portable_graph& p, int s, int t, const world& w) {
  portable_graph other = p;
  std::swap(other.rows[static_cast<std::size_t>(s)], other.rows[static_cast<std::size_t>(t)]);
  for (auto& row : other.rows) {
    for (event& e : row) {
      e.twins = 0;
      if (!reads(e.kind) || e.reads_from == initial_write) continue;
      const int from = thread_of(e.reads_from);
      const int now = from == s ? t : from == t ? s : from;
      e.reads_from = make_ref(now, index_of(e.reads_from));
    }
  }
  for (location_key& key : other.locations) {
    key.granule = (w.exchanged(w.base() + key.granule * 8, s, t) - w.base()) / 8;
  }
  return other;
}

graph import_graph(const portable_graph& p, object_table& objects, memory_model model) {
  graph g(static_cast<int>(p.rows.size()));
  std::vector<std::uint32_t> number;
  for (const location_key& key : p.locations) number.push_back(objects.location_of(key));
  g.ensure_locations(objects.locations());
  g.set_next_stamp(p.next_stamp);
  for (const event_ref r : linear_extension(p)) {
    event e = p.rows[static_cast<std::size_t>(thread_of(r))][static_cast<std::size_t>(index_of(r))];
    if (has_location(e.kind)) e.location = number[e.location];
    e.position = 0;
    event_views v = views_of(g, thread_of(r), e, model);
    join_twins(g, thread_of(r), e, v);
    g.append(thread_of(r), e, v);
  }
  place_writes(g, p);
  if (is_rc11(model)) g.set_machine_run(has_machine_run(g));
  return g;
}

namespace {

static_assert(std::is_trivially_copyable_v<event> && std::is_trivially_copyable_v<location_key>);

class writer {
 public:
  template <class T>
  void add(const T& x) {
    static constexpr char digits[] = "0123456789abcdef";
    unsigned char bytes[sizeof x];
    std::memcpy(bytes, &x, sizeof x);
    for (const unsigned char b : bytes) {
      text.push_back(digits[b >> 4]);
      text.push_back(digits[b & 15]);
    }
  }
  std::string text;
};

class reader {
 public:
  explicit reader(std::string_view text) : text_(text) {}

  template <class T>
  bool take(T& x) {
    unsigned char bytes[sizeof x];
    if (text_.size() < 2 * sizeof x) return false;
    for (std::size_t i = 0; i < sizeof x; ++i) {
      const int high = digit(text_[2 * i]);
      const int low = digit(text_[2 * i + 1]);
      if (high < 0 || low < 0) return false;
      bytes[i] = static_cast<unsigned char>(high << 4 | low);
    }
    text_.remove_prefix(2 * sizeof x);
    std::memcpy(static_cast<void*>(&x), bytes, sizeof x);
    return true;
  }
  bool at_end() const { return text_.empty(); }

 private:
  static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
  std::string_view text_;
};

// What import_graph relies on: every reference meets something, each modification order has no gap
// and no write twice, and po and rf have no cycle.
bool is_sound(const portable_graph& p) {
  std::vector<std::vector<bool>> place(p.locations.size());
  for (const auto& row : p.rows) {
    for (const event& e : row) {
      if (e.kind > event_kind::choice) return false;
      if (!has_location(e.kind)) continue;
      if (e.location >= p.locations.size()) return false;
      if (reads(e.kind) && e.reads_from != initial_write) {
        const auto t = static_cast<std::size_t>(thread_of(e.reads_from));
        const auto i = static_cast<std::size_t>(index_of(e.reads_from));
        if (t >= p.rows.size() || i >= p.rows[t].size() || !writes(p.rows[t][i].kind)) return false;
        if (p.rows[t][i].location != e.location) return false;
      }
      if (!writes(e.kind)) continue;
      auto& taken = place[e.location];
      if (e.position == 0 || e.position > 0xffff) return false;
      if (taken.size() < e.position) taken.resize(e.position, false);
      if (taken[e.position - 1]) return false;
      taken[e.position - 1] = true;
    }
  }
  for (const auto& taken : place) {
    for (const bool t : taken) {
      if (!t) return false;
    }
  }
  std::size_t total = 0;
  for (const auto& row : p.rows) total += row.size();
  return linear_extension(p).size() == total;
}

}  // namespace

std::string to_text(const portable_graph& p) {
  writer w;
  w.add(p.next_stamp);
  w.add(static_cast<std::uint32_t>(p.locations.size()));
  for (const location_key& key : p.locations) {
    w.add(key.granule);
    w.add(key.generation);
  }
  w.add(static_cast<std::uint32_t>(p.rows.size()));
  for (const auto& row : p.rows) {
    w.add(static_cast<std::uint32_t>(row.size()));
    for (const event& e : row) w.add(e);
  }
  return std::move(w.text);
}

bool from_text(std::string_view text, std::size_t granules, portable_graph& p) {
  reader r(text);
  p = {};
  std::uint32_t n = 0;
  if (!r.take(p.next_stamp) || !r.take(n)) return false;
  for (; n > 0; --n) {
    location_key key;
    if (!r.take(key.granule) || !r.take(key.generation)) return false;
    if (key.granule >= granules || key.generation > 0xffff) return false;
    p.locations.push_back(key);
  }
  if (!r.take(n) || n > static_cast<std::uint32_t>(max_threads)) return false;
  for (; n > 0; --n) {
    std::uint32_t events = 0;
    if (!r.take(events)) return false;
    auto& row = p.rows.emplace_back();
    for (; events > 0; --events) {
      event e;
      if (!r.take(e)) return false;
      row.push_back(e);
    }
  }
  return r.at_end() && is_sound(p);
}

}  // namespace wyn::model

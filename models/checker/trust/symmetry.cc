#include "models/checker/trust/symmetry.h"

#include <bit>
#include <cstddef>
#include <vector>

#include "models/checker/graph/happens_before.h"

namespace wyn::model {

namespace {

constexpr symmetry::set bit(int thread) { return static_cast<symmetry::set>(1u << thread); }

template <class Use>
void for_each(symmetry::set threads, Use use) {
  for (unsigned left = threads; left != 0; left &= left - 1) use(std::countr_zero(left));
}

// Twins in the order of the head comment; `a` comes before `b` if its key is less.
struct outcome {
  std::uint64_t place = 0;
  bool last = true;
  auto operator<=>(const outcome&) const = default;
};

outcome outcome_of(const graph& g, const event& e) {
  if (e.kind == event_kind::choice) return {~e.value_read, true};
  return {reads(e.kind) ? g.place_of(e.reads_from) : e.position, !e.gave_up};
}

}  // namespace

std::string why_no_symmetry(const program& p, const options& o) {
  if (p.symmetric_groups == 0) return {};
  if (!o.symmetry) return "options::symmetry is false";
  if (o.mode != exploration_mode::exhaustive) return "a sample is taken";
  if (!o.replay.empty()) return "one execution is run";
  if (p.initial_threads >= 0 && p.initial_threads < p.threads) return "the program starts threads";
  if (o.reuse_addresses) return "memory is used again (options::reuse_addresses)";
  if (!o.forbidden.empty() || !o.reachable.empty() || !o.show.empty()) {
    return "options name outcomes, which may tell threads apart";
  }
  return {};
}

std::string symmetry_in_words(const program& p, const options& o) {
  if (p.symmetric_groups == 0) return {};
  const std::string why_not = why_no_symmetry(p, o);
  if (!why_not.empty()) return "not used: " + why_not;
  std::string text = "threads";
  for (int n = 0; n < p.symmetric_groups; ++n) {
    const thread_group& group = p.symmetric[n];
    text += (n == 0 ? " " : " and ") + std::to_string(group.first);
    if (group.count > 1) text += "-" + std::to_string(group.first + group.count - 1);
  }
  return text + "; executions that differ by a permutation of them count once";
}

std::string problem_of_groups(const program& p) {
  if (p.symmetric_groups < 0 || p.symmetric_groups > max_symmetric_groups) {
    return "a model has at most " + std::to_string(max_symmetric_groups) +
           " groups of symmetric threads";
  }
  symmetry::set taken = 0;
  for (int n = 0; n < p.symmetric_groups; ++n) {
    const thread_group& group = p.symmetric[n];
    if (group.first < 0 || group.count < 1 || group.first + group.count > p.threads) {
      return "a group of symmetric threads, {" + std::to_string(group.first) + ", " +
             std::to_string(group.count) + "}, is not among the " + std::to_string(p.threads) +
             " threads of the model";
    }
    for (int t = group.first; t < group.first + group.count; ++t) {
      if ((taken & bit(t)) != 0) {
        return "thread " + std::to_string(t) + " belongs to two groups of symmetric threads";
      }
      taken |= bit(t);
    }
  }
  return {};
}

symmetry::symmetry(const program& p, const options& o, const world& w,
                   const object_table& objects)
    : world_(w), objects_(objects) {
  if (p.symmetric_groups == 0 || !why_no_symmetry(p, o).empty()) return;
  for (int n = 0; n < p.symmetric_groups; ++n) {
    const thread_group& group = p.symmetric[n];
    set smaller = 0;
    for (int t = group.first; t < group.first + group.count; ++t) {
      const auto i = static_cast<std::size_t>(t);
      smaller_[i] = smaller;
      smaller |= bit(t);
      grouped_[i] = group.count > 1;
      on_ = on_ || grouped_[i];
    }
  }
}

std::pair<int, int> symmetry::pair(unsigned n) const {
  std::array<int, max_threads> second{};
  unsigned pairs = 0;
  for (int t = 0; t < max_threads; ++t) {
    if (smaller_[static_cast<std::size_t>(t)] != 0) second[pairs++] = t;
  }
  const int t = second[n % pairs];
  return {t - 1, t};
}

bool symmetry::same_location(std::uint32_t a, int s, std::uint32_t b, int t) const {
  if (a == b) return true;
  const location_key of_a = objects_.key_of(a);
  const location_key of_b = objects_.key_of(b);
  return of_a.generation == of_b.generation &&
         world_.correspond(world_.base() + of_a.granule * 8, s, world_.base() + of_b.granule * 8,
                           t);
}

bool symmetry::same_value(std::uint64_t a, int s, std::uint64_t b, int t) const {
  if (a == b) return true;
  const world::tagged_address x = world_.as_address(a);
  const world::tagged_address y = world_.as_address(b);
  return x.address != 0 && y.address != 0 && x.tag == y.tag &&
         world_.correspond(x.address, s, y.address, t);
}

bool symmetry::corresponds(const operation& a, int s, const operation& b, int t) const {
  operation c = b;
  c.site = a.site;
  if (same_location(a.location, s, b.location, t)) c.location = a.location;
  if (same_value(a.operand, s, b.operand, t)) c.operand = a.operand;
  if (same_value(a.expected, s, b.expected, t)) c.expected = a.expected;
  return c == a;
}

// Whether threads that are alike below `index` are so behind it.
bool symmetry::same_outcome(const graph& g, int s, int t, int index) const {
  const event& a = g.at(s, index);
  const event& b = g.at(t, index);
  if (a.kind != b.kind || a.gave_up != b.gave_up) return false;
  if (a.kind == event_kind::choice) return a.value_read == b.value_read;
  if (!accesses(a.kind)) return true;
  if (a.location == b.location) return !writes(a.kind) && a.reads_from == b.reads_from;
  if (!same_location(a.location, s, b.location, t)) return false;
  if (!reads(a.kind) || a.reads_from == b.reads_from) return true;
  // In memory of their own, each has read its own write.
  return a.reads_from != initial_write && b.reads_from != initial_write &&
         thread_of(a.reads_from) == s && thread_of(b.reads_from) == t &&
         index_of(a.reads_from) == index_of(b.reads_from);
}

symmetry::set symmetry::alike(const graph& g, int thread) const {
  const int size = g.size(thread);
  if (size == 0) return smaller_[static_cast<std::size_t>(thread)];
  set result = 0;
  for_each(g.at(thread, size - 1).twins, [&](int s) {
    if (same_outcome(g, s, thread, size - 1)) result |= bit(s);
  });
  return result;
}

void join_twins(const graph& g, int thread, const event& e, event_views& v) {
  if (e.twins == 0) return;
  // The largest depends on the others.
  const int s = std::bit_width(static_cast<unsigned>(e.twins)) - 1;
  v.prefix.join(g.views(s, g.size(thread)).prefix);
}

void symmetry::follow(const graph& g, int thread, event& e, event_views& v) const {
  e.twins = 0;
  for_each(alike(g, thread), [&](int s) {
    if (g.size(s) > g.size(thread)) e.twins |= bit(s);
  });
  join_twins(g, thread, e, v);
}

// Condition (3): some u.i on which the source of `later` depends.
bool symmetry::has_reason(const graph& g, int s, event_ref later) const {
  const event& e = g.at(later);
  if (!reads(e.kind) || e.reads_from == initial_write) return false;
  const view& needed = g.views(e.reads_from).prefix;
  const int index = index_of(later);
  bool found = false;
  for_each(e.twins, [&](int u) {
    if (needed.contains(u, index) && (u >= s || same_outcome(g, u, s, index))) found = true;
  });
  return found;
}

bool symmetry::allows(const graph& g, int thread) const {
  const int index = g.size(thread) - 1;
  const event& e = g.at(thread, index);
  const outcome here = outcome_of(g, e);
  bool good = true;
  for_each(e.twins, [&](int s) {
    const event& twin = g.at(s, index);
    const bool comparable = accesses(e.kind) ? accesses(twin.kind) && twin.location == e.location
                                        : twin.kind == e.kind;
    if (!comparable || here >= outcome_of(g, twin)) return;
    if (!has_reason(g, s, make_ref(thread, index))) good = false;
  });
  return good;
}

graph without_twins(const graph& g, memory_model model) {
  graph plain(g.threads());
  plain.ensure_locations(g.mo().locations());
  const auto is_ready = [&](const event& e) {
    return !reads(e.kind) || e.reads_from == initial_write ||
           index_of(e.reads_from) < plain.size(thread_of(e.reads_from));
  };
  for (bool more = true; more;) {
    more = false;
    for (int t = 0; t < g.threads(); ++t) {
      while (plain.size(t) < g.size(t) && is_ready(g.at(t, plain.size(t)))) {
        event e = g.at(t, plain.size(t));
        e.position = 0;
        const event_views v = views_of(plain, t, e, model);
        plain.append(t, e, v);
        more = true;
      }
    }
  }
  for (std::uint32_t l = 0; l < g.mo().locations(); ++l) {
    for (std::uint32_t p = 1; p <= g.mo().last(l); ++p) plain.place_write(p, g.mo().at(l, p));
  }
  return plain;
}

}  // namespace wyn::model

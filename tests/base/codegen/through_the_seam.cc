// One function for each kind of access, written through env_std. by_hand.cc has the same functions
// written with std::atomic; codegen_test compares their instructions.
#include <cstdint>

#include "core/base/env_std.h"
#include "core/base/site.h"

namespace {

using wyn::env_std;
using wyn::order;
using wyn::site;
using word = env_std::atomic<std::uint64_t>;
using flag = env_std::atomic<bool>;
using pointer = env_std::atomic<void*>;

struct rows {
  static constexpr site<"T1", order::relaxed> relaxed{};
  static constexpr site<"T2", order::acquire> acquire{};
  static constexpr site<"T3", order::release> release{};
  static constexpr site<"T4", order::acq_rel> acq_rel{};
  static constexpr site<"T5", order::seq_cst> seq_cst{};
  static constexpr site<"T6", order::acq_rel, order::relaxed> weak_failure{};
  static constexpr site<"T7", order::none> none{};
  static constexpr site<"T8", order::light> light{};
};

// The node of a Treiber stack: what the seam is for, not one access alone.
struct node {
  node* next;
  env_std::plain<std::uint64_t> value;
};

}  // namespace

extern "C" {

std::uint64_t load_relaxed(const word& w) { return w.load(rows::relaxed); }
std::uint64_t load_acquire(const word& w) { return w.load(rows::acquire); }
std::uint64_t load_seq_cst(const word& w) { return w.load(rows::seq_cst); }
void* load_pointer(const pointer& l) { return l.load(rows::acquire); }
bool load_flag(const flag& f) { return f.load(rows::acquire); }

void store_relaxed(word& w, std::uint64_t v) { w.store(v, rows::relaxed); }
void store_release(word& w, std::uint64_t v) { w.store(v, rows::release); }
void store_seq_cst(word& w, std::uint64_t v) { w.store(v, rows::seq_cst); }
void store_flag(flag& f) { f.store(true, rows::release); }

std::uint64_t exchange(word& w, std::uint64_t v) { return w.exchange(v, rows::acq_rel); }
std::uint64_t add(word& w, std::uint64_t v) { return w.fetch_add(v, rows::relaxed); }
void add_unused(word& w) { w.fetch_add(1, rows::seq_cst); }

bool cas(word& w, std::uint64_t* expected, std::uint64_t desired) {
  return w.compare_exchange(*expected, desired, rows::seq_cst);
}
bool cas_constant(word& w) {
  std::uint64_t expected = 0;
  return w.compare_exchange(expected, 1, rows::weak_failure);
}

std::uint64_t plain(env_std::plain<std::uint64_t>& p, std::uint64_t v) {
  const std::uint64_t old = p.read();
  p.write(v);
  return old;
}

void fence_seq_cst(word& w, word& v) {
  w.store(1, rows::relaxed);
  env_std::fence(rows::seq_cst);
  v.store(1, rows::relaxed);
}
void fence_release(word& w, word& v) {
  w.store(1, rows::relaxed);
  env_std::fence(rows::release);
  v.store(1, rows::relaxed);
}
void fence_none(word& w, word& v) {
  w.store(1, rows::relaxed);
  env_std::fence(rows::none);
  v.store(1, rows::relaxed);
}
void fence_light(word& w, word& v) {
  w.store(1, rows::relaxed);
  env_std::fence(rows::light);
  v.store(1, rows::relaxed);
}

void push(env_std::atomic<node*>& head, node* n, std::uint64_t value) {
  n->value.write(value);
  node* top = head.load(rows::relaxed);
  do {
    n->next = top;
  } while (!head.compare_exchange(top, n, rows::release));
}
std::uint64_t spin(const word& w) {
  std::uint64_t v;
  while ((v = w.load(rows::acquire)) == 0) env_std::pause();
  return v;
}

// The comparison must be able to fail: these two differ on purpose.
void differs_in_order(word& w) { w.store(1, rows::seq_cst); }
std::uint64_t differs_in_width(const word& w) { return w.load(rows::relaxed); }

}  // extern "C"

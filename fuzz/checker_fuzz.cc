// The explorer against brute force: a random program has the same final states, the same number of
// executions and the same verdict on races under every memory model, and none is explored twice.
//
// Input: a byte each for the number of threads, the number of locations and which of them hold
// plain data; then operations, of five bytes. One that would make brute force slow is left out, so
// that an input takes some milliseconds.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/input.h"
#include "models/litmus/differential.h"
#include "models/litmus/litmus.h"
#include "models/litmus/program_text.h"
#include "models/litmus/reference.h"
#include "models/litmus/relation.h"

namespace {

using namespace wyn::litmus;  // NOLINT: a program is made of its names
using wyn::order;

constexpr double max_candidates = 4000;
constexpr int max_threads = 4;
constexpr int max_operations = 12;

class program_from_bytes {
 public:
  explicit program_from_bytes(wyn::fuzz::input in) : in_(in) {}

  program make() {
    const unsigned threads = 2 + in_.below(max_threads - 1);
    p_.locations = static_cast<int>(1 + in_.below(3));
    const unsigned plain = in_.byte();
    for (int l = 0; l < p_.locations; ++l) p_.plain.push_back((plain >> l & 1) != 0);
    p_.initial.assign(p_.plain.size(), 0);
    if (plain >= 128) p_.initial[0] = 1;
    p_.threads.resize(threads);
    p_.registers.assign(threads, 0);
    for (int left = max_operations; left > 0 && !in_.empty(); --left) operation();
    return std::move(p_);
  }

 private:
  template <std::size_t N>
  order pick(unsigned choice, const order (&from)[N]) {
    return from[choice % N];
  }

  void operation() {
    const unsigned what = in_.byte();
    const unsigned orders = in_.byte();
    thread_ = what / 16 % p_.threads.size();
    op o = of_kind(what % 16, orders);
    add_guard(o, in_.byte());
    const unsigned operand = in_.byte();
    const unsigned expected = in_.byte();
    o.operand = make_value(operand, 1);
    o.expected = make_value(expected, 0);
    const bool gives = o.kind != op_kind::store && o.kind != op_kind::fence;
    if (gives) o.reg = p_.registers[thread_]++;
    p_.threads[thread_].push_back(std::move(o));
    if (!fits()) {
      p_.threads[thread_].pop_back();
      if (gives) --p_.registers[thread_];
    }
  }

  bool fits() const {
    int events = p_.locations;
    for (const std::vector<op>& thread : p_.threads) events += static_cast<int>(thread.size());
    return events <= max_related && candidates(p_) <= max_candidates;
  }

  op of_kind(unsigned kind, unsigned choice) {
    using enum order;
    static constexpr op_kind kinds[] = {
        op_kind::load,      op_kind::load,      op_kind::load,     op_kind::store,
        op_kind::store,     op_kind::store,     op_kind::fetch_add, op_kind::fetch_sub,
        op_kind::fetch_and, op_kind::fetch_or,  op_kind::fetch_xor, op_kind::exchange,
        op_kind::compare_exchange, op_kind::compare_exchange, op_kind::fence, op_kind::add};
    op o;
    o.kind = kinds[kind];
    o.location = static_cast<int>(choice / 64) % p_.locations;
    o.plain = p_.plain[static_cast<std::size_t>(o.location)];
    if (o.kind == op_kind::add) {
      if (choice % 2 != 0) o.kind = op_kind::equal;
      return o;
    }
    if (o.kind == op_kind::fence) {
      o.plain = false;
      o.success = pick(choice, {seq_cst, acquire, release, acq_rel, light, heavy});
      return o;
    }
    if (o.plain) {
      o.kind = kind % 2 == 0 ? op_kind::load : op_kind::store;
      o.success = o.failure = none;
      return o;
    }
    if (o.kind == op_kind::load) o.success = pick(choice, {relaxed, acquire, seq_cst});
    else if (o.kind == op_kind::store) o.success = pick(choice, {relaxed, release, seq_cst});
    else o.success = pick(choice, {relaxed, acquire, release, acq_rel, seq_cst});
    o.failure = pick(choice / 8, {relaxed, acquire, seq_cst});
    return o;
  }

  void add_guard(op& o, unsigned choice) {
    const int registers = p_.registers[thread_];
    if (choice % 4 != 3 || registers == 0) return;
    guard g;
    g.reg = static_cast<int>(choice / 16) % registers;
    g.equal = (choice & 4) != 0;
    g.literal = (choice & 8) != 0 ? 1 : 0;
    o.guards.push_back(g);
  }

  // A small number, or a register of the thread.
  value make_value(unsigned choice, int least) {
    const int registers = p_.registers[thread_];
    if (choice % 4 == 3 && registers > 0) {
      return {.reg = static_cast<int>(choice / 4) % registers};
    }
    return {.literal = least + static_cast<int>(choice % 4 % 3)};
  }

  wyn::fuzz::input in_;
  program p_;
  std::size_t thread_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 3 + 5 * max_operations) return 0;  // the rest would not be looked at
  const program p = program_from_bytes(wyn::fuzz::input(data, size)).make();
  for (const wyn::model::memory_model m : memory_models) {
    const std::string difference = difference_from_reference(p, m);
    if (difference.empty()) continue;
    std::fprintf(stderr, "%s\nunder %s: %s\n", to_text(p).c_str(), to_string(m),
                 difference.c_str());
    std::abort();
  }
  return 0;
}

// The part of a machine that runs litmus programs that does not depend on what memory is: program
// counters, registers, and the progress of heavy fences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

struct thread_state {
  std::size_t next = 0;
  std::vector<int> registers;
  std::uint32_t pending = 0;  ///< threads that its heavy fence has not interrupted yet
  bool in_heavy_fence = false;
};

/// Explores every interleaving of a machine: `Memory` is copied for each step and says what the
/// steps do.
///
///   Memory(const program&)
///   template <class F> void access(int thread, const op&, int operand, int expected, F then)
///     calls then(Memory, found) for each way in which it can be done, maybe none
///   template <class F> void internal_steps(F then): calls then(Memory) for each
///   bool fence(int thread, order): performs it; false if it cannot be done yet
///   bool at_rest(): nothing is left to be done when all threads have ended
///   int final_value(int location)
///   void encode(std::string&): equal texts, equal behaviour
template <class Memory>
class interleaving {
 public:
  explicit interleaving(const program& p, bool interrupting)
      : p_(p), interrupting_(interrupting) {}

  std::set<state> run() {
    machine m{{}, Memory(p_)};
    for (const int n : p_.registers) {
      m.threads.push_back({.registers = std::vector<int>(static_cast<std::size_t>(n), 0)});
    }
    visit(m);
    return std::move(states_);
  }

 private:
  struct machine {
    std::vector<thread_state> threads;
    Memory memory;
  };

  void visit(const machine& m) {
    if (!seen_.insert(encode(m)).second) return;
    m.memory.internal_steps([&](Memory memory) { visit({m.threads, std::move(memory)}); });
    bool ended = true;
    for (std::size_t t = 0; t < m.threads.size(); ++t) {
      interrupt(m, t);
      if (m.threads[t].in_heavy_fence) {
        end_heavy_fence(m, t);
      } else if (m.threads[t].next < p_.threads[t].size()) {
        step(m, t, p_.threads[t][m.threads[t].next]);
      } else {
        continue;
      }
      ended = false;
    }
    if (ended && m.memory.at_rest()) record(m);
  }

  static std::uint32_t bit(std::size_t t) { return std::uint32_t{1} << t; }

  void interrupt(const machine& m, std::size_t t) {
    for (std::size_t by = 0; by < m.threads.size(); ++by) {
      if ((m.threads[by].pending & bit(t)) == 0) continue;
      machine after = m;
      if (!after.memory.fence(static_cast<int>(t), order::seq_cst)) continue;
      after.threads[by].pending &= ~bit(t);
      visit(after);
    }
  }

  void end_heavy_fence(const machine& m, std::size_t t) {
    machine after = m;
    if (m.threads[t].pending != 0) return;
    if (!after.memory.fence(static_cast<int>(t), order::seq_cst)) return;
    after.threads[t].in_heavy_fence = false;
    ++after.threads[t].next;
    visit(after);
  }

  void step(const machine& m, std::size_t t, const op& o) {
    machine after = m;
    thread_state& own = after.threads[t];
    const auto get = [&](const value& v) {
      return v.reg >= 0 ? own.registers[static_cast<std::size_t>(v.reg)] : v.literal;
    };
    bool allowed = true;
    for (const guard& g : o.guards) {
      allowed = allowed && (get({.reg = g.reg}) == g.literal) == g.equal;
    }
    if (!allowed) {
      ++own.next;
      return visit(after);
    }
    if (o.kind == op_kind::fence) return fence(std::move(after), t, o.success);
    const auto put = [&](thread_state& in, int result) {
      if (o.reg >= 0) in.registers[static_cast<std::size_t>(o.reg)] = result;
      ++in.next;
    };
    if (is_computation(o.kind)) {
      put(own, computed(o.kind, get(o.operand), get(o.expected)));
      return visit(after);
    }
    if (o.plain || o.weak || o.pointer >= 0 || o.flag >= 0 || o.kind == op_kind::cut) {
      throw std::invalid_argument(p_.id + ": plain data, or what C alone has");
    }
    m.memory.access(static_cast<int>(t), o, get(o.operand), get(o.expected),
                    [&](Memory memory, int found) {
                      machine next{m.threads, std::move(memory)};
                      put(next.threads[t], found);
                      visit(next);
                    });
  }

  void fence(machine after, std::size_t t, order o) {
    const bool heavy = o == order::heavy;
    if (o != order::light && !after.memory.fence(static_cast<int>(t), heavy ? order::seq_cst : o)) {
      return;
    }
    thread_state& own = after.threads[t];
    if (heavy && interrupting_) {
      own.in_heavy_fence = true;
      own.pending = (bit(after.threads.size()) - 1) & ~bit(t);
    } else {
      ++own.next;
    }
    visit(after);
  }

  void record(const machine& m) {
    state s;
    for (const thread_state& t : m.threads) {
      s.insert(s.end(), t.registers.begin(), t.registers.end());
    }
    for (int l = 0; l < p_.locations; ++l) s.push_back(m.memory.final_value(l));
    states_.insert(std::move(s));
  }

  static std::string encode(const machine& m) {
    std::string text;
    for (const thread_state& t : m.threads) {
      text += std::to_string(t.next) + (t.in_heavy_fence ? "!" : ".") + std::to_string(t.pending);
      for (const int r : t.registers) text += "," + std::to_string(r);
      text += ";";
    }
    m.memory.encode(text);
    return text;
  }

  const program& p_;
  const bool interrupting_;
  std::set<std::string> seen_;
  std::set<state> states_;
};

/// What a read-modify-write that found `found` writes; for a store, `operand`.
inline int written_by(op_kind k, int found, int operand) {
  switch (k) {
    case op_kind::fetch_add: return found + operand;
    case op_kind::fetch_sub: return found - operand;
    case op_kind::fetch_and: return found & operand;
    case op_kind::fetch_or: return found | operand;
    case op_kind::fetch_xor: return found ^ operand;
    default: return operand;
  }
}

}  // namespace wyn::litmus

#include "models/litmus/litmus.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "models/checker/calls.h"

namespace wyn::litmus {

namespace {

constexpr int max_locations = 32;
constexpr int max_registers = 256;

// The program that is being explored: the engine constructs the model object itself, so it takes no
// argument.
const program* exploring = nullptr;
outcome* reached = nullptr;

struct machine {
  struct cell {
    alignas(8) int data = 0;
  };

  cell memory[max_locations];
  int registers[model::max_threads][max_registers];

  machine() {
    for (std::size_t t = 0; t < exploring->threads.size(); ++t) {
      std::fill_n(registers[t], exploring->registers[t], 0);
    }
    for (int l = 0; l < exploring->locations; ++l) {
      const auto n = static_cast<std::size_t>(l);
      const int initial = exploring->initial.empty() ? 0 : exploring->initial[n];
      memory[l].data = initial;
      if (exploring->plain[n]) model::calls::construct_plain(&memory[l]);
      else model::calls::construct_atomic(&memory[l], word(initial));
    }
  }

  static std::uint64_t word(int v) { return static_cast<std::uint32_t>(v); }

  void thread(int id) {
    for (const op& o : exploring->threads[static_cast<std::size_t>(id)]) {
      if (allowed(id, o)) execute(id, o);
    }
  }

  bool allowed(int id, const op& o) const {
    for (const guard& g : o.guards) {
      if ((registers[id][g.reg] == g.literal) != g.equal) return false;
    }
    return true;
  }

  int evaluate(int id, const value& v) const {
    return v.reg >= 0 ? registers[id][v.reg] : v.literal;
  }

  void execute(int id, const op& o) {
    if (o.kind == op_kind::fence) return model::calls::fence(o.success, "F");
    if (o.kind == op_kind::cut) {
      reached->cut = true;
      return model::calls::assume(false);
    }
    const int found = is_computation(o.kind)
                          ? computed(o.kind, evaluate(id, o.operand), evaluate(id, o.expected))
                      : o.plain ? access_plain(id, o)
                                : access_atomic(id, o);
    if (o.reg >= 0) registers[id][o.reg] = found;
  }

  cell& location(int id, const op& o) {
    if (o.pointer < 0) return memory[o.location];
    const int l = registers[id][o.pointer] - first_address;
    const bool valid = l >= 0 && l < exploring->locations;
    model::calls::check(valid, "an access goes through a pointer to a location");
    const bool fits = valid && exploring->plain[static_cast<std::size_t>(l)] == o.plain;
    model::calls::check(fits, "what is accessed through a pointer is of the pointer's type");
    return memory[l];
  }

  int access_plain(int id, const op& o) {
    cell& c = location(id, o);
    if (o.kind == op_kind::store) {
      model::calls::plain_write(&c);
      c.data = evaluate(id, o.operand);
      return 0;
    }
    model::calls::plain_read(&c);
    return c.data;
  }

  int access_atomic(int id, const op& o) {
    cell& c = location(id, o);
    model::operation m = operation(id, o);
    const bool fails = o.weak && model::calls::choose(2) == 1;
    if (fails) {
      m.kind = model::operation_kind::load;
      m.success = o.failure;
    }
    const int found = static_cast<int>(model::calls::atomic_access(&c, m));
    if (o.flag >= 0) {
      registers[id][o.flag] = !fails && found == evaluate(id, o.expected) ? 1 : 0;
    }
    return found;
  }

  model::operation operation(int id, const op& o) const {
    static constexpr std::pair<model::operation_kind, const char*> kinds[] = {
        {model::operation_kind::load, "R"},     {model::operation_kind::store, "W"},
        {model::operation_kind::fetch_add, "A"}, {model::operation_kind::exchange, "X"},
        {model::operation_kind::compare_exchange, "C"}, {model::operation_kind::fence, "F"},
        {model::operation_kind::fetch_add, "S"}, {model::operation_kind::fetch_and, "and"},
        {model::operation_kind::fetch_or, "or"}, {model::operation_kind::fetch_xor, "xor"}};
    model::operation m;
    m.kind = kinds[static_cast<std::size_t>(o.kind)].first;
    m.site = kinds[static_cast<std::size_t>(o.kind)].second;
    m.success = o.success;
    m.failure = o.failure;
    const int operand = evaluate(id, o.operand);
    m.operand = word(o.kind == op_kind::fetch_sub ? -operand : operand);
    m.expected = word(evaluate(id, o.expected));
    m.mask = 0xffffffffu;
    return m;
  }

  void after() {
    state s;
    for (std::size_t t = 0; t < exploring->threads.size(); ++t) {
      for (int r = 0; r < exploring->registers[t]; ++r) s.push_back(registers[t][r]);
    }
    for (int l = 0; l < exploring->locations; ++l) s.push_back(final_value(l));
    ++reached->witnesses[std::move(s)];
  }

  int final_value(int l) {
    if (exploring->plain[static_cast<std::size_t>(l)]) return memory[l].data;
    model::operation load;
    return static_cast<int>(model::calls::atomic_access(&memory[l], load));
  }
};

}  // namespace

outcome explore(const program& p, const model::options& o) {
  return use_program(p, [&o](const model::program& m) { return model::check(m, o); });
}

outcome use_program(const program& p,
                    const std::function<model::verdict(const model::program&)>& use) {
  outcome result;
  bool fits = p.locations <= max_locations;
  for (int n : p.registers) fits = fits && n <= max_registers;
  if (!fits) {
    result.verdict.message =
        "litmus program with more than 32 locations or 256 registers of a thread";
    return result;
  }
  exploring = &p;
  reached = &result;
  model::program m;
  m.threads = static_cast<int>(p.threads.size());
  m.bytes = sizeof(machine);
  m.alignment = alignof(machine);
  m.construct = [](void* object) { ::new (object) machine(); };
  m.before = [](void*) {};
  m.thread = [](void* object, int id) { static_cast<machine*>(object)->thread(id); };
  m.after = [](void* object) { static_cast<machine*>(object)->after(); };
  m.destroy = [](void*) {};
  result.verdict = use(m);
  for (const auto& [reached_state, executions] : result.witnesses) {
    result.states.insert(reached_state);
  }
  exploring = nullptr;
  reached = nullptr;
  return result;
}

}  // namespace wyn::litmus

// Puts the operations of a thread together: registers, and the conditions that they stand under.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "models/litmus/c_memory.h"
#include "models/litmus/litmus.h"

namespace wyn::litmus {

struct c_thread {
  std::vector<op> ops;
  int registers = 0;
  std::map<std::string, int> names;  ///< of the registers that have one
};

class c_builder {
 public:
  struct variable {
    int reg = -1;
    c_type type;
    bool visible = true;  ///< its block has not ended
  };

  /// A register without a name.
  int hidden() { return thread_.registers++; }

  /// Null if no register of this name is visible.
  const variable* find(const std::string& name) const {
    const auto found = variables_.find(name);
    return found == variables_.end() || !found->second.visible ? nullptr : &found->second;
  }

  /// A register of this name, which is not visible yet. A name that comes again in another block
  /// is the same register: the final condition has one name for it.
  int declare(const std::string& name, const c_type& type) {
    variable& v = variables_[name];
    if (v.reg < 0) v.reg = thread_.names[name] = hidden();
    v.type = type;
    v.visible = true;
    if (!blocks_.empty()) blocks_.back().push_back(name);
    return v.reg;
  }

  void begin_block() { blocks_.emplace_back(); }
  void end_block() {
    for (const std::string& name : blocks_.back()) variables_[name].visible = false;
    blocks_.pop_back();
  }

  /// What is added until end_condition() is executed only if the register, which nothing changes
  /// any more, is `equal` to 0 or not.
  void begin_condition(int reg, bool equal) { guards_.push_back({reg, equal, 0}); }
  void end_condition() { guards_.pop_back(); }

  void begin_loop() { loops_.emplace_back(); }
  void begin_iteration() { loops_.back().goes_on = -1; }
  void end_loop() { loops_.pop_back(); }
  bool in_loop() const { return !loops_.empty(); }
  /// Nothing that is added to the loop (or to this iteration of it) from here on is executed.
  void leave_loop() { raise(loops_.back().ended); }
  void leave_iteration() { raise(loops_.back().goes_on); }

  void add(op o) {
    o.guards = guards_;
    for (const loop& l : loops_) {
      if (l.ended >= 0) o.guards.push_back({l.ended, true, 0});
      if (l.goes_on >= 0) o.guards.push_back({l.goes_on, true, 0});
    }
    accesses_ += is_computation(o.kind) ? 0 : 1;
    thread_.ops.push_back(std::move(o));
  }

  value compute(op_kind kind, const value& a, const value& b) {
    if (a.reg < 0 && b.reg < 0) return {.literal = computed(kind, a.literal, b.literal)};
    const int reg = hidden();
    set(reg, kind, a, b);
    return {.reg = reg};
  }

  void set(int reg, op_kind kind, const value& a, const value& b) {
    op o;
    o.kind = kind;
    o.operand = a;
    o.expected = b;
    o.reg = reg;
    add(std::move(o));
  }
  void assign(int reg, const value& v) { set(reg, op_kind::add, v, {}); }

  /// How many operations there are, computations included.
  std::size_t operations() const { return thread_.ops.size(); }
  /// How many accesses and fences there are.
  std::size_t accesses() const { return accesses_; }
  c_thread take() { return std::move(thread_); }

 private:
  struct loop {
    int ended = -1;    ///< set by break
    int goes_on = -1;  ///< set by continue
  };

  void raise(int& flag) {
    const int reg = flag < 0 ? hidden() : flag;
    assign(reg, {.literal = 1});
    flag = reg;
  }

  c_thread thread_;
  std::map<std::string, variable> variables_;
  std::vector<std::vector<std::string>> blocks_;
  std::vector<guard> guards_;
  std::vector<loop> loops_;
  std::size_t accesses_ = 0;
};

}  // namespace wyn::litmus

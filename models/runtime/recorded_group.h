// Clients that write down which members a task group has and which have ended when a wait for it is
// over: all of them, and the waiter sees what each has done. The shipped count and sleep, put
// together as group_block.h does it; here what a member leaves behind is an atomic word, so that a
// stale one is a wrong answer and no data race.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "core/base/site.h"
#include "core/park/event_count.h"
#include "models/checker/linearizability/history.h"
#include "models/env/env_checker.h"
#include "models/runtime/group_block.h"

namespace wyn::runtime_models {

/// A set of members that are missing, and of those that have ended. A wait is no operation while
/// one is missing; it answers who has ended.
class group_spec {
 public:
  struct add {
    using result = void;
    int member;
    std::string text() const { return "add(" + std::to_string(member) + ")"; }
  };
  struct end {
    using result = void;
    int member;
    std::string text() const { return "end(" + std::to_string(member) + ")"; }
  };
  struct look {
    using result = bool;
    std::string text() const { return "look()"; }
  };
  struct wait {
    using result = std::uint32_t;
    std::string text() const { return "wait()"; }
  };
  using operations = std::variant<add, end, look, wait>;
  using others = model::overlap<group_spec>;

  void apply(const add& op) { missing_ |= bit(op.member); }
  bool admit(const end& op, const std::monostate*, const others&) {
    if ((missing_ & bit(op.member)) == 0) return false;
    missing_ &= ~bit(op.member);
    ended_ |= bit(op.member);
    return true;
  }
  bool apply(const look&) { return missing_ == 0; }
  bool admit(const wait&, const std::uint32_t* observed, const others&) const {
    return missing_ == 0 && (observed == nullptr || *observed == ended_);
  }

  bool operator==(const group_spec&) const = default;
  std::size_t hash() const { return std::size_t{missing_} * 31 + ended_; }

  static std::uint32_t bit(int member) { return std::uint32_t{1} << member; }

 private:
  std::uint32_t missing_ = 0;
  std::uint32_t ended_ = 0;
};

/// A group of up to two members.
template <class Orders, class Group>
class recorded_group {
  using spec = group_spec;
  using env = env_checker;

 public:
  /// Whoever may: it made the group, or waits for it.
  void add(int member) {
    auto op = past_.call(spec::add{member});
    count_.add();
    op.returns();
  }

  /// Member `by` adds `member`, publishes it and ends.
  template <class Publish>
  void add_and_end(int by, int member, const Publish& publish) {
    auto op = past_.call(spec::add{member});
    Group::add_and_end(count_, publish, [&] {
      op.returns();
      end(by);
    });
  }

  void end(int member) {
    auto op = past_.call(spec::end{member});
    Group::end(
        count_, joiners_, [] {}, [] {},
        [&] { done_[member].store(1, site<"H3 effect.store", order::relaxed>{}); });
    op.returns();
  }

  void look() {
    auto op = past_.call(spec::look{});
    op.returns(count_.done());
  }

  void wait() {
    auto op = past_.call(spec::wait{});
    while (!count_.done()) Group::sleep(count_, joiners_, [] { return true; });
    std::uint32_t seen = 0;
    for (int i = 0; i < 2; ++i) {
      if (done_[i].load(site<"H4 effect.load", order::relaxed>{}) != 0) seen |= spec::bit(i);
    }
    op.returns(seen);
  }

 private:
  group_count<env, Orders> count_;
  event_count<env, Orders> joiners_;
  env::atomic<int> done_[2] = {};
  model::history<spec> past_;
};

/// Two members end, one of which looks whether all have; a third thread looks, and waits.
template <class Orders, class Group = shipped_group>
struct two_members_end {
  static constexpr int threads = 3;
  void before() {
    group.add(0);
    group.add(1);
  }
  void thread(int id) {
    if (id == 2) {
      group.look();
      group.wait();
      return;
    }
    group.end(id);
    if (id == 0) group.look();
  }
  recorded_group<Orders, Group> group;
};

/// The first member adds the second, which another thread runs; a third thread waits.
template <class Orders, class Group = shipped_group>
struct member_adds_another {
  static constexpr int threads = 3;
  void before() { group.add(0); }
  void thread(int id) {
    if (id == 0) {
      group.add_and_end(0, 1, [&] { queue.put(); });
    } else if (id == 1) {
      while (!queue.take()) env_checker::pause();
      group.end(1);
    } else {
      group.wait();
    }
  }
  recorded_group<Orders, Group> group;
  handed_task<env_checker> queue;
};

/// The waiter adds a member after its wait, and waits again.
template <class Orders, class Group = shipped_group>
struct waited_for_twice {
  static constexpr int threads = 3;
  void before() { group.add(0); }
  void thread(int id) {
    if (id == 0) {
      group.end(0);
    } else if (id == 1) {
      while (!queue.take()) env_checker::pause();
      group.end(1);
    } else {
      group.wait();
      group.add(1);
      queue.put();
      group.wait();
    }
  }
  recorded_group<Orders, Group> group;
  handed_task<env_checker> queue;
};

}  // namespace wyn::runtime_models

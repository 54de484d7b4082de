// An environment that writes down every access: who, which row, what order.
//
// The roles of a protocol take turns (as_role), and a hook may let another role act right before an
// access, so that a compare-exchange can be made to fail. Roles may run on threads of their own if
// these hand over to each other: one runs at a time. What the trace is good for:
// models/matrix/load_buffering.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "core/base/site.h"

namespace wyn {

/// One access. A failed compare-exchange is a read.
struct trace_event {
  enum class kind { read, write, update, fence };
  int role;
  kind what;
  order strength;
  const void* where;
  std::string site;
};

/// What was traced, and how. One at a time; it is current from its construction to its end.
class trace_session {
 public:
  trace_session() : outer_(current_) { current_ = this; }
  ~trace_session() { current_ = outer_; }
  trace_session(const trace_session&) = delete;
  trace_session& operator=(const trace_session&) = delete;

  /// Runs `steps` as `role`.
  template <class Steps>
  void as_role(int role, Steps steps) {
    const int before = std::exchange(role_, role);
    steps();
    role_ = before;
  }

  /// Once, right before the next access whose site ends in `site`, runs `steps`.
  void before_next(std::string site, std::function<void()> steps) {
    hook_site_ = std::move(site);
    hook_ = std::move(steps);
  }

  /// The row with this id has this order from now on; it must not be stronger than the row's.
  void weaken(const std::string& id, order replacement) { weaker_[id] = replacement; }

  const std::vector<trace_event>& events() const { return events_; }

 private:
  friend struct env_trace;

  static trace_session& current() { return *current_; }

  void reach(const std::string& site) {
    const bool here = hook_ && site.size() >= hook_site_.size() &&
                      site.compare(site.size() - hook_site_.size(), site.npos, hook_site_) == 0;
    if (here) std::exchange(hook_, nullptr)();
  }

  void record(trace_event::kind what, order strength, const void* where, const std::string& site) {
    events_.push_back({role_, what, strength, where, site});
  }

  order order_of(const std::string& site, order written) const {
    const auto weaker = weaker_.find(site);
    return weaker == weaker_.end() ? written : weaker->second;
  }

  static inline trace_session* current_ = nullptr;
  static inline thread_local int role_ = 0;

  trace_session* outer_;
  std::vector<trace_event> events_;
  std::map<std::string, order> weaker_;
  std::string hook_site_;
  std::function<void()> hook_;
};

struct env_trace {
  using kind = trace_event::kind;

  template <class T>
  class atomic {
   public:
    atomic() : value_{} {}
    explicit atomic(T v) : value_(v) {}
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    template <class Site>
    T load(Site) const {
      note<Site>(kind::read, Site::success);
      return value_;
    }
    template <class Site>
    void store(T v, Site) {
      note<Site>(kind::write, Site::success);
      value_ = v;
    }
    template <class Site>
    T exchange(T v, Site) {
      note<Site>(kind::update, Site::success);
      return std::exchange(value_, v);
    }
    template <class Site>
    T fetch_add(T v, Site) {
      note<Site>(kind::update, Site::success);
      return std::exchange(value_, static_cast<T>(value_ + v));
    }
    template <class Site>
    bool compare_exchange(T& expected, T desired, Site) {
      trace_session& session = trace_session::current();
      session.reach(Site::id);
      const order success = session.order_of(Site::id, Site::success);
      if (value_ == expected) {
        session.record(kind::update, success, this, Site::id);
        value_ = desired;
        return true;
      }
      // A weaker order of success weakens that of failure with it.
      const bool weakened = success != Site::success;
      session.record(kind::read, weakened ? failure_order_of(success) : Site::failure, this,
                     Site::id);
      expected = value_;
      return false;
    }

   private:
    template <class Site>
    void note(kind what, order written) const {
      trace_session& session = trace_session::current();
      session.reach(Site::id);
      session.record(what, session.order_of(Site::id, written), this, Site::id);
    }

    T value_;
  };

  template <class T>
  class plain {
   public:
    plain() : value_{} {}
    explicit plain(T v) : value_(v) {}
    T read() const { return value_; }
    void write(T v) { value_ = v; }

   private:
    T value_;
  };

  template <class Site>
  static void fence(Site) {
    trace_session& session = trace_session::current();
    session.record(kind::fence, session.order_of(Site::id, Site::success), nullptr, Site::id);
  }

  static void pause() {}

  static void* allocate(std::size_t bytes, std::size_t alignment) {
    return ::operator new(bytes, std::align_val_t{alignment}, std::nothrow);
  }
  static void deallocate(void* p, std::size_t, std::size_t alignment) {
    ::operator delete(p, std::align_val_t{alignment});
  }
};

}  // namespace wyn

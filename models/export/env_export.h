// The explorer's environment, with a log of all that a model does: for what writes the model down
// as a C program (c_program.h). Every access goes to env_checker and is then logged.
//
// What a C program cannot express is refused with a word that says so: choices, assumptions, loops
// with pause(). Ends of lives and calls that free memory leave no trace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "models/env/env_checker.h"
#include "models/export/log.h"

namespace wyn {

struct env_export {
 private:
  using log_writer = model_export::log_writer;
  using step = model_export::step;
  using step_kind = model_export::step_kind;

  template <class T>
  static std::uint64_t to_word(T v) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, &v, sizeof(T) < sizeof(word) ? sizeof(T) : sizeof(word));
    if (sizeof(T) > sizeof(word)) log_writer::current().refuse("plain data of more than a word");
    return word;
  }
  static std::uintptr_t address_of(const void* object) {
    return reinterpret_cast<std::uintptr_t>(object);
  }
  template <class Site>
  static step step_of(step_kind kind, const void* object) noexcept {
    step s;
    s.kind = kind;
    s.text = Site::id;
    s.success = Site::success;
    s.failure = Site::failure;
    s.object = address_of(object);
    return s;
  }

 public:
  template <class T>
  class atomic {
   public:
    atomic() noexcept : atomic(T{}) {}
    explicit atomic(T v) noexcept : inner_(v) {
      step s;
      s.kind = step_kind::construction;
      s.object = address_of(this);
      s.operand = to_word(v);
      log_writer::current().construct(s, sizeof(*this));
    }
    ~atomic() { log_writer::current().destroy(this); }
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    template <class Site>
    T load(Site site) const noexcept {
      const T found = inner_.load(site);
      log_writer::current().add(step_of<Site>(step_kind::load, this), to_word(found));
      return found;
    }
    template <class Site>
    void store(T v, Site site) noexcept {
      inner_.store(v, site);
      log_writer::current().add(writing<Site>(step_kind::store, v));
    }
    template <class Site>
    T exchange(T v, Site site) noexcept {
      const T found = inner_.exchange(v, site);
      log_writer::current().add(writing<Site>(step_kind::exchange, v), to_word(found));
      return found;
    }
    template <class Site>
    T fetch_add(T v, Site site) noexcept {
      const T found = inner_.fetch_add(v, site);
      step s = writing<Site>(step_kind::fetch_add, v);
      // The program's words have 64 bits: what takes something away must do so there, too.
      s.operand = static_cast<std::uint64_t>(std::int64_t{static_cast<std::make_signed_t<T>>(v)});
      log_writer::current().add(s, to_word(found));
      return found;
    }
    template <class Site>
    bool compare_exchange(T& expected, T desired, Site site) noexcept {
      const step s = comparing<Site>(expected, desired);
      const bool won = inner_.compare_exchange(expected, desired, site);
      log_writer::current().add(s, to_word(expected));
      return won;
    }
    /// As the strong one: the export explores no spurious failures.
    template <class Site>
    bool compare_exchange_weak(T& expected, T desired, Site site) noexcept {
      const step s = comparing<Site>(expected, desired);
      const bool won = inner_.compare_exchange_weak(expected, desired, site);
      log_writer::current().add(s, to_word(expected));
      return won;
    }

   private:
    friend struct env_export;
    template <class Site>
    step writing(step_kind kind, T v) const noexcept {
      step s = step_of<Site>(kind, this);
      s.operand = to_word(v);
      return s;
    }
    template <class Site>
    step comparing(T expected, T desired) const noexcept {
      step s = writing<Site>(step_kind::compare_exchange, desired);
      s.expected = to_word(expected);
      return s;
    }

    env_checker::atomic<T> inner_;
  };

  template <class T>
  class plain {
   public:
    plain() noexcept { construct(T{}); }
    explicit plain(T v) noexcept : inner_(v) { construct(v); }
    plain(const plain& other) noexcept : plain(other.read()) {}
    plain& operator=(const plain& other) noexcept {
      write(other.read());
      return *this;
    }
    ~plain() { log_writer::current().destroy(this); }

    T read() const noexcept {
      const T found = inner_.read();
      step s;
      s.kind = step_kind::plain_read;
      s.object = address_of(this);
      log_writer::current().add(s, to_word(found));
      return found;
    }
    void write(T v) noexcept {
      inner_.write(v);
      step s;
      s.kind = step_kind::plain_write;
      s.object = address_of(this);
      s.operand = to_word(v);
      log_writer::current().add(s);
    }

   private:
    void construct(T v) noexcept {
      step s;
      s.kind = step_kind::plain_construction;
      s.object = address_of(this);
      s.operand = to_word(v);
      log_writer::current().construct(s, sizeof(*this));
    }

    env_checker::plain<T> inner_;
  };

  template <class Site>
  static void fence(Site site) noexcept {
    env_checker::fence(site);
    log_writer::current().add(step_of<Site>(step_kind::fence, nullptr));
  }

  static void wait_upper(const atomic<std::uint64_t>& word, std::uint32_t expected) noexcept {
    step s;
    s.kind = step_kind::await_upper;
    s.text = "wait_upper";
    s.object = address_of(&word);
    s.expected = expected;
    log_writer::current().attempt(s);
    // env_checker's own form does not tell what was found.
    model::operation op;
    op.kind = model::operation_kind::await_upper;
    op.expected = expected;
    op.site = "wait_upper";
    op.fixed = true;
    log_writer::current().finish_attempt(model::calls::atomic_access(&word.inner_, op));
  }
  static void wake_upper(const atomic<std::uint64_t>& word, int count) noexcept {
    env_checker::wake_upper(word.inner_, count);
  }

  static void pause() noexcept {
    log_writer::current().refuse("a loop that waits (pause)");
    env_checker::pause();
  }
  static void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
    void* memory = env_checker::allocate(bytes, alignment);
    log_writer::current().allocate(memory, bytes);
    return memory;
  }
  static void deallocate(void* p, std::size_t bytes, std::size_t alignment) noexcept {
    env_checker::deallocate(p, bytes, alignment);
  }

  template <class T>
  static void name(const T& object, const char* text, std::int64_t index = -1) noexcept {
    log_writer::current().name(&object, text, index);
    env_checker::name(object, text, index);
  }

  static void check(bool ok, const char* what) noexcept {
    env_checker::check(ok, what);
    step s;
    s.kind = step_kind::check;
    s.text = what;
    log_writer::current().add(s);
  }
  static void assume(bool condition) noexcept {
    log_writer::current().refuse("an assumption (assume)");
    env_checker::assume(condition);
  }
  static void outcome(const char* name, std::int64_t value) noexcept {
    env_checker::outcome(name, value);
  }
  static int choose(int n) noexcept {
    log_writer::current().refuse("a choice (choose)");
    return env_checker::choose(n);
  }
};

}  // namespace wyn

// Sequences of calls of the C interface, legal and illegal, against a model.
//
// Every call's answer is compared with what wyn.h says; where threads make several answers
// possible, with these. Every task is a record that counts its runs: at the end each accepted task
// has run exactly once and each refused one never. A call that hangs is found by the fuzzer's own
// time limit.
//
// Input: operations, each a byte, with their operands. The default runtime outlives an input; its
// state is part of the model.
#include <atomic>
#include <bit>
#include <cstdint>
#include <deque>
#include <thread>
#include <vector>

#include "core/capi/wyn.h"
#include "fuzz/input.h"

namespace {

class model;

// What one task does, and what became of it.
struct record {
  enum class kind : std::uint8_t { count, spawn_two, misuse, join_inner } what = kind::count;
  model* owner = nullptr;
  wyn_runtime* runtime = nullptr;  // nullptr: the default runtime
  std::atomic<int> runs{0};
  std::atomic<int> accepted{0};

  // Children of spawn_two and join_inner, in place: tasks allocate nothing.
  std::atomic<int> child_runs{0};
  std::atomic<int> children_accepted{0};
};

bool is_accepted(wyn_status s) { return s == WYN_OK || s == WYN_RAN_INLINE; }

wyn_status spawn_on(wyn_runtime* rt, void (*func)(void*), void* arg) {
  return rt == nullptr ? wyn_spawn(func, arg) : wyn_runtime_spawn(rt, func, arg);
}

void run_child(void* arg) { static_cast<record*>(arg)->child_runs.fetch_add(1); }
void* return_child(void* arg) {
  run_child(arg);
  return arg;
}

void spawn_two(record& r) {
  for (int i = 0; i < 2; ++i) {
    const wyn_status s = spawn_on(r.runtime, run_child, &r);
    // Also when shutdown has begun: a task of the runtime may go on spawning.
    FUZZ_CHECK(is_accepted(s) || s == WYN_ERROR_FULL);
    if (is_accepted(s)) r.children_accepted.fetch_add(1);
  }
}

void misuse(const record& r) {
  if (r.runtime == nullptr) {
    FUZZ_CHECK(wyn_wait() == WYN_ERROR_INSIDE_TASK);
    FUZZ_CHECK(wyn_shutdown() == WYN_ERROR_INSIDE_TASK);
    FUZZ_CHECK(wyn_init(nullptr) == WYN_ERROR_RUNNING);
  } else {
    FUZZ_CHECK(wyn_runtime_wait(r.runtime) == WYN_ERROR_INSIDE_TASK);
    FUZZ_CHECK(wyn_runtime_shutdown(r.runtime) == WYN_ERROR_INSIDE_TASK);
    FUZZ_CHECK(wyn_runtime_destroy(r.runtime) == WYN_ERROR_INSIDE_TASK);
  }
}

void join_inner(record& r) {
  wyn_task* inner = nullptr;
  const wyn_status s = wyn_submit(r.runtime, return_child, &r, &inner);
  FUZZ_CHECK(is_accepted(s) || s == WYN_ERROR_FULL);
  FUZZ_CHECK(is_accepted(s) == (inner != nullptr));
  if (inner == nullptr) return;
  r.children_accepted.fetch_add(1);
  void* result = nullptr;
  FUZZ_CHECK(wyn_task_join(inner, &result) == WYN_OK);
  FUZZ_CHECK(result == &r);
  FUZZ_CHECK(wyn_task_done(inner) == 1);
  wyn_task_release(inner);
}

void run_record(void* arg) {
  auto& r = *static_cast<record*>(arg);
  r.runs.fetch_add(1);
  switch (r.what) {
    case record::kind::count: break;
    case record::kind::spawn_two: spawn_two(r); break;
    case record::kind::misuse: misuse(r); break;
    case record::kind::join_inner: join_inner(r); break;
  }
}

void* run_and_return(void* arg) {
  run_record(arg);
  return arg;
}

// What is known of one runtime.
struct runtime_state {
  wyn_runtime* handle = nullptr;
  bool exists = false;
  bool shut_down = false;
  bool may_refuse = false;     // WYN_ON_FULL_REFUSE
  bool may_run_inline = false;
  std::uint32_t workers = 0;
  std::int64_t limit = 0;      // of the queue of a thread
  std::int64_t queued = 0;     // by this thread, since the last wait, if `exact`
  bool exact = false;          // without workers only this thread takes from its queue
  int handles = 0;
};

// Survives the input, as the default runtime does.
runtime_state default_runtime;

struct task_state {
  wyn_task* handle;
  runtime_state* runtime;
  record* what;
};

class model {
 public:
  void run(wyn::fuzz::input in) {
    for (int calls = 0; calls < 96 && !in.empty(); ++calls) step(in);
    finish();
  }

 private:
  static constexpr std::size_t max_runtimes = 3;

  void step(wyn::fuzz::input& in) {
    switch (in.below(16)) {
      case 0: return create(in);
      case 1:
      case 2:
      case 3: return spawn(pick(in), in, 1);
      case 4: return spawn(pick(in), in, 1 + in.below(40));
      case 5: return submit(pick(in), in);
      case 6: return join(in);
      case 7: return release(in);
      case 8: return wait(pick(in));
      case 9: return shut_down(pick(in));
      case 10: return destroy(in);
      case 11: return init(in);
      case 12: return nulls();
      case 13: return on_another_thread(pick(in), in);
      case 14: return ask_done(in);
      default: return spawn_fast(in);
    }
  }

  // One of the runtimes, or the default one.
  runtime_state& pick(wyn::fuzz::input& in) {
    const unsigned n = in.below(static_cast<unsigned>(runtimes_.size()) + 1);
    return n == 0 ? default_runtime : runtimes_[n - 1];
  }

  // ---- runtimes

  // Options that are mostly legal, and what a call with them must answer.
  static wyn_options options_from(wyn::fuzz::input& in, wyn_status& expected) {
    wyn_options o;
    FUZZ_CHECK(wyn_options_init(&o, sizeof o) == WYN_OK);
    expected = WYN_OK;
    o.workers = in.below(3);
    o.on_full = in.below(3);
    o.max_queued = 1 + in.below(20);
    o.reserved_slots = in.byte();
    o.max_slots = in.byte();
    o.search_us = in.byte();
    o.steal_attempts = 1 + in.below(3);
    switch (in.below(24)) {
      case 1: o.workers = 4097 + in.byte(); break;
      case 2: o.on_full = 3 + in.byte(); break;
      case 3: o.max_queued = -static_cast<std::int64_t>(in.byte()); break;
      case 4: o.steal_attempts = 0; break;
      case 5: o.search_us = 1000001; break;
      case 6: o.size = in.below(sizeof o); break;
      case 7: o.max_queued = (std::int64_t{1} << 40) + 1; break;
      default: return o;
    }
    expected = WYN_ERROR_INVALID;
    return o;
  }

  static void note_made(runtime_state& rt, const wyn_options& o) {
    rt.exists = true;
    rt.shut_down = false;
    rt.workers = o.workers;
    rt.may_refuse = o.on_full == WYN_ON_FULL_REFUSE;
    rt.may_run_inline = o.on_full == WYN_ON_FULL_RUN_INLINE;
    rt.limit = static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(o.max_queued)));
    rt.queued = 0;
    rt.exact = o.workers == 0;
    rt.handles = 0;
  }

  void create(wyn::fuzz::input& in) {
    wyn_status expected{};
    const wyn_options o = options_from(in, expected);
    if (runtimes_.size() == max_runtimes) return;
    auto* handle = reinterpret_cast<wyn_runtime*>(this);
    FUZZ_CHECK(wyn_runtime_create(&o, &handle) == expected);
    FUZZ_CHECK((handle != nullptr) == (expected == WYN_OK));
    if (handle == nullptr) return;
    FUZZ_CHECK(wyn_runtime_workers(handle) == o.workers);
    runtimes_.emplace_back();
    runtimes_.back().handle = handle;
    note_made(runtimes_.back(), o);
  }

  void init(wyn::fuzz::input& in) {
    wyn_status expected{};
    const wyn_options o = options_from(in, expected);
    runtime_state& rt = default_runtime;
    if (rt.exists && !rt.shut_down) expected = WYN_ERROR_RUNNING;
    if (rt.exists && rt.shut_down && rt.handles > 0) expected = WYN_ERROR_BUSY;
    FUZZ_CHECK(wyn_init(&o) == expected);
    if (expected == WYN_OK) note_made(rt, o);
  }

  // The first use makes it, with the default options.
  static void use(runtime_state& rt) {
    if (&rt != &default_runtime || rt.exists) return;
    wyn_options o;
    FUZZ_CHECK(wyn_options_init(&o, sizeof o) == WYN_OK);
    note_made(rt, o);
  }

  void wait(runtime_state& rt) {
    FUZZ_CHECK((rt.handle == nullptr ? wyn_wait() : wyn_runtime_wait(rt.handle)) == WYN_OK);
    note_idle(rt);
    check_idle(rt);
  }

  static void note_idle(runtime_state& rt) {
    rt.queued = 0;
    rt.exact = rt.workers == 0;
  }

  // Everything that was accepted there has run.
  void check_idle(const runtime_state& rt) {
    for (const record& r : records_) {
      if (r.runtime == rt.handle) check_finished(r);
    }
  }

  static void check_finished(const record& r) {
    FUZZ_CHECK(r.runs.load() == r.accepted.load());
    FUZZ_CHECK(r.child_runs.load() == r.children_accepted.load());
  }

  void shut_down(runtime_state& rt) {
    wyn_status expected = WYN_OK;
    if (rt.exists && rt.shut_down) expected = WYN_ERROR_SHUT_DOWN;
    FUZZ_CHECK((rt.handle == nullptr ? wyn_shutdown() : wyn_runtime_shutdown(rt.handle)) ==
               expected);
    if (rt.exists) rt.shut_down = true;
    note_idle(rt);
    check_idle(rt);
  }

  void destroy(wyn::fuzz::input& in) {
    if (runtimes_.empty()) return;
    const auto at = runtimes_.begin() + in.below(static_cast<unsigned>(runtimes_.size()));
    const wyn_status expected = at->handles > 0 ? WYN_ERROR_BUSY : WYN_OK;
    FUZZ_CHECK(wyn_runtime_destroy(at->handle) == expected);
    at->shut_down = true;
    note_idle(*at);
    check_idle(*at);
    if (expected != WYN_OK) return;
    // Another runtime may get the same address.
    for (record& r : records_) {
      if (r.runtime == at->handle) r.runtime = reinterpret_cast<wyn_runtime*>(this);
    }
    forget(at);
  }

  // The tasks of the others point at theirs.
  void forget(std::deque<runtime_state>::iterator at) {
    const auto* last = &runtimes_.back();
    for (task_state& t : tasks_) {
      if (t.runtime == last) t.runtime = &*at;
    }
    *at = *last;
    runtimes_.pop_back();
  }

  // ---- tasks

  record& new_record(const runtime_state& rt, wyn::fuzz::input& in) {
    record& r = records_.emplace_back();
    r.owner = this;
    r.runtime = rt.handle;
    r.what = static_cast<record::kind>(in.below(4));
    return r;
  }

  // Whether `s` may be the answer of a spawn from this thread, and what it means for the queue.
  static void check_spawned(runtime_state& rt, wyn_status s, record::kind what) {
    if (rt.shut_down) {
      FUZZ_CHECK(s == WYN_ERROR_SHUT_DOWN);
      return;
    }
    const wyn_status when_full = rt.may_refuse ? WYN_ERROR_FULL
                                 : rt.may_run_inline ? WYN_RAN_INLINE
                                                     : WYN_OK;
    if (rt.exact) {
      FUZZ_CHECK(s == (rt.queued < rt.limit ? WYN_OK : when_full));
    } else {
      FUZZ_CHECK(s == WYN_OK || s == when_full);
    }
    if (s == WYN_OK) ++rt.queued;
    // Run in place it may have queued others.
    if (s == WYN_RAN_INLINE && what != record::kind::count) rt.exact = false;
  }

  void spawn(runtime_state& rt, wyn::fuzz::input& in, unsigned times) {
    use(rt);
    for (unsigned i = 0; i < times; ++i) {
      record& r = new_record(rt, in);
      const wyn_status s = spawn_on(rt.handle, run_record, &r);
      check_spawned(rt, s, r.what);
      r.accepted = is_accepted(s);
    }
  }

  // Only where it cannot be refused: it would end the process.
  void spawn_fast(wyn::fuzz::input& in) {
    runtime_state& rt = default_runtime;
    if (rt.shut_down || rt.may_refuse) return;
    use(rt);
    record& r = new_record(rt, in);
    r.accepted = 1;
    wyn_spawn_fast(run_record, &r);
    if (r.runs.load() == 0) ++rt.queued;
    rt.exact = false;
  }

  void submit(runtime_state& rt, wyn::fuzz::input& in) {
    use(rt);
    record& r = new_record(rt, in);
    auto* handle = reinterpret_cast<wyn_task*>(this);
    const wyn_status s = wyn_submit(rt.handle, run_and_return, &r, &handle);
    check_spawned(rt, s, r.what);
    r.accepted = is_accepted(s);
    FUZZ_CHECK(is_accepted(s) == (handle != nullptr));
    if (handle == nullptr) return;
    ++rt.handles;
    tasks_.push_back({handle, &rt, &r});
  }

  void join(wyn::fuzz::input& in) {
    if (tasks_.empty()) return;
    const task_state& t = tasks_[in.below(static_cast<unsigned>(tasks_.size()))];
    void* result = nullptr;
    FUZZ_CHECK(wyn_task_join(t.handle, &result) == WYN_OK);
    FUZZ_CHECK(result == t.what);
    FUZZ_CHECK(t.what->runs.load() == 1);
    FUZZ_CHECK(wyn_task_done(t.handle) == 1);
    if (t.what->what != record::kind::count) t.runtime->exact = false;
  }

  void ask_done(wyn::fuzz::input& in) {
    if (tasks_.empty()) return;
    const task_state& t = tasks_[in.below(static_cast<unsigned>(tasks_.size()))];
    const int done = wyn_task_done(t.handle);
    FUZZ_CHECK(done == 0 || done == 1);
    if (done == 1) FUZZ_CHECK(t.what->runs.load() == 1);
    if (t.runtime->shut_down) FUZZ_CHECK(done == 1);
  }

  void release(wyn::fuzz::input& in) {
    if (tasks_.empty()) return;
    release_at(tasks_.begin() + in.below(static_cast<unsigned>(tasks_.size())));
  }

  void release_at(std::vector<task_state>::iterator at) {
    wyn_task_release(at->handle);
    --at->runtime->handles;
    tasks_.erase(at);
  }

  // A thread that the runtime does not know spawns, joins and releases.
  void on_another_thread(runtime_state& rt, wyn::fuzz::input& in) {
    use(rt);
    const unsigned times = 1 + in.below(8);
    std::vector<record*> mine;
    for (unsigned i = 0; i < times; ++i) mine.push_back(&new_record(rt, in));
    wyn_task* task = tasks_.empty() ? nullptr : tasks_.back().handle;
    std::thread([&] {
      for (record* r : mine) {
        const wyn_status s = spawn_on(rt.handle, run_record, r);
        FUZZ_CHECK(is_accepted(s) == !rt.shut_down || s == WYN_ERROR_FULL);
        FUZZ_CHECK(s != WYN_ERROR_FULL || rt.may_refuse);
        r->accepted = is_accepted(s);
      }
      if (task != nullptr) {
        FUZZ_CHECK(wyn_task_join(task, nullptr) == WYN_OK);
        wyn_task_release(task);
      }
    }).join();
    rt.exact = false;
    if (task == nullptr) return;
    tasks_.back().runtime->exact = false;
    --tasks_.back().runtime->handles;
    tasks_.pop_back();
  }

  // ---- misuse from outside

  void nulls() {
    wyn_task* task = nullptr;
    wyn_options o;
    FUZZ_CHECK(wyn_options_init(nullptr, sizeof o) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_options_init(&o, sizeof o - 1) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_runtime_create(nullptr, nullptr) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_runtime_spawn(nullptr, run_record, this) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_runtime_wait(nullptr) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_runtime_shutdown(nullptr) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_runtime_destroy(nullptr) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_runtime_workers(nullptr) == 0);
    FUZZ_CHECK(wyn_spawn(nullptr, this) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_submit(nullptr, nullptr, this, &task) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_submit(nullptr, run_and_return, this, nullptr) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_task_join(nullptr, nullptr) == WYN_ERROR_INVALID);
    FUZZ_CHECK(wyn_task_done(nullptr) == WYN_ERROR_INVALID);
    wyn_task_release(nullptr);
    for (const runtime_state& rt : runtimes_) {
      FUZZ_CHECK(wyn_runtime_spawn(rt.handle, nullptr, this) == WYN_ERROR_INVALID);
      FUZZ_CHECK(wyn_submit(rt.handle, nullptr, this, &task) == WYN_ERROR_INVALID);
    }
  }

  void finish() {
    wait(default_runtime);
    while (!tasks_.empty()) release_at(tasks_.end() - 1);
    while (!runtimes_.empty()) {
      FUZZ_CHECK(wyn_runtime_destroy(runtimes_.back().handle) == WYN_OK);
      runtimes_.pop_back();
    }
    for (const record& r : records_) check_finished(r);
  }

  std::deque<record> records_;          // never move
  std::deque<runtime_state> runtimes_;  // pointers to the others survive a push
  std::vector<task_state> tasks_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 512) return 0;  // longer ones find nothing that shorter ones do not
  model m;
  m.run(wyn::fuzz::input(data, size));
  return 0;
}

// One run of the program: replays a graph natively and extends it to a maximal one.
//
// Replay follows a linear extension of po u rf: a thread whose next recorded event reads from an
// event that has not been replayed is left until it has. So whatever a thread reads from plain
// memory (a structure behind a pointer it has just loaded) has been written natively, and has been
// written by the threads it depends on in this very execution. New events are added after the whole
// graph has been replayed, by the first thread that can go on, until none can.
//
// before(), after(), construction and destruction run in the main thread, before and after all
// others. They are no events: everything in them is ordered with everything else. Only the choices
// of before() are, the first ones of thread 0.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/checker/graph/graph.h"
#include "models/checker/linearizability/moment.h"
#include "models/checker/memory/objects.h"
#include "models/checker/memory/world.h"
#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/run/fiber.h"
#include "models/checker/run/liveness.h"
#include "models/checker/run/orders.h"
#include "models/checker/run/outcome.h"
#include "models/checker/run/priorities.h"
#include "models/checker/run/side_log.h"
#include "models/checker/trust/extension.h"
#include "models/checker/trust/script.h"
#include "models/checker/trust/symmetry.h"
#include "models/checker/trust/work_list.h"
#include "models/checker/verdict.h"

namespace wyn::model {

class execution {
 public:
  enum class result : std::uint8_t { complete, blocked, stopped };

  execution(const program& p, const options& o, work_list& work);

  /// Replays `g` and extends it; alternatives go to the work list. After `stopped`, stop_kind() and
  /// the following say why. With `fill_values` the values in `g` count for nothing and are filled
  /// in: those of a graph from another explorer are addresses of another world.
  result run(graph& g, bool fill_values = false);

  /// As run(), and notes the steps that are no events.
  result run_logged(graph& g, side_log& log, bool fill_values = false);

  /// Runs the one execution that `s` describes, in the empty graph `g`.
  result follow(graph& g, const script& s);
  /// Runs an interleaving, from the empty graph `g`: the thread whose turn it is adds one event,
  /// and reads what was written last. A thread that waits in vain has no turn.
  result run_interleaved(graph& g, priorities& turns);
  /// The threads in the order in which they add events, where several can; in any order each
  /// execution is explored once.
  void set_thread_order(const std::array<int, max_threads>& order) { order_ = order; }

  verdict_kind stop_kind() const { return stop_kind_; }
  model::failure stop_failure() const { return stop_failure_; }
  const std::string& stop_text() const { return stop_text_; }
  /// The thread that was running, or world::main_thread.
  int stop_thread() const { return stop_thread_; }
  /// How many events thread `t` has performed, and where it is or was left.
  int events_of(int t) const { return threads_[static_cast<std::size_t>(t)].position; }
  thread_state state_of(int t) const { return threads_[static_cast<std::size_t>(t)].state; }

  memory_model model() const { return options_.model; }
  const world& memory() const { return world_; }
  const object_table& objects() const { return objects_; }
  object_table& objects() { return objects_; }
  const recorded_operations& operations() const { return operations_; }
  const order_resolver& orders() const { return orders_; }
  const symmetry& symmetric() const { return symmetry_; }
  const outcome_record& outcome() const { return outcome_; }
  const options& settings() const { return options_; }
  std::vector<std::string> unused_overrides() const { return orders_.unused(); }

  /// Graphs that were cut off so far, and whether the complete execution that was run last has no
  /// more preemptions than options::max_preemptions.
  std::uint64_t cut_off() const { return extension_.cut_off(); }
  bool is_within_bound() const { return within_bound_; }

  /// The execution that is running on this OS thread, or nullptr.
  static execution* current() { return running_; }

  /// Whether control is in the program, or in what it called.
  bool inside_program() const { return inside_; }
  /// Steps noted so far in a run that is logged.
  std::size_t side_steps() const { return log_ == nullptr ? 0 : log_->steps.size(); }
  /// Grows with each step of any thread: a sign of life.
  std::uint64_t steps_of_all_runs() const { return all_steps_; }

  // What calls.h offers, for the thread that is running.
  void construct_atomic(const void* address, std::uint64_t value, std::size_t bytes) {
    note(side_step_kind::construction, address);
    require(objects_.construct_atomic(address, value, bytes, here()));
    graph_->ensure_locations(objects_.locations());
  }
  void construct_plain(const void* address) {
    note(side_step_kind::construction, address);
    require(objects_.construct_plain(address, here()));
  }
  void destroy(const void* address) {
    note(side_step_kind::destruction, address);
    require(objects_.destroy(address, here()));
  }
  std::uint64_t perform(const void* address, operation& op);
  void plain_read(const void* address, std::size_t bytes);
  void plain_write(const void* address, std::size_t bytes);
  void name(const void* address, const char* name, std::int64_t index) {
    if (log_ != nullptr) log_->call(address, name, index);
  }
  void refer(const void* address, std::size_t bytes);
  void end_reference(void* address);
  void pause();
  void assume(bool condition);
  void check(bool condition, const char* what);
  void declare_outcome(const char* name, std::int64_t value) { outcome_.set(name, value); }
  [[noreturn]] void fail(model::failure kind, const char* what, const void* object);
  int current_thread() const { return in_main() ? -1 : active_; }
  int thread_count() const { return program_.threads; }
  int start_thread(void (*body)(void*), void* argument, const char* site);
  void join_thread(int t, const char* site);
  void* allocate_for_engine(std::size_t bytes, std::size_t alignment);
  int choose(int n);
  void wake(const void* address, int count);
  moment now() const;
  void* allocate(std::size_t bytes, std::size_t alignment);
  void deallocate(void* p, std::size_t bytes);

  /// Ends the run from inside a fiber; does not return.
  [[noreturn]] void stop(verdict_kind kind, model::failure f, std::string text);

 private:
  struct thread {
    fiber body;
    thread_state state = thread_state::running;
    bool plain_since_event = false;
    int position = 0;         ///< events performed
    int recorded = 0;         ///< events in the graph when the run began: they are replayed
    event* events = nullptr;  ///< the recorded ones; good until an event is added
    const event_views* views = nullptr;
    operation* operations = nullptr;  ///< behind them, filled in by the replay
    int paused_at = -1;       ///< position at the last pause, or -1
    int spin_from = 0;
    int joins = -1;           ///< while joining: the thread that is waited for
    int failures = 0;         ///< weak compare-exchanges that gave up
    int wakeups = 0;          ///< waits that ended without a cause
    int timeouts = 0;
    std::uint64_t steps = 0;
    void (*task)(void*) = nullptr;  ///< of a thread that the program has started
    void* argument = nullptr;
  };

  bool in_main() const { return active_ == world::main_thread; }
  thread& self() { return *self_; }
  point here() const {
    static constexpr view nothing{};
    if (in_main()) return {world::main_thread, 0, &nothing};
    const int position = self_->position;
    const view* hb = position == 0 ? &nothing : &graph_->views(active_, position - 1).hb;
    return {active_, position, hb};
  }
  view known_here() const;
  std::uint64_t last_value(std::uint32_t location) const;
  void count_step() {
    ++all_steps_;
    if (!in_main() && ++self().steps > options_.max_steps) too_many_steps();
  }
  [[noreturn]] void too_many_steps();
  void note(side_step_kind kind, const void* address, std::size_t bytes = 0) {
    if (log_ != nullptr) add_to_log(kind, address, bytes);
  }
  void add_to_log(side_step_kind kind, const void* address, std::size_t bytes);
  /// Stops when an object rule is broken.
  void require(bool allowed) {
    if (!allowed) stop_at_problem();
  }
  [[noreturn]] void stop_at_problem();
  [[noreturn]] void block(thread_state why);

  std::uint64_t perform_in_main(const void* address, operation op);
  bool may_be_replayed(const event& e) const {
    if (!reads(e.kind) || e.reads_from == initial_write) return true;
    const thread& source = threads_[static_cast<std::size_t>(thread_of(e.reads_from))];
    return source.position > index_of(e.reads_from);
  }
  bool has_turn(const thread& th) const {
    if (th.position < th.recorded) return may_be_replayed(th.events[th.position]);
    return adding_ && (is_free_ || is_directed_to(th));
  }
  void wait_for_turn(thread& th) {
    while (!has_turn(th)) th.body.leave();
  }
  object_table::object* use_atomic(const void* address, const char* site) {
    object_table::object* object = objects_.find_atomic(address);
    if (object == nullptr) no_atomic(address, site);
    return object;
  }
  [[noreturn]] void no_atomic(const void* address, const char* site);
  object_table::object* use_atomic(const void* address, const operation& op) {
    object_table::object* object = use_atomic(address, op.site);
    require(object->size == op.size || objects_.other_size(*object, op.size));
    return object;
  }
  // The next event of `th`, the active thread: it is in the graph already, or it is added.
  std::uint64_t replay(thread& th, object_table::object* object, const operation& op);
  std::uint64_t add(thread& th, const void* address, object_table::object* object,
                    const operation& op);
  std::uint64_t performed(thread& th, object_table::object* object, const operation& op,
                          const event& e, const event_views& views);
  [[noreturn]] void differs(const operation& op, const event& expected);
  // Of a thread of a symmetric group, whose next step is `op`, or its end: whether the threads that
  // are alike with it do the same.
  void check_symmetry(const operation* op);
  std::string step_of(int t) const;
  void fill_values(event& e, const operation& op) const;
  void extend(const operation& op);
  void extend_by_script(const operation& op);
  std::uint64_t choose_before(const operation& op);
  void* reuse(std::size_t bytes, std::size_t alignment);
  /// Ends an execution that cannot be, and so counts as blocked.
  [[noreturn]] void drop();
  int& times_given_up(const operation& op);
  bool may_give_up_again(const operation& op);
  bool has_given_up(const operation& op);
  bool repeats_iteration(const operation& op, int& from) const;

  void start(graph& g);
  bool replay_all();
  void run_new_events();
  // execution_turns.cc
  bool is_directed_to(const thread& th) const;
  void run_by_turns();
  bool can_go_on(int t);
  bool waits_in_vain(const operation& op) const;
  void wait_until_of_use(const operation& op);
  bool script_allows(const thread& th) const;
  result finish();
  void judge_outcome();
  void enter_main();
  void enter(int t);
  static void main_body(void* self);
  static void thread_body(void* self);
  void guarded_main();
  void guarded_thread(int t);

  // execution_threads.cc
  int initial_threads() const {
    return program_.initial_threads < 0 ? program_.threads : program_.initial_threads;
  }
  bool starts_threads() const { return initial_threads() < program_.threads; }
  void construct_words();
  std::uint64_t word_access(operation_kind kind, order o, std::uint64_t operand, std::size_t word,
                            const char* site);
  std::size_t start_word(int t) const { return 1 + 2 * static_cast<std::size_t>(t); }
  std::size_t end_word(int t) const { return start_word(t) + 1; }
  bool has_ended(int t);
  void run_task(int t);

  static inline constinit thread_local execution* running_ = nullptr;

  const program& program_;
  const options& options_;
  world world_;
  object_table objects_;
  order_resolver orders_;
  recorded_operations operations_;
  symmetry symmetry_;
  extension extension_;

  graph* graph_ = nullptr;
  int active_ = world::main_thread;
  thread* self_ = nullptr;  ///< the active thread, unless it is the main thread
  int unreplayed_ = 0;
  bool adding_ = false;  ///< the graph has been replayed: threads may add events
  bool inside_ = false;  ///< a fiber is running
  bool fill_values_ = false;
  const script* script_ = nullptr;  ///< what new events are like: follow()
  priorities* turns_ = nullptr;     ///< who adds the next one: run_interleaved()
  bool has_turn_left_ = false;
  bool is_free_ = true;  ///< neither: whoever runs may add events
  std::array<int, max_threads> order_;
  std::uint64_t all_steps_ = 0;
  void* object_ = nullptr;
  std::uint64_t* words_ = nullptr;  ///< of a program that starts threads: execution_threads.cc
  bool before_chooses_ = false;     ///< the main thread adds to the events of thread 0
  bool in_after_ = false;           ///< all threads have ended
  fiber main_;
  std::array<thread, max_threads> threads_;
  std::vector<wake_call> wakes_;
  side_log* log_ = nullptr;
  outcome_record outcome_;

  bool within_bound_ = true;
  bool stopped_ = false;
  bool dropped_ = false;
  int stop_thread_ = world::main_thread;
  verdict_kind stop_kind_ = verdict_kind::model_error;
  model::failure stop_failure_ = model::failure::none;
  std::string stop_text_;
};

}  // namespace wyn::model

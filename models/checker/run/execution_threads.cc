// Threads that the program starts itself: sync/thread.h has the encoding.
#include <new>
#include <string>

#include "models/checker/run/execution.h"

namespace wyn::model {

// One word counts the threads that were started; each thread has one that says that it was, and one
// that says that it has ended.
void execution::construct_words() {
  const std::size_t n = 1 + 2 * static_cast<std::size_t>(program_.threads);
  words_ = static_cast<std::uint64_t*>(
      allocate_for_engine(n * sizeof *words_, alignof(std::uint64_t)));
  for (std::size_t i = 0; i < n; ++i) construct_atomic(words_ + i, 0, sizeof words_[i]);
}

void* execution::allocate_for_engine(std::size_t bytes, std::size_t alignment) {
  void* p = world_.allocate(active_, bytes, alignment);
  if (p == nullptr) {
    stop(verdict_kind::model_error, failure::none,
         "the memory of a thread's start does not fit: raise options::arena_bytes");
  }
  return p;
}

std::uint64_t execution::word_access(operation_kind kind, order o, std::uint64_t operand,
                                     std::size_t word, const char* site) {
  operation op;
  op.kind = kind;
  op.success = op.failure = o;
  op.operand = operand;
  op.fixed = true;
  op.site = site;
  return perform(words_ + word, op);
}

int execution::start_thread(void (*body)(void*), void* argument, const char* site) {
  if (!starts_threads()) {
    stop(verdict_kind::model_error, failure::none,
         "the program starts a thread, but all " + std::to_string(program_.threads) +
             " threads of the model begin by themselves: it needs a constant initial_threads "
             "smaller than `threads`");
  }
  if (in_after_) {
    stop(verdict_kind::model_error, failure::none,
         "after() starts a thread: all threads have ended then");
  }
  const auto number = word_access(operation_kind::fetch_add, order::relaxed, 1, 0, site);
  const int t = initial_threads() + static_cast<int>(number);
  if (t >= program_.threads) {
    stop(verdict_kind::model_error, failure::none,
         "the program starts more threads than the model states: `threads` is " +
             std::to_string(program_.threads) + ", of which " +
             std::to_string(initial_threads()) + " begin by themselves");
  }
  thread& started = threads_[static_cast<std::size_t>(t)];
  started.task = body;
  started.argument = argument;
  started.state = thread_state::running;
  word_access(operation_kind::store, order::release, 1, start_word(t), site);
  return t;
}

void execution::run_task(int t) {
  const thread& th = threads_[static_cast<std::size_t>(t)];
  word_access(operation_kind::await_change, order::acquire, 0, start_word(t), "thread.begin");
  th.task(th.argument);
  word_access(operation_kind::store, order::release, 1, end_word(t), "thread.end");
}

bool execution::has_ended(int t) {
  return graph_->mo().last(use_atomic(words_ + end_word(t), "")->location) != 0;
}

void execution::join_thread(int t, const char* site) {
  if (in_main()) {
    if (in_after_) return;
    stop(verdict_kind::model_error, failure::none,
         "before() joins a thread: the threads run when it has returned");
  }
  if (t == active_) {
    stop(verdict_kind::fail, failure::deadlock,
         "thread " + std::to_string(t) + " joins itself");
  }
  // The thread waits until there is an end to read, so that no graph holds a vain look at it.
  wait_for_turn(*self_);
  while (self().position >= graph_->size(active_) && !has_ended(t)) {
    self().state = thread_state::joining;
    self().joins = t;
    self().body.leave();
  }
  self().state = thread_state::running;
  word_access(operation_kind::await_change, order::acquire, 0, end_word(t), site);
}

}  // namespace wyn::model

#include "models/checker/calls.h"

#include <utility>

#include "core/base/assert.h"
#include "models/checker/report/source.h"
#include "models/checker/run/execution.h"

namespace wyn::model::calls {

namespace {

execution& engine() {
  execution* e = execution::current();
  if (e == nullptr) {
    fatal(
        "env_checker is used outside a model: by a global object, by code that no check runs, or "
        "on an OS thread that a program started itself; wyn::model::check runs models, whose "
        "threads are those of thread(id) and of models/checker/sync/thread.h");
  }
  return *e;
}

}  // namespace

bool inside_program() {
  const execution* e = execution::current();
  return e != nullptr && e->inside_program();
}

void construct_atomic(const void* address, std::uint64_t value, std::size_t bytes) {
  engine().construct_atomic(address, value, bytes);
}
void construct_plain(const void* address) { engine().construct_plain(address); }
void destroy(const void* address) { engine().destroy(address); }

std::uint64_t atomic_access(const void* address, operation& op) {
  return engine().perform(address, op);
}
void fence(order o, const char* site) {
  operation op;
  op.kind = operation_kind::fence;
  op.success = op.failure = o;
  op.site = site;
  engine().perform(nullptr, op);
}
void plain_read(const void* address, std::size_t bytes) { engine().plain_read(address, bytes); }
void plain_write(const void* address, std::size_t bytes) { engine().plain_write(address, bytes); }
void name(const void* address, const char* name, std::int64_t index) {
  engine().name(address, name, index);
}
void remember_source(const char* site, const char* file, int line) {
  model::remember_source(site, file, line);
}
void refer(const void* address, std::size_t bytes) { engine().refer(address, bytes); }
void end_reference(void* address) { engine().end_reference(address); }

void pause() { engine().pause(); }
void assume(bool condition) { engine().assume(condition); }
void check(bool condition, const char* what) { engine().check(condition, what); }
void outcome(const char* name, std::int64_t value) { engine().declare_outcome(name, value); }
void fail(failure kind, const char* what, const void* object) {
  engine().fail(kind, what, object);
}
int current_thread() { return engine().current_thread(); }
int thread_count() { return engine().thread_count(); }
int start_thread(void (*body)(void*), void* argument, const char* site) {
  return engine().start_thread(body, argument, site);
}
void join_thread(int thread, const char* site) { engine().join_thread(thread, site); }
void* allocate_for_engine(std::size_t bytes, std::size_t alignment) {
  return engine().allocate_for_engine(bytes, alignment);
}
int choose(int n) { return engine().choose(n); }
void wake(const void* address, int count) { engine().wake(address, count); }

moment now() { return engine().now(); }
void not_linearizable(std::string text) {
  engine().stop(verdict_kind::fail, failure::not_linearizable, std::move(text));
}
void history_is_full(int room) {
  engine().stop(verdict_kind::model_error, failure::none,
                "a history has room for " + std::to_string(room) +
                    " operations in one execution");
}

void* allocate(std::size_t bytes, std::size_t alignment) {
  return engine().allocate(bytes, alignment);
}
void deallocate(void* p, std::size_t bytes) { engine().deallocate(p, bytes); }

}  // namespace wyn::model::calls

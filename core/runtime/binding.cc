#include "core/runtime/binding.h"

#include <pthread.h>

#include <memory>
#include <mutex>
#include <new>
#include <unordered_map>
#include <vector>

#include "core/runtime/participant.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

constinit thread_local binding current_binding;
constinit thread_local scheduler* running_scheduler = nullptr;
constinit thread_local participant* running_participant = nullptr;
constinit thread_local heaps_in_use running_heaps;

namespace {

std::uint32_t forks = 0;  // written in the child of a fork, when it has one thread

std::mutex& living_lock();

void before_fork() { living_lock().lock(); }
void after_fork_in_parent() { living_lock().unlock(); }

void after_fork_in_child() {
  living_lock().unlock();
  ++forks;
  // The next spawn takes the slow path, and a worker's loop ends after the task that forked.
  if (current_binding.self != nullptr) current_binding.self->interrupt();
  current_binding = {};
  running_participant = nullptr;
}

struct table_of_the_living {
  std::mutex lock;
  std::uint64_t last_id = 0;
  std::unordered_map<std::uint64_t, scheduler*> alive;

  table_of_the_living() { pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child); }
};

// Never destroyed: threads may end after static destruction has begun.
table_of_the_living& living() {
  static auto* table = new table_of_the_living;
  return *table;
}

std::mutex& living_lock() { return living().lock; }

struct binding_list {
  std::vector<binding> all;
  const std::uint32_t generation = forks;
};

// The bindings of this thread.
constinit thread_local binding_list* thread_bindings = nullptr;

// The end of a thread; of the main thread only if it calls pthread_exit.
void give_bindings_back(void* list) noexcept {
  const std::unique_ptr<binding_list> ended(static_cast<binding_list*>(list));
  thread_bindings = nullptr;
  current_binding = {};
  // The child's copy: a scheduler's lock may be held for ever.
  if (forks != ended->generation) return;
  std::lock_guard guard(living().lock);
  for (const binding& b : ended->all) {
    const auto found = living().alive.find(b.scheduler_id);
    if (found != living().alive.end()) found->second->orphan(*b.self);
  }
}

// The destructor of a key runs after those of the thread's thread_local objects, which may still
// spawn.
std::vector<binding>& bindings() {
  if (thread_bindings == nullptr) {
    static const pthread_key_t end_of_thread = [] {
      pthread_key_t key{};
      if (pthread_key_create(&key, &give_bindings_back) != 0) throw std::bad_alloc();
      return key;
    }();
    auto made = std::make_unique<binding_list>();
    if (pthread_setspecific(end_of_thread, made.get()) != 0) throw std::bad_alloc();
    thread_bindings = made.release();
  }
  return thread_bindings->all;
}

}  // namespace

std::uint32_t fork_generation() noexcept { return forks; }

void add_binding(binding b) {
  std::vector<binding>& all = bindings();
  {
    std::lock_guard guard(living().lock);
    std::erase_if(all,
                  [](const binding& old) { return !living().alive.contains(old.scheduler_id); });
  }
  all.push_back(b);
  current_binding = b;
}

participant* find_binding(std::uint64_t scheduler_id) noexcept {
  if (thread_bindings == nullptr) return nullptr;
  for (const binding& b : thread_bindings->all) {
    if (b.scheduler_id != scheduler_id) continue;
    current_binding = b;
    return b.self;
  }
  return nullptr;
}

void remove_binding(std::uint64_t scheduler_id) noexcept {
  std::erase_if(thread_bindings->all,
                [&](const binding& b) { return b.scheduler_id == scheduler_id; });
  current_binding = {};
}

std::uint64_t register_scheduler(scheduler* s) {
  std::lock_guard guard(living().lock);
  const std::uint64_t id = ++living().last_id;
  living().alive.emplace(id, s);
  return id;
}

void unregister_scheduler(std::uint64_t id) noexcept {
  std::lock_guard guard(living().lock);
  living().alive.erase(id);
}

}  // namespace wyn::detail

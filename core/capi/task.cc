// The functions on tasks that have a handle. A handle is the block that result_task.h describes;
// the count of handles in the scheduler keeps that from being destroyed under them.
#include <cxxabi.h>

#include "core/capi/translate.h"
#include "core/runtime/default_runtime.h"
#include "core/runtime/result_task.h"
#include "core/runtime/run_task.h"
#include "core/runtime/task_handle.h"

using namespace wyn;

namespace {

// The caller of a C function cannot catch what its task threw.
struct c_call {
  void* (*func)(void*);
  void* arg;

  void* operator()() const {
    try {
      return func(arg);
    } catch (const abi::__forced_unwind&) {
      throw;
    } catch (...) {
      report_uncaught();
    }
  }
};

using shared_block = detail::result_block<void*>;
using own_block = detail::result_task<void*, c_call>;

shared_block& block_of(wyn_task* task) noexcept { return *reinterpret_cast<shared_block*>(task); }
const shared_block& block_of(const wyn_task* task) noexcept {
  return *reinterpret_cast<const shared_block*>(task);
}

wyn_status submit(scheduler& s, c_call call, wyn_task*& out) {
  spawn_status why{};
  participant* self = s.bind(why);
  if (self == nullptr) return capi::to_status(why);
  own_block* block = detail::make_result_task<void*, c_call>(s, *self, call);
  if (block == nullptr) return WYN_ERROR_NO_MEMORY;
  s.note_handle();
  why = s.spawn_from(*self, {&own_block::run_queued, block});
  if (why > spawn_status::ran_inline) {
    own_block::discard(*block);
    s.note_handle_released();
  } else {
    out = reinterpret_cast<wyn_task*>(static_cast<shared_block*>(block));
  }
  return capi::to_status(why);
}

}  // namespace

wyn_status wyn_submit(wyn_runtime* runtime, void* (*func)(void*), void* arg, wyn_task** out) {
  if (out == nullptr) return WYN_ERROR_INVALID;
  *out = nullptr;
  if (func == nullptr) return WYN_ERROR_INVALID;
  return capi::without_exceptions([&] {
    scheduler& s = runtime != nullptr ? *runtime : default_runtime().underlying();
    return submit(s, {func, arg}, *out);
  });
}

wyn_status wyn_task_join(wyn_task* task, void** result) {
  if (task == nullptr) return WYN_ERROR_INVALID;
  return capi::without_exceptions([&] {
    shared_block& block = block_of(task);
    detail::join_block(block);
    if (block.error) return WYN_ERROR_THREAD_ENDED;
    if (result != nullptr) *result = block.value;
    return WYN_OK;
  });
}

int wyn_task_done(const wyn_task* task) {
  if (task == nullptr) return WYN_ERROR_INVALID;
  return block_of(task).state.done() ? 1 : 0;
}

void wyn_task_release(wyn_task* task) {
  if (task == nullptr) return;
  scheduler& owner = *block_of(task).owner;  // the block may go first
  block_of(task).release();
  owner.note_handle_released();
}

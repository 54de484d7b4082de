// The functions on runtimes that have a handle.
#include <memory>

#include "core/capi/translate.h"

using namespace wyn;

wyn_status wyn_runtime_create(const wyn_options* given, wyn_runtime** out) {
  if (out == nullptr) return WYN_ERROR_INVALID;
  *out = nullptr;
  return capi::without_exceptions([&] {
    options o;
    const wyn_status wrong = capi::to_options(given, o);
    if (wrong == WYN_OK) *out = new wyn_runtime(o);
    return wrong;
  });
}

wyn_status wyn_runtime_shutdown(wyn_runtime* runtime) {
  if (runtime == nullptr) return WYN_ERROR_INVALID;
  return capi::without_exceptions(
      [&] { return runtime->shutdown() ? WYN_OK : WYN_ERROR_SHUT_DOWN; });
}

wyn_status wyn_runtime_destroy(wyn_runtime* runtime) {
  const wyn_status down = wyn_runtime_shutdown(runtime);
  if (down != WYN_OK && down != WYN_ERROR_SHUT_DOWN) return down;
  if (runtime->open_handles() > 0) return WYN_ERROR_BUSY;
  delete runtime;
  return WYN_OK;
}

wyn_status wyn_runtime_spawn(wyn_runtime* runtime, void (*func)(void*), void* arg) {
  if (runtime == nullptr || func == nullptr) [[unlikely]] return WYN_ERROR_INVALID;
  return capi::to_status(runtime->spawn({func, arg}));
}

wyn_status wyn_runtime_wait(wyn_runtime* runtime) {
  return runtime == nullptr ? WYN_ERROR_INVALID : capi::wait_for(*runtime);
}

uint32_t wyn_runtime_workers(const wyn_runtime* runtime) {
  return runtime == nullptr ? 0 : runtime->workers();
}

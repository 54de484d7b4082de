// A program that loads libwyn.so as a plug-in, runs tasks, and closes it while workers live on:
// nothing may be unmapped under them. The first argument is the library.
#include <dlfcn.h>

#include <atomic>
#include <cstdio>
#include <thread>

#include "core/capi/wyn.h"

namespace {

std::atomic<int> ran{0};
void count(void*) { ran.fetch_add(1); }

int fail(const char* what) {
  const char* why = dlerror();
  std::fprintf(stderr, "FAILED: %s: %s\n", what, why == nullptr ? "" : why);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return fail("name the library");
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return fail("dlopen");
  const auto spawn_fast =
      reinterpret_cast<decltype(&wyn_spawn_fast)>(dlsym(library, "wyn_spawn_fast"));
  const auto wait = reinterpret_cast<decltype(&wyn_spawn_wait)>(dlsym(library, "wyn_spawn_wait"));
  if (spawn_fast == nullptr || wait == nullptr) return fail("dlsym");
  for (int i = 0; i < 1000; ++i) spawn_fast(count, nullptr);
  wait();
  // A thread that has a variable of the library ends after the library was closed.
  std::thread user([&] {
    spawn_fast(count, nullptr);
    if (dlclose(library) != 0) fail("dlclose");
  });
  user.join();
  wait();
  if (ran.load() != 1001) return fail("not every task ran");
  std::puts("1001 tasks ran");
  return 0;
}

/* bench/checker/programs.h, fib_bench<5>. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#define TURNS 5

static atomic_int i = 1, j = 1;

static void *first(void *unused) {
  for (int k = 0; k < TURNS; ++k) {
    int sum = atomic_load_explicit(&i, memory_order_acquire) +
              atomic_load_explicit(&j, memory_order_acquire);
    atomic_store_explicit(&i, sum, memory_order_release);
  }
  return unused;
}

static void *second(void *unused) {
  for (int k = 0; k < TURNS; ++k) {
    int sum = atomic_load_explicit(&i, memory_order_acquire) +
              atomic_load_explicit(&j, memory_order_acquire);
    atomic_store_explicit(&j, sum, memory_order_release);
  }
  return unused;
}

static void *watcher(void *unused) {
  int a = atomic_load_explicit(&i, memory_order_acquire);
  int b = atomic_load_explicit(&j, memory_order_acquire);
  assert(a <= 144 && b <= 144);
  return unused;
}

int main(void) {
  pthread_t a, b, c;
  pthread_create(&a, 0, first, 0);
  pthread_create(&b, 0, second, 0);
  pthread_create(&c, 0, watcher, 0);
  pthread_join(a, 0);
  pthread_join(b, 0);
  pthread_join(c, 0);
  return 0;
}

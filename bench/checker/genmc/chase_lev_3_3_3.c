/* bench/checker/programs.h, chase_lev<3, 3, 3>. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#define PUSHES 3
#define POPS 3
#define THIEVES 3

#define LOAD(x, o) atomic_load_explicit(&(x), memory_order_##o)
#define STORE(x, v, o) atomic_store_explicit(&(x), (v), memory_order_##o)
#define CAS(x, from, to, s, f) \
  atomic_compare_exchange_strong_explicit(&(x), &(from), (to), memory_order_##s, memory_order_##f)

static atomic_uint top, bottom;
static atomic_int slots[10];
static atomic_int taken[16];
static int payload[16];

static void take(int v) {
  assert(v > 0 && v < 16);
  assert(payload[v] == 100 + v);
  assert(atomic_fetch_add_explicit(&taken[v], 1, memory_order_relaxed) == 0);
}

static void push(int v) {
  unsigned b = LOAD(bottom, relaxed);
  unsigned t = LOAD(top, acquire);
  if ((int)(b - t) >= 10) return;
  payload[v] = 100 + v;
  STORE(slots[b % 10], v, relaxed);
  atomic_thread_fence(memory_order_release);
  STORE(bottom, b + 1, relaxed);
}

static void pop(void) {
  unsigned b = LOAD(bottom, relaxed);
  STORE(bottom, b - 1, relaxed);
  atomic_thread_fence(memory_order_seq_cst);
  unsigned t = LOAD(top, relaxed);
  int length = (int)(b - t);
  if (length <= 0) {
    STORE(bottom, b, relaxed);
    return;
  }
  int v = LOAD(slots[(b - 1) % 10], relaxed);
  if (length > 1) {
    take(v);
    return;
  }
  _Bool won = CAS(top, t, t + 1, acq_rel, acquire);
  STORE(bottom, b, relaxed);
  if (won) take(v);
}

static void steal(void) {
  unsigned t = LOAD(top, relaxed);
  atomic_thread_fence(memory_order_seq_cst);
  unsigned b = LOAD(bottom, acquire);
  if ((int)(b - t) <= 0) return;
  int v = LOAD(slots[t % 10], relaxed);
  if (CAS(top, t, t + 1, release, relaxed)) take(v);
}

static void *owner(void *unused) {
  for (int k = 0; k < PUSHES; ++k) push(k + 1);
  for (int k = 0; k < POPS; ++k) pop();
  return unused;
}

static void *thief(void *unused) {
  steal();
  return unused;
}

int main(void) {
  pthread_t o, t[THIEVES];
  pthread_create(&o, 0, owner, 0);
  for (int i = 0; i < THIEVES; ++i) pthread_create(&t[i], 0, thief, 0);
  pthread_join(o, 0);
  for (int i = 0; i < THIEVES; ++i) pthread_join(t[i], 0);
  return 0;
}

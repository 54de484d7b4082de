/* One thread that does nothing: what GenMC costs by itself, the compiler in it included. */
#include <pthread.h>

static void *body(void *unused) { return unused; }

int main(void) {
  pthread_t t;
  pthread_create(&t, 0, body, 0);
  pthread_join(t, 0);
  return 0;
}

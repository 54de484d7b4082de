/* The second example of README.md, which quotes all but this comment. */
#include <stdio.h>

#include "core/capi/wyn.h"

static void square(void *arg) {
  long *n = arg;
  *n *= *n;
}

int main(void) {
  long numbers[1000];
  for (long i = 0; i < 1000; ++i) numbers[i] = i;
  for (long i = 0; i < 1000; ++i) wyn_spawn_fast(square, &numbers[i]);
  wyn_spawn_wait();
  printf("999 * 999 = %ld\n", numbers[999]);
  return 0;
}

/* A C program on Wyn: a million tasks on the default runtime, then a task with a result on a
 * runtime of its own. It is linked with libwyn.so. */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/capi/wyn.h"

enum { tasks = 1000000 };

static atomic_long sum;

static void add(void *arg) {
  atomic_fetch_add_explicit(&sum, (long)(intptr_t)arg, memory_order_relaxed);
}

static void *square(void *arg) {
  const intptr_t n = (intptr_t)arg;
  return (void *)(n * n);
}

static void require_ok(wyn_status status, const char *what) {
  if (status >= 0) return;
  fprintf(stderr, "%s: %s\n", what, wyn_status_text(status));
  exit(1);
}

static void many_tasks(void) {
  for (intptr_t i = 1; i <= tasks; ++i) wyn_spawn_fast(add, (void *)i);
  wyn_spawn_wait();
  printf("%d tasks, sum %ld\n", tasks, atomic_load(&sum));
}

static void one_result(void) {
  wyn_options options;
  wyn_runtime *runtime = NULL;
  wyn_task *task = NULL;
  void *result = NULL;

  require_ok(wyn_options_init(&options, sizeof options), "wyn_options_init");
  options.workers = 1;
  require_ok(wyn_runtime_create(&options, &runtime), "wyn_runtime_create");
  require_ok(wyn_submit(runtime, square, (void *)(intptr_t)12, &task), "wyn_submit");
  require_ok(wyn_task_join(task, &result), "wyn_task_join");
  wyn_task_release(task);
  require_ok(wyn_runtime_destroy(runtime), "wyn_runtime_destroy");
  printf("12 * 12 = %ld\n", (long)(intptr_t)result);
}

int main(void) {
  printf("Wyn %s\n", wyn_version_text());
  many_tasks();
  one_result();
  return 0;
}

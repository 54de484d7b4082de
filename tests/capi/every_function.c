/* Calls each function of wyn.h once from C99, with a result that is checked. It fails to compile
 * when the header stops being C, and to link when a function is missing. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/capi/wyn.h"

static int failures;

#define CHECK(condition)                                                        \
  do {                                                                          \
    if (!(condition)) {                                                         \
      fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                               \
    }                                                                           \
  } while (0)

/* Each task has a place of its own: C99 has no atomic types. */
static int marks[6];

static void mark(void *arg) { *(int *)arg += 1; }

static void *next(void *arg) { return (char *)arg + 1; }

static void versions(void) {
  CHECK(wyn_version() == WYN_VERSION_NUMBER);
  CHECK(strcmp(wyn_version_text(), "0.1.0") == 0);
  CHECK(strcmp(wyn_status_text(WYN_OK), "success") == 0);
}

static void default_runtime(void) {
  wyn_options options;
  wyn_task *task = NULL;
  void *result = NULL;

  CHECK(wyn_options_init(&options, sizeof options) == WYN_OK);
  options.workers = 1;
  CHECK(wyn_init(&options) == WYN_OK);
  wyn_spawn_fast(mark, &marks[0]);
  CHECK(wyn_spawn(mark, &marks[1]) == WYN_OK);
  wyn_spawn_wait();
  CHECK(marks[0] == 1 && marks[1] == 1);
  CHECK(wyn_spawn(mark, &marks[2]) == WYN_OK);
  CHECK(wyn_wait() == WYN_OK);
  CHECK(marks[2] == 1);
  CHECK(wyn_submit(NULL, next, &marks[0], &task) == WYN_OK);
  CHECK(wyn_task_join(task, &result) == WYN_OK);
  CHECK(result == (char *)&marks[0] + 1);
  CHECK(wyn_task_done(task) == 1);
  wyn_task_release(task);
  CHECK(wyn_shutdown() == WYN_OK);
}

static void own_runtime(void) {
  wyn_runtime *runtime = NULL;
  wyn_options options;

  CHECK(wyn_options_init(&options, sizeof options) == WYN_OK);
  options.workers = 2;
  CHECK(wyn_runtime_create(&options, &runtime) == WYN_OK);
  CHECK(wyn_runtime_workers(runtime) == 2);
  CHECK(wyn_runtime_spawn(runtime, mark, &marks[3]) == WYN_OK);
  CHECK(wyn_runtime_wait(runtime) == WYN_OK);
  CHECK(marks[3] == 1);
  CHECK(wyn_runtime_spawn(runtime, mark, &marks[4]) == WYN_OK);
  CHECK(wyn_runtime_shutdown(runtime) == WYN_OK);
  CHECK(marks[4] == 1);
  CHECK(wyn_runtime_destroy(runtime) == WYN_OK);
}

int main(void) {
  versions();
  default_runtime();
  own_runtime();
  return failures == 0 ? 0 : 1;
}

/* The C interface of Wyn: tasks on a fixed set of worker threads. C99, and C++ as it stands.
 *
 *     #include "core/capi/wyn.h"
 *
 *     static void work(void *arg) { ... }
 *
 *     int main(void) {
 *       for (int i = 0; i < 1000000; ++i) wyn_spawn_fast(work, &data[i]);
 *       wyn_spawn_wait();
 *     }
 *
 * Guarantees: every accepted task runs exactly once. What the caller did before a spawn is visible
 * to the task; what a task did is visible to whoever returns from its join, or from a wait for it.
 * Which thread runs a task, and in which order tasks run, is not promised.
 *
 * Who may call: any thread, inside and outside of tasks, unless a function says otherwise. "Inside
 * a task" means: somewhere below a task function of the same runtime.
 *
 * Errors: a function that can fail returns a wyn_status, negative for an error; nothing has
 * happened then, unless it says otherwise. The two functions that return void, wyn_spawn_fast and
 * wyn_spawn_wait, end the process with a message on standard error that says what to do. A pointer
 * that is neither NULL nor what the parameter asks for is undefined behaviour, as for free(): a
 * runtime that was destroyed, a task that was released.
 *
 * Task functions: a C++ exception that leaves one ends the process with a message. pthread_exit and
 * cancellation pass: the thread ends, and the task counts as complete; but a task that its spawn
 * runs (WYN_RAN_INLINE) must return, else the process ends with a message.
 *
 * fork(): the threads of a runtime exist in the parent only. In the child every function that would
 * need them answers WYN_ERROR_FORKED; wyn_init makes a new default runtime there. A task that forks
 * calls exec or _exit in the child, as it must not return.
 *
 * Binary interface: the types are opaque, or begin with their size; the values of the enumerations
 * do not change; functions are versioned (WYN_0.1). What is in this header stays as it is.
 */
#ifndef WYN_CORE_CAPI_WYN_H_
#define WYN_CORE_CAPI_WYN_H_

#include <stddef.h>
#include <stdint.h>

#define WYN_VERSION_MAJOR 0
#define WYN_VERSION_MINOR 1
#define WYN_VERSION_PATCH 0
/* Grows with every release: major * 1000000 + minor * 1000 + patch. */
#define WYN_VERSION_NUMBER \
  (WYN_VERSION_MAJOR * 1000000 + WYN_VERSION_MINOR * 1000 + WYN_VERSION_PATCH)

#if defined(__GNUC__)
#define WYN_API __attribute__((visibility("default")))
#define WYN_CHECK_RESULT __attribute__((warn_unused_result))
#else
#define WYN_API
#define WYN_CHECK_RESULT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- version and status ---------------------------------------------------------------------- */

/* WYN_VERSION_NUMBER of the library that is running, which may be newer than this header. Does not
 * block or allocate. */
WYN_API int wyn_version(void);

/* The same as "0.1.0". Static storage. */
WYN_API const char *wyn_version_text(void);

/* What became of a call. Not negative: it succeeded. */
typedef enum wyn_status {
  WYN_OK = 0,
  /* A spawn has run the task in the caller: the queue is full, and on_full is
   * WYN_ON_FULL_RUN_INLINE. */
  WYN_RAN_INLINE = 1,
  /* A pointer that must not be NULL is NULL, or an option is out of range. */
  WYN_ERROR_INVALID = -1,
  /* The queue of this thread holds max_queued tasks, or there is no memory for more of them, and
   * on_full is WYN_ON_FULL_REFUSE. */
  WYN_ERROR_FULL = -2,
  WYN_ERROR_NO_MEMORY = -3,
  /* The runtime is shut down, or shutting down and the caller is no task of it. */
  WYN_ERROR_SHUT_DOWN = -4,
  /* The runtime belongs to the parent of a fork(). */
  WYN_ERROR_FORKED = -5,
  /* A worker thread cannot be started, or too many threads use the runtime. */
  WYN_ERROR_THREADS = -6,
  /* The call would wait for the task that makes it. */
  WYN_ERROR_INSIDE_TASK = -7,
  /* There is a default runtime already. */
  WYN_ERROR_RUNNING = -8,
  /* Tasks of the runtime are not released yet. */
  WYN_ERROR_BUSY = -9,
  /* The task ended its thread (pthread_exit, cancellation) and has no result. */
  WYN_ERROR_THREAD_ENDED = -10,
  /* The options ask for something that a newer library knows and this one does not. */
  WYN_ERROR_UNSUPPORTED = -11
} wyn_status;

/* A sentence that says what to do about `status`; for a value that is none, one that says so.
 * Static storage. */
WYN_API const char *wyn_status_text(wyn_status status);

/* ---- options --------------------------------------------------------------------------------- */

/* What a spawn does when the queue of the spawning thread holds max_queued tasks. */
enum {
  WYN_ON_FULL_GROW = 0,       /* queue it all the same: memory is the only bound */
  WYN_ON_FULL_RUN_INLINE = 1, /* run it at once, in the caller */
  WYN_ON_FULL_REFUSE = 2      /* WYN_ERROR_FULL */
};

/* As many workers as this process may use processors (affinity and cgroup quota). */
#define WYN_ALL_CPUS UINT32_MAX

/* To be filled by wyn_options_init; then change what you want. */
typedef struct wyn_options {
  size_t size;             /* sizeof(wyn_options) as the caller was compiled */
  uint32_t workers;        /* background threads, 0 to 4096, or WYN_ALL_CPUS. With 0 nothing runs
                              until somebody waits; a thread that waits runs tasks, too */
  uint32_t on_full;        /* WYN_ON_FULL_... */
  int64_t max_queued;      /* tasks in the queue of one thread, 1 to 2^40, rounded up to a power of
                              two */
  uint64_t reserved_slots; /* memory blocks for tasks with a handle, had from the system at the
                              start; no more than this machine's memory has room for */
  uint64_t max_slots;      /* most of these blocks; beyond them such tasks are allocated one by
                              one */
  uint32_t steal_attempts; /* tried at one victim before the next, at least 1 */
  uint32_t search_us;      /* how long a thread without work looks for some before it sleeps, to
                              1000000 */
} wyn_options;

/* Fills `options` with the default values; pass sizeof(wyn_options) for `size`. WYN_ERROR_INVALID:
 * NULL, less than the size of the first version, or more than 4096. Bytes that this library does
 * not know are zeroed. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_options_init(wyn_options *options, size_t size);

/* ---- the default runtime ------------------------------------------------------------------------
 * Made on first use; drained at the end of the process, unless exit() is called inside a task. */

/* Makes the default runtime, with `options`, or with default ones for NULL. Needed only for other
 * options, to have the threads started now, after wyn_shutdown, and in the child of a fork(); in
 * the last two cases no other thread may be inside a function of the default runtime. Blocks while
 * threads start; allocates. WYN_ERROR_RUNNING: there is one, in use or made by an earlier call,
 * whatever the options. WYN_ERROR_BUSY: after wyn_shutdown, tasks of the last default runtime are
 * not released yet. WYN_ERROR_INVALID, WYN_ERROR_UNSUPPORTED: the options. WYN_ERROR_NO_MEMORY,
 * WYN_ERROR_THREADS: nothing is left behind. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_init(const wyn_options *options);

/* Queues func(arg) on the default runtime. The fast way: a few nanoseconds; does not block;
 * allocates only when a queue grows or a thread spawns for the first time. A task that is refused,
 * for whatever reason, ends the process with a message: call wyn_spawn where that can happen. */
WYN_API void wyn_spawn_fast(void (*func)(void *), void *arg);

/* The same, with an answer: WYN_OK, WYN_RAN_INLINE; WYN_ERROR_INVALID (func is NULL),
 * WYN_ERROR_FULL, WYN_ERROR_NO_MEMORY, WYN_ERROR_SHUT_DOWN, WYN_ERROR_FORKED, WYN_ERROR_THREADS. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_spawn(void (*func)(void *), void *arg);

/* Runs tasks until every task of the default runtime is complete that was spawned before, or by
 * such a task. Outside of tasks only: inside, and in the child of a fork(), it ends the process
 * with a message. Returns at once if there is no default runtime. Sleeps when there is nothing to
 * run. */
WYN_API void wyn_spawn_wait(void);

/* The same, with an answer: WYN_OK, WYN_ERROR_INSIDE_TASK, WYN_ERROR_FORKED, WYN_ERROR_NO_MEMORY,
 * WYN_ERROR_THREADS. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_wait(void);

/* Refuses spawns from outside of tasks, completes every task, ends the workers. Blocks. WYN_OK also
 * if there is no default runtime. WYN_ERROR_SHUT_DOWN: this has been done before. Else as wyn_wait.
 * */
WYN_API wyn_status wyn_shutdown(void);

/* ---- runtimes of one's own ------------------------------------------------------------------- */

typedef struct wyn_runtime wyn_runtime;

/* Makes a runtime, with `options`, or with default ones for NULL, and stores it in *out. Blocks
 * while threads start; allocates. Errors as for wyn_init, but for WYN_ERROR_RUNNING and
 * WYN_ERROR_BUSY; *out is NULL then. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_runtime_create(const wyn_options *options,
                                                       wyn_runtime **out);

/* wyn_runtime_shutdown, then frees the runtime; nobody else may be using it. Outside of its tasks
 * only. WYN_ERROR_BUSY: it is shut down, but tasks are not released; release them and call this
 * again. WYN_ERROR_INVALID (NULL), WYN_ERROR_INSIDE_TASK, WYN_ERROR_FORKED, WYN_ERROR_NO_MEMORY,
 * WYN_ERROR_THREADS. */
WYN_API wyn_status wyn_runtime_destroy(wyn_runtime *runtime);

/* As wyn_shutdown. WYN_ERROR_INVALID: NULL. WYN_ERROR_SHUT_DOWN: this has been done before. */
WYN_API wyn_status wyn_runtime_shutdown(wyn_runtime *runtime);

/* As wyn_spawn; also WYN_ERROR_INVALID for a runtime that is NULL. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_runtime_spawn(wyn_runtime *runtime, void (*func)(void *),
                                                      void *arg);

/* As wyn_wait; also WYN_ERROR_INVALID for NULL. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_runtime_wait(wyn_runtime *runtime);

/* Number of background threads that it was made with; 0 for NULL. Does not block or allocate. */
WYN_API uint32_t wyn_runtime_workers(const wyn_runtime *runtime);

/* ---- tasks with a handle --------------------------------------------------------------------- */

typedef struct wyn_task wyn_task;

/* Queues func(arg) on `runtime`, or on the default runtime for NULL, and stores a handle in *out,
 * to be released. Does not block; takes one block of memory from the pool of the runtime. Errors as
 * for wyn_spawn; also WYN_ERROR_INVALID for an `out` that is NULL. On an error *out is NULL. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_submit(wyn_runtime *runtime, void *(*func)(void *),
                                               void *arg, wyn_task **out);

/* Returns when the task is complete, and stores what it returned in *result, unless that is NULL.
 * If nobody has begun the task, it runs here and now; else the caller waits, and runs nothing else.
 * Inside a task as well, and in several threads at once. WYN_ERROR_INVALID (task is NULL),
 * WYN_ERROR_THREAD_ENDED, WYN_ERROR_FORKED, WYN_ERROR_NO_MEMORY, WYN_ERROR_THREADS; *result is
 * untouched then. A task that joins itself, or one that waits for it, waits for ever. */
WYN_API WYN_CHECK_RESULT wyn_status wyn_task_join(wyn_task *task, void **result);

/* 1: complete, and a join returns at once; 0: not yet; WYN_ERROR_INVALID: NULL. Does not block. */
WYN_API WYN_CHECK_RESULT int wyn_task_done(const wyn_task *task);

/* Gives the handle up; the task runs all the same. No other thread may be using the handle. Nothing
 * happens for NULL. Does not block. */
WYN_API void wyn_task_release(wyn_task *task);

#ifdef __cplusplus
}
#endif

#endif /* WYN_CORE_CAPI_WYN_H_ */

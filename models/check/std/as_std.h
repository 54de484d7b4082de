// Code that says std::atomic, checked as it is.
//
//     #include <atomic>                    // everything that the header includes, first
//     #include "models/check/std/as_std.h"
//     namespace checked {
//     namespace std = wyn::as_std;         // std::atomic is wyn::check::atomic below
//     #include "their/queue.h"
//     }
//
// Names that the explorer does not replace are those of the standard library. Plain members of the
// code are not watched for races: give it var<T> where it has a parameter for its items.
#pragma once

#include "models/check/std/checked.h"

namespace wyn::as_std {

// Qualified lookup takes these before those of the directive.
using namespace std;  // NOLINT: on purpose
using check::atomic;
using check::atomic_flag;
using check::atomic_ref;
using check::atomic_signal_fence;
using check::atomic_thread_fence;

using check::atomic_compare_exchange_strong;
using check::atomic_compare_exchange_strong_explicit;
using check::atomic_compare_exchange_weak;
using check::atomic_compare_exchange_weak_explicit;
using check::atomic_exchange;
using check::atomic_exchange_explicit;
using check::atomic_fetch_add;
using check::atomic_fetch_add_explicit;
using check::atomic_fetch_and;
using check::atomic_fetch_and_explicit;
using check::atomic_fetch_or;
using check::atomic_fetch_or_explicit;
using check::atomic_fetch_sub;
using check::atomic_fetch_sub_explicit;
using check::atomic_fetch_xor;
using check::atomic_fetch_xor_explicit;
using check::atomic_flag_clear;
using check::atomic_flag_clear_explicit;
using check::atomic_flag_notify_all;
using check::atomic_flag_notify_one;
using check::atomic_flag_test;
using check::atomic_flag_test_and_set;
using check::atomic_flag_test_and_set_explicit;
using check::atomic_flag_test_explicit;
using check::atomic_flag_wait;
using check::atomic_flag_wait_explicit;
using check::atomic_init;
using check::atomic_is_lock_free;
using check::atomic_load;
using check::atomic_load_explicit;
using check::atomic_notify_all;
using check::atomic_notify_one;
using check::atomic_store;
using check::atomic_store_explicit;
using check::atomic_wait;
using check::atomic_wait_explicit;

using check::atomic_bool;
using check::atomic_char;
using check::atomic_char16_t;
using check::atomic_char32_t;
using check::atomic_char8_t;
using check::atomic_int;
using check::atomic_int16_t;
using check::atomic_int32_t;
using check::atomic_int64_t;
using check::atomic_int8_t;
using check::atomic_int_fast16_t;
using check::atomic_int_fast32_t;
using check::atomic_int_fast64_t;
using check::atomic_int_fast8_t;
using check::atomic_int_least16_t;
using check::atomic_int_least32_t;
using check::atomic_int_least64_t;
using check::atomic_int_least8_t;
using check::atomic_intmax_t;
using check::atomic_intptr_t;
using check::atomic_llong;
using check::atomic_long;
using check::atomic_ptrdiff_t;
using check::atomic_schar;
using check::atomic_short;
using check::atomic_signed_lock_free;
using check::atomic_size_t;
using check::atomic_uchar;
using check::atomic_uint;
using check::atomic_uint16_t;
using check::atomic_uint32_t;
using check::atomic_uint64_t;
using check::atomic_uint8_t;
using check::atomic_uint_fast16_t;
using check::atomic_uint_fast32_t;
using check::atomic_uint_fast64_t;
using check::atomic_uint_fast8_t;
using check::atomic_uint_least16_t;
using check::atomic_uint_least32_t;
using check::atomic_uint_least64_t;
using check::atomic_uint_least8_t;
using check::atomic_uintmax_t;
using check::atomic_uintptr_t;
using check::atomic_ullong;
using check::atomic_ulong;
using check::atomic_unsigned_lock_free;
using check::atomic_ushort;
using check::atomic_wchar_t;

namespace this_thread = check::this_thread;

// <mutex> and <shared_mutex>.
using check::adopt_lock;
using check::call_once;
using check::defer_lock;
using check::lock;
using check::lock_guard;
using check::mutex;
using check::once_flag;
using check::recursive_mutex;
using check::recursive_timed_mutex;
using check::scoped_lock;
using check::shared_lock;
using check::shared_mutex;
using check::shared_timed_mutex;
using check::timed_mutex;
using check::try_lock;
using check::try_to_lock;
using check::unique_lock;

// <condition_variable>.
using check::condition_variable;
using check::condition_variable_any;

// <semaphore> and <latch>.
using check::binary_semaphore;
using check::counting_semaphore;
using check::latch;

// <barrier>.
using check::barrier;

// <thread> and <stop_token>.
using check::jthread;
using check::nostopstate;
using check::nostopstate_t;
using check::stop_callback;
using check::stop_source;
using check::stop_token;
using check::thread;

// <future>.
using check::async;
using check::future;
using check::packaged_task;
using check::promise;
using check::shared_future;

// Refused, so that it is not taken for a replaced one: the explorer does not see it.
void notify_all_at_thread_exit();

}  // namespace wyn::as_std

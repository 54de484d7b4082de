// The futex(2) operations the core uses, on private (one-process) words.
#pragma once

#include <chrono>
#include <cstdint>

namespace wyn {

/// Blocks while *word == expected, as the kernel reads it. Returns on a wake, a changed value, a
/// signal, or without a cause: the caller loops. Orders no memory: the caller's protocol does.
void futex_wait(const std::uint32_t* word, std::uint32_t expected) noexcept;

/// The same for no longer than `most`. False when that time has passed.
bool futex_wait_for(const std::uint32_t* word, std::uint32_t expected,
                    std::chrono::nanoseconds most) noexcept;

/// Wakes up to `count` waiters of `word`; one system call of some microseconds.
void futex_wake(const std::uint32_t* word, int count) noexcept;

}  // namespace wyn

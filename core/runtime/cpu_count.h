// How many processors this process may use.
#pragma once

namespace wyn {

/// At least 1: the smaller of the affinity mask's size and the cgroup CPU quota (v2 cpu.max of the
/// process's group and its ancestors, or v1 cpu.cfs_quota_us), rounded up. Reads files; does not
/// cache.
unsigned available_cpus() noexcept;

namespace detail {
/// The quota in whole processors that the text of a cpu.max file states, rounded up; 0: no quota.
unsigned cpus_in_cpu_max(const char* text) noexcept;
}  // namespace detail

}  // namespace wyn

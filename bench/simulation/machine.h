// The machine that is simulated: what an access, a fence and a system call cost.
#pragma once

namespace wyn::simulation {

/// Nanoseconds, as measured on two virtual processors of an AMD EPYC with Linux 6.18 (near and far:
/// the two placed on one complex of cores, or on two). Processors in groups of `cluster` share a
/// cache: a line comes from within the group in near_ns, from outside in far_ns.
struct machine {
  int processors = 256;  ///< at most 1024; one for each thread, so that nobody waits for one
  int cluster = 8;
  int socket = 0;  ///< processors, in whole groups; 0: all of them

  double hit_ns = 1;            ///< a load of a line that is here
  double store_ns = 1;          ///< a store; what its line costs is paid in the background
  double rmw_ns = 5.5;          ///< a read-modify-write of a line that is here
  double fence_ns = 6;          ///< a full fence; and it waits for the stores before it
  double near_ns = 65;          ///< a line from another processor of the group
  double far_ns = 275;          ///< a line from another group
  double remote_ns = 550;       ///< a line from another socket; not measured
  double serve_ns = 10;         ///< how long a line that several have is kept busy by a reader
  double pause_ns = 15;         ///< one pause instruction
  double allocate_ns = 100;     ///< a call of the allocator
  double membarrier_ns = 10e3;  ///< the call, for its caller; one at a time in the whole system
  double membarrier_each_ns = 100;  ///< more, for each other thread that runs
  double interrupt_ns = 6000;   ///< what the call takes from each of these
  bool combine_heavy_fences = true;  ///< core/base/heavy_fence_group.h, else a call for each
  double sleep_call_ns = 500;   ///< a futex wait, until the thread is off its processor
  double wake_call_ns = 1500;   ///< a futex wake, for each thread woken
  double wake_latency_ns = 5600;  ///< from then until the woken thread runs
};

}  // namespace wyn::simulation

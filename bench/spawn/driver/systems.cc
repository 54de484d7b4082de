#include "bench/spawn/driver/systems.h"

#include "bench/harness/program.h"

namespace wyn::bench {

namespace {

constexpr std::size_t any_number = static_cast<std::size_t>(-1);

}  // namespace

bool contender::offers(task_kind kind) const {
  if (kind == task_kind::queued) return queues;
  return all_kinds || kind == task_kind::mark || kind == task_kind::empty;
}

std::vector<contender> known_contenders() {
  // oneTBB, rayon and tokio queue every task (270, 60 and 140 bytes each), Go's goroutines have
  // stacks, and a fiber of Boost takes 9 KB.
  std::vector<contender> all = {
      {our_name, "wyn_peer", any_number, true, true, "", ""},
      {"Go", "go_peer", 10'000'000, false, true, "", ""},
      {"oneTBB", "tbb_peer", 10'000'000, false, true, "", ""},
      {"libgomp", "openmp_peer", any_number, false, true, "", ""},
      {"rayon", "rayon_peer", 10'000'000, false, true, "", ""},
      {"tokio", "tokio_peer", 10'000'000, false, true, "", ""},
      {"Boost.Fiber", "fiber_peer", 10'000, false, true, "", ""},
      {"std::async", "async_peer", 10'000, false, false, "", ""},
      {"std::thread", "thread_peer", 10'000, false, false, "", ""},
  };
  for (contender& s : all) {
    const program p = find_program("bench/spawn", s.program);
    s.path = p.path;
    s.absent_because = p.absent_because;
  }
  return all;
}

contender given_contender(const std::string& definition) {
  const named_program p = given_program(definition);
  return {p.name, p.path, any_number, false, true, p.path, ""};
}

}  // namespace wyn::bench

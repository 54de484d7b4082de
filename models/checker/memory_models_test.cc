// The memory models beside the default: what each adds or takes away, and that races are judged by
// the happens-before of C++ under all of them.
#include <gtest/gtest.h>

#include <string>

#include "models/checker/gtest.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using model::failure;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};

struct release_sequence {
  static constexpr int threads = 2;
  env::plain<int> data;
  env::atomic<int> ready{0};
  void thread(int id) {
    if (id == 0) {
      data.write(1);
      ready.store(1, release);
      ready.store(2, relaxed);
    } else if (ready.load(acquire) == 2) {
      data.read();
    }
  }
};
MODEL_TEST_FAILS(MemoryModels, Cpp20EndsAReleaseSequenceAtARelaxedStore, (release_sequence),
                 failure::data_race);
MODEL_TEST(MemoryModels, PublishedReleaseSequencesGoOnInTheirThread, (release_sequence),
           executions(3), {.model = model::memory_model::rc11});

struct relaxed_message {
  static constexpr int threads = 2;
  env::plain<int> data;
  env::atomic<int> ready{0};
  void thread(int id) {
    if (id == 0) {
      data.write(1);
      ready.store(1, relaxed);
    } else if (ready.load(relaxed) == 1) {
      data.read();
    }
  }
};
MODEL_TEST_FAILS(MemoryModels, InterleavingsDoNotExcuseARace,
                 (relaxed_message), failure::data_race,
                 {.model = model::memory_model::sc});
MODEL_TEST_FAILS(MemoryModels, X86DoesNotExcuseARace,
                 (relaxed_message), failure::data_race,
                 {.model = model::memory_model::tso});

template <order Store>
struct buffered_stores {
  static constexpr int threads = 2;
  env::atomic<int> flags[2];
  int seen[2];
  void thread(int id) {
    flags[id].store(1, site<"raise", Store>{});
    seen[id] = flags[1 - id].load(relaxed);
  }
  void after() { env::check(seen[0] + seen[1] > 0, "one of them sees the other"); }
};
MODEL_TEST(MemoryModels, InterleavingsBufferNoStore, (buffered_stores<order::relaxed>),
           executions(3), {.model = model::memory_model::sc});
MODEL_TEST_FAILS(MemoryModels, X86BuffersAStore, (buffered_stores<order::release>),
                 failure::assertion, {.model = model::memory_model::tso});
MODEL_TEST(MemoryModels, X86DrainsASeqCstStore, (buffered_stores<order::seq_cst>), executions(3),
           {.model = model::memory_model::tso});
MODEL_TEST_FAILS(MemoryModels, Rc11LetsALaterLoadPassASeqCstStore,
                 (buffered_stores<order::seq_cst>), failure::assertion);

template <order First, order Second>
struct fenced_stores {
  static constexpr int threads = 2;
  env::atomic<int> flags[2];
  int seen[2];
  void thread(int id) {
    flags[id].store(1, relaxed);
    if (id == 0) env::fence(site<"first", First>{});
    else env::fence(site<"second", Second>{});
    seen[id] = flags[1 - id].load(relaxed);
  }
  void after() { env::check(seen[0] + seen[1] > 0, "one of them sees the other"); }
};
MODEL_TEST(MemoryModels, X86InterruptsForAHeavyFence, (fenced_stores<order::light, order::heavy>),
           executions(3), {.model = model::memory_model::tso, .count_duplicates = true});
MODEL_TEST(MemoryModels, X86NeedsNoLightFenceForAHeavyOne,
           (fenced_stores<order::none, order::heavy>), executions(3),
           {.model = model::memory_model::tso});
MODEL_TEST_FAILS(MemoryModels, Rc11NeedsTheLightFence, (fenced_stores<order::none, order::heavy>),
                 failure::assertion);
MODEL_TEST_FAILS(MemoryModels, X86HasNoInstructionForALightFence,
                 (fenced_stores<order::light, order::seq_cst>), failure::assertion,
                 {.model = model::memory_model::tso});

TEST(MemoryModels, ReportNamesTheModelAndWhatJudgesRaces) {
  const model::verdict v = model::check<buffered_stores<order::relaxed>>(
      {.model = model::memory_model::sc});
  EXPECT_NE(v.report.find("memory model sc; data races and lifetimes are judged by the "
                          "happens-before of C++"),
            std::string::npos)
      << v.report;
}

}  // namespace
}  // namespace wyn

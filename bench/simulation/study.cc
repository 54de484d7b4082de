#include "bench/simulation/study.h"

#include <algorithm>
#include <stdexcept>

namespace wyn::simulation {

namespace {

// Half of the threads, but at most `limit` and at least one.
unsigned at_most_half_of(int threads, int limit) {
  return static_cast<unsigned>(std::min(limit, std::max(1, threads / 2)));
}

}  // namespace

const std::vector<variant>& variants() {
  static const std::vector<variant> all = {
      {"shipped", "the runtime as it is", [](experiment&) {}},
      {"fences", "the deques are not biased: a full fence in each pop, and no heavy one in a steal",
       [](experiment& e) { e.deque = deque_kind::fence; }},
      {"ends searches", "a search ends after its time even while work is visible",
       [](experiment& e) { e.how.search_on = false; }},
      {"sleeps at once", "a thread without work that finds enough others searching does not wait",
       [](experiment& e) { e.how.waits_to_search = false; }},
      {"no naps", "each sleep begins with a heavy fence",
       [](experiment& e) { e.how.nap_ns = 0; }},
      {"searches for each", "a search before each block from a ring",
       [](experiment& e) { e.how.goes_back = false; }},
      {"pauses", "a pause between two short tasks of a deque whose owner is busy",
       [](experiment& e) { e.how.goes_on = false; }},
      {"old work often", "each 64th task is the oldest of the own deque, whatever the time",
       [](experiment& e) { e.how.oldest = old_work::each_time; }},
      {"no old work", "the oldest task of the own deque has no turn",
       [](experiment& e) { e.how.oldest = old_work::never; }},
      {"shared late", "the deques begin biased, and the bias goes back after 256 pops",
       [](experiment& e) { e.how.shared = sharing::never; }},
      {"batches", "a thief takes up to 8 items in a row from one victim",
       [](experiment& e) { e.how.steal_batch = 8; }},
      {"near first", "victims that share a cache with the thief come first",
       [](experiment& e) { e.how.near_first = true; }},
      {"4 searchers", "at most 4 threads search at once, and not half of them",
       [](experiment& e) { e.how.searchers = 4; }},
      {"16 searchers", "at most 16 threads search at once, and not half of them",
       [](experiment& e) { e.how.searchers = at_most_half_of(e.threads, 16); }},
      {"24 searchers", "at most 24 threads search at once, and not half of them",
       [](experiment& e) { e.how.searchers = at_most_half_of(e.threads, 24); }},
      {"hint", "who wakes a thread says whose queue has work; the woken one looks there first",
       [](experiment& e) { e.how.hint = true; }},
      {"hand-off", "a spawn that wakes a thread keeps its task for that thread, off all queues",
       [](experiment& e) { e.how.hand_off = true; }},
      {"wakes one", "a woken thread that finds work, and sees more, wakes one other and never two",
       [](experiment& e) { e.how.spreads = false; }},
      {"two sockets", "of the same groups; a line from the other one takes twice the time",
       [](experiment& e) {
         e.where.socket = std::max(e.where.cluster, e.threads / 2);
         e.where.remote_ns = 2 * e.where.far_ns;
       }},
      {"separate fences", "each heavy fence is a call of its own, though others ask meanwhile",
       [](experiment& e) { e.where.combine_heavy_fences = false; }},
      {"cheap heavy fences", "a heavy fence costs 1 microsecond and interrupts nobody",
       [](experiment& e) {
         e.where.membarrier_ns = 1000;
         e.where.membarrier_each_ns = 0;
         e.where.interrupt_ns = 0;
       }},
  };
  return all;
}

namespace {

const variant& variant_named(const std::string& name) {
  std::string known;
  for (const variant& v : variants()) {
    if (v.name == name) return v;
    known += (known.empty() ? "" : ", ") + v.name;
  }
  throw std::invalid_argument("no variant \"" + name + "\"; there are: " + known);
}

// Bursts are of tasks that last: the question is how soon everybody runs one.
constexpr double burst_task_factor = 20;

experiment experiment_of(const study& s, workload w, double task_ns, const variant& v,
                         int threads) {
  experiment e = s.base;
  e.what = w;
  e.threads = threads;
  e.task_ns = w == workload::burst ? task_ns * burst_task_factor : task_ns;
  e.where.processors = std::max(e.where.processors, threads);
  v.change(e);
  return e;
}

point measure(experiment e, const std::string& variant_name, int seeds) {
  std::vector<outcome> runs;
  for (int i = 0; i < seeds; ++i, e.seed += 1000) runs.push_back(run(e));
  std::sort(runs.begin(), runs.end(),
            [](const outcome& a, const outcome& b) { return a.speedup < b.speedup; });
  const double least = runs.front().speedup, most = runs.back().speedup;
  return {e.what, e.task_ns, variant_name, e.threads, least, most, runs[runs.size() / 2]};
}

}  // namespace

study_result run(const study& s,
                 const std::function<void(int, int, const std::string&)>& progress) {
  std::vector<variant> chosen;
  for (const std::string& name : s.variants) chosen.push_back(variant_named(name));
  if (chosen.empty()) chosen = variants();
  if (s.seeds < 1) throw std::invalid_argument("at least one seed");
  study_result result{s, {}};
  const auto all = static_cast<int>(s.workloads.size() * s.task_ns.size() * chosen.size() *
                                    s.threads.size());
  int number = 0;
  for (const workload w : s.workloads) {
    for (const double ns : s.task_ns) {
      for (const variant& v : chosen) {
        for (const int threads : s.threads) {
          progress(++number, all, std::string(name_of(w)) + ", " + v.name);
          result.points.push_back(
              measure(experiment_of(s, w, ns, v, threads), v.name, s.seeds));
        }
      }
    }
  }
  return result;
}

}  // namespace wyn::simulation

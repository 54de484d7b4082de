// Coroutines as tasks: a tree that is summed by all workers, a chain that waits for each link, and
// one that waits for a task with a handle and for a group of tasks, without a thread.
#include <cstdio>
#include <vector>

#include "core/coro/await.h"
#include "core/coro/sync_wait.h"
#include "core/coro/when_all.h"

namespace {

struct node {
  long value;
  std::vector<node> children;
};

node tree_of(int depth) {
  node n{depth, {}};
  for (int i = 0; i < depth; ++i) n.children.push_back(tree_of(depth - 1));
  return n;
}

wyn::task<long> sum_of(const node& n) {
  std::vector<wyn::task<long>> parts;
  for (const node& child : n.children) parts.push_back(sum_of(child));
  long sum = n.value;
  for (const long part : co_await wyn::when_all(std::move(parts))) sum += part;
  co_return sum;
}

wyn::task<long> doubled(long x) { co_return 2 * x; }

wyn::task<long> power_of_two(int exponent) {
  long x = 1;
  for (int i = 0; i < exponent; ++i) x = co_await doubled(x);
  co_return x;
}

wyn::task<long> waiting(wyn::runtime& rt) {
  const long first = co_await rt.submit([] { return 40L; });
  long parts[2] = {};
  wyn::task_group group;
  for (long& part : parts) group.run([&part] { part = 1; });
  co_await group;
  co_return first + parts[0] + parts[1];
}

}  // namespace

int main() {
  wyn::runtime rt({.workers = 2});
  const node root = tree_of(7);
  const long sum = wyn::sync_wait(rt, sum_of(root));
  const long power = wyn::sync_wait(rt, power_of_two(20));
  const long answer = wyn::sync_wait(rt, waiting(rt));
  std::printf("sum of the tree %ld, power of two %ld, answer %ld\n", sum, power, answer);
}

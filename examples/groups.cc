// Tasks that come one by one and end together: wyn::scope, wyn::task_group, exceptions, and a
// search that stops as soon as one of its tasks has found something.
#include <atomic>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/runtime/task_group.h"

namespace {

// Places queens row by row. Each branch of the first rows is a member; the first solution cancels
// the rest: members that have not begun are dropped, the others look at cancelled().
class queens {
 public:
  explicit queens(int n) : n_(n) {}

  std::string search(wyn::runtime& rt) {
    wyn::scope(rt, [this](wyn::task_group& group) { place(group, {}); });
    return solution_;
  }

 private:
  void place(wyn::task_group& group, const std::vector<int>& rows) {
    if (group.cancelled()) return;
    if (static_cast<int>(rows.size()) == n_) {
      if (!found_.exchange(true)) {
        for (const int column : rows) solution_ += std::to_string(column) + " ";
        group.cancel();
      }
      return;
    }
    for (int column = 0; column < n_; ++column) {
      if (!safe(rows, column)) continue;
      std::vector<int> more = rows;
      more.push_back(column);
      if (rows.size() < 3) {
        group.run([this, more](wyn::task_group& g) { place(g, more); });
      } else {
        place(group, more);
      }
    }
  }

  static bool safe(const std::vector<int>& rows, int column) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const int distance = static_cast<int>(rows.size() - i);
      const int across = column - rows[i];
      if (across == 0 || across == distance || across == -distance) return false;
    }
    return true;
  }

  const int n_;
  std::atomic<bool> found_{false};
  std::string solution_;
};

}  // namespace

int main() {
  wyn::runtime rt;

  // Results by reference. They are there when scope returns.
  long squares = 0, cubes = 0;
  wyn::scope(rt, [&](wyn::task_group& group) {
    group.run([&] { for (long i = 1; i <= 10; ++i) squares += i * i; });
    group.run([&] { for (long i = 1; i <= 10; ++i) cubes += i * i * i; });
  });
  std::printf("squares %ld, cubes %ld\n", squares, cubes);

  // The first exception cancels the rest, and wait() throws it.
  wyn::task_group group(rt);
  for (int i = 0; i < 100; ++i) {
    group.run([i](wyn::task_group& g) {
      if (!g.cancelled() && i == 50) throw std::runtime_error("member 50 has had enough");
    });
  }
  try {
    group.wait();
  } catch (const std::runtime_error& e) {
    std::printf("%s\n", e.what());
  }

  const std::string solution = queens(10).search(rt);
  std::printf("ten queens stand %s\n", solution.empty() ? "nowhere" : "somewhere");
}

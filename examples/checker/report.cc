// A mailbox with a mistake, what the explorer says of it, and a repair tried without an edit.
#include <cstdio>

#include "models/check/std/checked.h"
#include "models/checker/checker.h"

namespace std_ = wyn::check;  // in the product: namespace std_ = wyn::production;

class mailbox {
 public:
  mailbox() {
    std_::name(letter_, "letter");
    std_::name(full_, "full");
  }
  void put(int letter) {
    letter_ = letter;
    full_.store(true, std_::memory_order_relaxed);
  }
  bool take(int& letter) {
    if (!full_.load(std_::memory_order_acquire)) return false;
    letter = letter_;
    return true;
  }

 private:
  std_::var<int> letter_;
  std_::atomic<bool> full_{false};
};

struct one_letter {
  static constexpr int threads = 2;

  mailbox box;

  void thread(int id) {
    int letter = 0;
    if (id == 0) box.put(42);
    else if (box.take(letter)) std_::require(letter == 42, "the letter arrives");
  }
};

int main() {
  std::printf("%s", wyn::model::check<one_letter>().report.c_str());
  const wyn::model::options release = {.overrides = {{"report.cc:17", wyn::order::release}}};
  std::printf("\n%s", wyn::model::check<one_letter>(release).report.c_str());
}

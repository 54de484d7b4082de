// What the models of the producer ring share: numbered items with a payload, and the accounts of
// who took which. The accounts are plain memory: each thread keeps its own, and after() adds them
// up.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/injector/producer_ring.h"

namespace wyn::injector_models {

/// Which ring a model runs: the shipped one, or a broken one that the model must see through.
struct shipped_ring {
  template <class Item, class Env, class Orders>
  using type = producer_ring<Item, Env, Orders>;
};

/// A ring, up to `Items` items numbered from 1, each with a payload written before its push and
/// read after its claim, and `Threads` accounts. Thread 0 is the producer.
template <class Env, class Orders, class Ring, int Items, int Threads>
class workload {
 public:
  workload(std::int64_t initial_capacity, std::int64_t max_capacity)
      : ring_(initial_capacity, max_capacity) {
    for (int id = 1; id <= Items; ++id) name_object<Env>(payload_[id], "payload", id);
  }

  /// Pushes the next number; a refused one is not pushed again.
  bool push() {
    const int id = ++last_pushed_;
    payload_[id].write(payload_of(id));
    accepted_[id] = ring_.push(static_cast<std::uint64_t>(id));
    return accepted_[id];
  }

  /// Claims up to `max` and books them to `thread`.
  claim_result claim(int thread, std::size_t max) {
    known_[thread] = 0;
    return claim_again(thread, max);
  }

  /// The same by what the thread's last claim has seen.
  claim_result claim_again(int thread, std::size_t max) {
    std::uint64_t batch[Items] = {};
    const claim_result got = ring_.claim(batch, max, known_[thread]);
    for (std::size_t i = 0; i < got.count; ++i) take(thread, static_cast<std::int64_t>(batch[i]));
    return got;
  }

  std::int64_t size_estimate() const { return ring_.size_estimate(); }

  /// After all threads: takes what is left; then every accepted item was taken once, no other was.
  void drain_and_check() {
    while (claim(0, Items).count != 0) {
    }
    Env::check(ring_.size_estimate() == 0, "the drained ring is empty");
    int accepted = 0;
    for (int id = 1; id <= Items; ++id) {
      int times = 0;
      for (int thread = 0; thread < Threads; ++thread) times += taken_[thread][id];
      Env::check(times <= 1, "no item is taken twice");
      Env::check(times >= accepted_[id], "no accepted item is lost");
      Env::check(times <= accepted_[id], "no refused item is taken");
      accepted += accepted_[id];
    }
    Env::check(ring_.pushed_total() == accepted, "the total counts what was accepted");
  }

 private:
  static int payload_of(int id) { return 100 + id; }

  void take(int thread, std::int64_t id) {
    Env::check(id >= 1 && id <= Items, "an item taken was pushed");
    Env::check(id > last_taken_[thread], "a consumer gets the items in the order of the pushes");
    Env::check(payload_[id].read() == payload_of(static_cast<int>(id)), "the payload came along");
    last_taken_[thread] = id;
    ++taken_[thread][id];
    Env::check(ring_.pushed_total() >= ++count_[thread], "the total counts what was taken");
  }

  typename Ring::template type<std::uint64_t, Env, Orders> ring_;
  typename Env::template plain<int> payload_[Items + 1];
  int last_pushed_ = 0;
  int accepted_[Items + 1] = {};
  std::int64_t known_[Threads] = {};
  std::int64_t last_taken_[Threads] = {};
  std::int64_t count_[Threads] = {};
  int taken_[Threads][Items + 1] = {};
};

}  // namespace wyn::injector_models

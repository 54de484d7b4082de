// The exceptions whose handlers a fiber is in.
//
// The C++ runtime keeps them in a list for each thread of the operating system; all fibers of a
// check share one. A fiber that leaves in the middle of a handler would leave its exception on that
// list, and the handler of another would rethrow or free it. So each fiber has a list of its own,
// which is exchanged for the thread's while it runs.
#pragma once

#include <cxxabi.h>

#include <cstddef>
#include <cstring>
#include <utility>

namespace wyn::model {

class caught_exceptions {
 public:
  caught_exceptions() = default;
  caught_exceptions(const caught_exceptions&) = delete;
  caught_exceptions& operator=(const caught_exceptions&) = delete;
  ~caught_exceptions() { drop(); }

  /// Exchanges this list for the running thread's.
  void exchange() {
    void* const of_thread = abi::__cxa_get_globals();
    state other;
    std::memcpy(&other, of_thread, sizeof other);
    std::memcpy(of_thread, &state_, sizeof other);
    state_ = other;
  }

  /// Gives the memory of the exceptions back, where a fiber is abandoned. Their destructors do not
  /// run, as those of all that lies on its stack.
  void drop() {
    while (state_.first != nullptr) {
      char* const header = static_cast<char*>(state_.first);
      void* next = nullptr;
      std::memcpy(&next, header + offset_of_next, sizeof next);
      // One that std::rethrow_exception shares is not ours to free.
      if (header[offset_of_class] == 0) abi::__cxa_free_exception(header + sizeof_header);
      state_.first = next;
    }
    state_ = {};
  }

 private:
  // __cxa_eh_globals of the Itanium C++ ABI.
  struct state {
    void* first = nullptr;  ///< the exception caught last
    unsigned int uncaught = 0;
  };

  // __cxa_exception, also of the ABI, where pointers have eight bytes: five pointers of which the
  // last is the next one, two integers, four pointers, and _Unwind_Exception, whose class begins
  // with 1 in place of 0 for a shared one.
  static_assert(sizeof(void*) == 8);
  static constexpr std::size_t offset_of_next = 32;
  static constexpr std::size_t offset_of_class = 80;
  static constexpr std::size_t sizeof_header = 112;

  state state_;
};

}  // namespace wyn::model

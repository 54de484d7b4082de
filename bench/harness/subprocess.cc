#include "bench/harness/subprocess.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>

extern char** environ;

namespace wyn::bench {

namespace {

using clock = std::chrono::steady_clock;

class pipe_pair {
 public:
  pipe_pair() {
    if (pipe2(ends_, O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  }
  ~pipe_pair() {
    close_writer();
    ::close(ends_[0]);
  }
  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void close_writer() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

pid_t start(const std::vector<std::string>& command, pipe_pair& out, pipe_pair& err) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out.writer(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.writer(), STDERR_FILENO);
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t child = -1;
  const int error = posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  out.close_writer();
  err.close_writer();
  if (error != 0) {
    throw std::runtime_error(fmt::format("cannot start {}: {}", command[0], strerror(error)));
  }
  return child;
}

// Reads both pipes until the program closes them. False when the time is over before that.
bool collect(const pipe_pair& out, const pipe_pair& err, clock::time_point deadline,
             std::string& output, std::string& errors) {
  pollfd files[2] = {{out.reader(), POLLIN, 0}, {err.reader(), POLLIN, 0}};
  std::string* texts[2] = {&output, &errors};
  while (files[0].fd >= 0 || files[1].fd >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now()).count();
    if (left <= 0) return false;
    if (poll(files, 2, static_cast<int>(std::min<long long>(left, 1000))) < 0 && errno != EINTR) {
      return false;
    }
    for (int i = 0; i < 2; ++i) {
      if (files[i].fd < 0 || files[i].revents == 0) continue;
      char buffer[4096];
      const ssize_t n = read(files[i].fd, buffer, sizeof buffer);
      if (n > 0) texts[i]->append(buffer, static_cast<std::size_t>(n));
      if (n == 0 || (n < 0 && errno != EINTR)) files[i].fd = -1;
    }
  }
  return true;
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of("\n \t");
  if (end == std::string::npos) return "it said nothing";
  const std::size_t begin = text.find_last_of('\n', end);
  return text.substr(begin == std::string::npos ? 0 : begin + 1,
                     end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

}  // namespace

finished run_program(const std::vector<std::string>& command, double timeout_seconds) {
  finished result;
  try {
    pipe_pair out, err;
    const auto deadline = clock::now() + std::chrono::duration_cast<clock::duration>(
                                             std::chrono::duration<double>(timeout_seconds));
    const pid_t child = start(command, out, err);
    std::string errors;
    const bool in_time = collect(out, err, deadline, result.output, errors);
    if (!in_time) kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!in_time) {
      result.reason = fmt::format("no answer within {:.0f} s", timeout_seconds);
    } else if (WIFSIGNALED(status)) {
      result.reason = fmt::format("ended by signal {} ({}): {}", WTERMSIG(status),
                                  strsignal(WTERMSIG(status)), last_line(errors));
    } else if (WEXITSTATUS(status) != 0) {
      result.reason = fmt::format("exit status {}: {}", WEXITSTATUS(status), last_line(errors));
    } else {
      result.ok = true;
    }
  } catch (const std::exception& e) {
    result.reason = e.what();
  }
  return result;
}

}  // namespace wyn::bench

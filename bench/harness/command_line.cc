#include "bench/harness/command_line.h"

#include <fmt/format.h>

namespace wyn::bench {

CLI::Validator number_between(double least, double most) {
  const std::string range = fmt::format("in [{} - {}]", least, most);
  return CLI::Validator(
      [=](const std::string& text) {
        double given = 0;
        const bool in_range =
            CLI::detail::lexical_cast(text, given) && given >= least && given <= most;
        return in_range ? std::string() : fmt::format("{} is not a number {}", text, range);
      },
      "FLOAT " + range);
}

void add_effort(CLI::App& app, effort& e, const std::string& repetitions, int fewest_repetitions) {
  app.add_option("--batches", e.batches, "processes for each row")->check(CLI::Range(1, 1000));
  app.add_option("--repetitions", e.repetitions, repetitions)
      ->check(CLI::Range(fewest_repetitions, 100'000));
  app.add_option("--seconds", e.seconds, "no repetition begins later than this in a process")
      ->check(number_between(0, 1e6));
  app.add_option("--timeout", e.timeout_seconds, "seconds until a process counts as hanging")
      ->check(number_between(0.1, 1e6));
  app.add_option("--seed", e.seed, "of the random order");
}

}  // namespace wyn::bench

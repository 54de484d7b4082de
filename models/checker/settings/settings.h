// The options of a check by name: each field of wyn::model::options is one flag
// (--max_executions=N) and one environment variable (WYN_MODEL_MAX_EXECUTIONS), and one table
// defines all of them.
//
// Order:   what a test says in its source, then the environment, then the flags; the last one wins.
// Errors:  an unknown name is refused, with the nearest known one, and a bad value, with what would
//          be right. Nothing is ever ignored: a misspelt bound would be no bound.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/checker/options.h"

namespace wyn::model {

struct setting {
  const char* name;    ///< of the field
  const char* values;  ///< what may be said, for people
  const char* help;
  /// Takes over `text`; false, with nothing changed, when it is no such value.
  bool (*set)(options& o, std::string_view text);
  /// The value in the form that set() takes.
  std::string (*get)(const options& o);
};

const std::vector<setting>& all_settings();

/// "WYN_MODEL_MAX_EXECUTIONS" of "max_executions".
std::string variable_of(std::string_view name);

// These return what is wrong, in one line a mistake; empty: nothing.

/// Sets one option.
std::string apply_setting(options& o, std::string_view name, std::string_view text);
/// Every variable of `environment` (NAME=value, then nullptr) that begins with WYN_MODEL_.
std::string apply_environment(options& o, const char* const* environment);
/// Every argument --name=value, or --name for a switch. Applied ones are removed from argv; others
/// that begin with -- are mistakes unless they begin with --gtest_. --help is left alone.
std::string apply_flags(options& o, int& argc, char** argv);

/// The settings with their defaults, for --help.
std::string settings_help();

/// Names that a typing mistake may have meant: the one with the smallest edit distance, or "".
std::string nearest_setting(std::string_view name);

/// Settings of the whole process, which come on top of what a test asks for. Checks the environment
/// and the flags; what is wrong is the return value. Before the first check.
std::string take_process_settings(int& argc, char** argv);
/// `o`, then the environment and the flags of the process. Without take_process_settings the flags
/// are none, and a mistake in the environment ends the process with a message.
options with_process_settings(options o);

}  // namespace wyn::model

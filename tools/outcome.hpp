#pragma once

#include <expected>
#include <string>
#include <utility>

#include "engine/result.hpp"

namespace solnoma {

/// The exit codes of the program, a contract: README.md.
enum class Exit : int { done = 0, refused = 1, usage = 2, store = 3 };

/// Why a command did not do what it was asked, and the exit code that says so.
struct Failure {
  Error error;
  Exit exit;

  /// The code follows from the error: whose fault it is.
  Failure(Error e) : error(std::move(e)), exit(exit_of(error.code)) {}
  Failure(Error e, Exit code) : error(std::move(e)), exit(code) {}

  static Exit exit_of(Errc code) {
    switch (code) {
      case Errc::invalid:
      case Errc::not_found:
      case Errc::conflict:
        return Exit::refused;
      case Errc::unsupported:
      case Errc::unavailable:
      case Errc::io:
      case Errc::corrupt:
      case Errc::damaged_index:
        break;
    }
    return Exit::store;
  }
};

template <class T>
using Try = std::expected<T, Failure>;
using Outcome = Try<void>;

/// `if (!x) return refuse(x);` for any Result or Try.
template <class Wrong>
[[nodiscard]] std::unexpected<Failure> refuse(const Wrong& wrong) {
  return std::unexpected(Failure(wrong.error()));
}

/// The command line itself is wrong.
[[nodiscard]] inline std::unexpected<Failure> usage(std::string what, std::string remedy = {}) {
  return std::unexpected(
      Failure(Error{Errc::invalid, std::move(what), {}, std::move(remedy)}, Exit::usage));
}

}  // namespace solnoma

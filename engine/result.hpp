#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace solnoma {

/// Whose fault it is, and therefore what a caller can do about it.
enum class Errc : std::uint8_t {
  invalid,        ///< the input breaks a rule: correct it
  not_found,      ///< a subject or event that the caller named is not recorded
  conflict,       ///< the log moved on, or holds this id with other content
  unsupported,    ///< written by a newer program: upgrade
  unavailable,    ///< no store there, or it is in use, or not readable
  io,             ///< the disk failed; what was being written may or may not survive
  corrupt,        ///< what was read back is not what was written
  damaged_index,  ///< the same of what derives from the log: a rebuild mends it
};

/// What is wrong, where, and what to do about it. The three parts are kept
/// apart so that each layer can add what it knows and nobody parses prose.
struct Error {
  Errc code = Errc::invalid;
  std::string what;    ///< "the date has no 30th of February"
  std::string where;   ///< "milestones.jsonl:12, occurred"; may be empty
  std::string remedy;  ///< "give the last day that the source allows"; may be empty

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// `return fail(Errc::invalid, "…");` in a function that returns any Result.
[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string what,
                                                 std::string remedy = {}) {
  return std::unexpected(Error{code, std::move(what), {}, std::move(remedy)});
}

/// Names the place of an error, outermost first: `at("file:3", {…"occurred"…})`
/// gives "file:3, occurred".
[[nodiscard]] inline std::unexpected<Error> at(std::string place, Error error) {
  if (!error.where.empty()) place += ", " + error.where;
  error.where = std::move(place);
  return std::unexpected(std::move(error));
}

}  // namespace solnoma

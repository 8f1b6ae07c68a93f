#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
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

/// What helps against an error, where a program with a face of its own (a command line, a
/// form) would word that in its own terms. `words()` gives it in terms of this library.
enum class Advice : std::uint8_t {
  none,
  derive_again,     ///< Journal::rebuild()
  finish_rebuild,   ///< a rebuild is under way or was interrupted
  finish_copy,      ///< the same of a copy
  restore,          ///< damage that nothing but a backup mends
  create_store,     ///< there is none
  other_directory,  ///< the one that was named will not do
  use_as_it_is,     ///< there is a store already
  empty_directory,  ///< the one that was named holds something else
  name_directory,   ///< a file was named
  make_parent,      ///< the directory cannot be made
  wait_for_writer,  ///< the store is in use by another writer
  look_again,       ///< the log moved on: read, then decide anew
  name_source,      ///< an event without a source, and no default for it
  list_types,       ///< an event type that is not known
  newest_of_chain,  ///< superseded already: that which supersedes it can be
};
/// In terms of this library; empty for `none`.
[[nodiscard]] std::string_view words(Advice advice);

/// What is wrong, where, and what to do about it. The parts are kept apart so that each
/// layer can add what it knows and nobody parses prose.
struct Error {
  Errc code = Errc::invalid;
  std::string what;              ///< "the date has no 30th of February"
  std::string where;             ///< "milestones.jsonl:12, occurred"; may be empty
  std::string remedy;            ///< "give the last day that the source allows"; may be empty
  Advice advice = Advice::none;  ///< the same for programs, where it is one of these

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// `return fail(Errc::invalid, "…");` in a function that returns any Result.
[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string what,
                                                 std::string remedy = {}) {
  return std::unexpected(Error{code, std::move(what), {}, std::move(remedy)});
}
[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string what, Advice advice) {
  return std::unexpected(Error{code, std::move(what), {}, std::string(words(advice)), advice});
}

/// Names the place of an error, outermost first: `at("file:3", {…"occurred"…})`
/// gives "file:3, occurred".
[[nodiscard]] inline std::unexpected<Error> at(std::string place, Error error) {
  if (!error.where.empty()) place += ", " + error.where;
  error.where = std::move(place);
  return std::unexpected(std::move(error));
}

}  // namespace solnoma

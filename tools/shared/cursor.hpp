#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/day.hpp"
#include "engine/log.hpp"
#include "engine/tree_head.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// The file that a follower tells to, and its length when all up to a cursor was told.
struct ToldFile {
  std::string path;
  std::uint64_t bytes = 0;

  bool operator==(const ToldFile&) const = default;
};

/// How far a follower has told: a file that whoever follows goes on from.
struct Cursor {
  TreeHead head;  ///< everything up to this position is told, of this log
  Day day;        ///< and everything that the days up to this one have brought
  std::optional<ToldFile> file = {};

  bool operator==(const Cursor&) const = default;
};

/// "HASH@POSITION DAY", and where there is a file a second line, "BYTES PATH"; none: there is no
/// such file. Errors: usage for what is no cursor; conflict where it is of another log than `log`,
/// or of more of it than there is.
[[nodiscard]] Try<std::optional<Cursor>> read_cursor(const std::string& path, const Log& log);

/// On return the file is there whole, and safe on the disk. Errors: usage, io.
[[nodiscard]] Outcome write_cursor(const std::string& path, const Cursor& cursor);

}  // namespace solnoma

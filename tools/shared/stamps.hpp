#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/head_stamp.hpp"
#include "tools/command_line.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// Certificates of the authorities that are trusted, in one file.
void add_authority(Command& command, std::string& file);
/// Errors: usage where the file cannot be read or holds none.
[[nodiscard]] Try<Authorities> read_authorities(const std::string& file);

/// Which authority stamps a head.
struct StampOptions {
  std::string url;  ///< empty: none
  std::string policy;
  std::string authority;
  std::uint64_t timeout = 30;
};

void add_stamp(Command& command, StampOptions& options);

/// Asks the authority for a stamp of the head, adds it to the note, and says on standard error what
/// it says. Errors: usage; store where the authority does not answer; invalid where what it answers
/// is no stamp that holds.
[[nodiscard]] Outcome stamp(HeadNote& note, const StampOptions& options);

/// "stamped by NAME at INSTANT", and of a stamp that nothing was held against, that so it says.
[[nodiscard]] std::string words_of(const HeadStamp& stamp, bool checked);

/// Who stamped at which instant, fit for a terminal.
[[nodiscard]] std::string authority_of(const HeadStamp& stamp);
[[nodiscard]] std::string instant_of(const HeadStamp& stamp);

/// The stamps of a head: with `authority`, a file, those that hold.
/// Errors: those of read_authorities(); invalid where none holds.
[[nodiscard]] Try<std::vector<HeadStamp>> stamps_in(const HeadNote& note,
                                                    const std::string& authority);

}  // namespace solnoma

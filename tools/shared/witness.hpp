#pragma once

#include <string>
#include <vector>

#include "engine/head_note.hpp"
#include "engine/head_stamp.hpp"
#include "engine/tree_head.hpp"
#include "tools/command_line.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// Heads of a log that somebody wrote down or signed, as they were given to a command.
struct WitnessOptions {
  std::vector<std::string> heads;    ///< HASH@POSITION
  std::vector<std::string> signed_;  ///< files that `solnoma sign` wrote
  std::string key;                   ///< file with the public key of who signed them
  std::string authority;             ///< file with certificates of who may have stamped them
  std::string origin;                ///< the name that what is signed must have; empty: any
};

void add_witness(Command& command, WitnessOptions& options);

/// Errors: conflict where another origin is demanded.
[[nodiscard]] Outcome check_origin(const HeadNote& note, const WitnessOptions& options);

/// A head that somebody vouches for.
struct Witnessed {
  TreeHead head;
  std::vector<HeadStamp> stamps;  ///< its own; where an authority is given, those that hold
};

/// The heads, once their signatures, or their stamps, or both were checked. Errors: usage; invalid
/// for a wrong signature, or where no stamp holds; those of check_origin().
[[nodiscard]] Try<std::vector<Witnessed>> witnessed_heads(const WitnessOptions& options);
[[nodiscard]] std::vector<TreeHead> heads_of(const std::vector<Witnessed>& witnessed);

/// The note in a file that `solnoma sign` wrote.
[[nodiscard]] Try<HeadNote> read_note(const std::string& path);

/// A signature of the key in the file `key`, and the stamps of the note (stamps_in()). Errors name
/// `path`.
[[nodiscard]] Try<std::vector<HeadStamp>> check_note(const HeadNote& note, const std::string& path,
                                                     const std::string& key,
                                                     const std::string& authority);

}  // namespace solnoma

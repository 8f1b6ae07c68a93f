#pragma once

#include <string>
#include <vector>

#include "engine/head_note.hpp"
#include "engine/tree_head.hpp"
#include "tools/command_line.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// Heads of a log that somebody wrote down or signed, as they were given to a command.
struct WitnessOptions {
  std::vector<std::string> heads;    ///< HASH@POSITION
  std::vector<std::string> signed_;  ///< files that `solnoma sign` wrote
  std::string key;                   ///< file with the public key of who signed them
  std::string origin;                ///< the name that what is signed must have; empty: any
};

void add_witness(Command& command, WitnessOptions& options);

/// Errors: conflict where another origin is demanded.
[[nodiscard]] Outcome check_origin(const HeadNote& note, const WitnessOptions& options);

/// The heads, once their signatures were checked. Errors: usage; invalid for a wrong signature;
/// those of check_origin().
[[nodiscard]] Try<std::vector<TreeHead>> witnessed_heads(const WitnessOptions& options);

}  // namespace solnoma

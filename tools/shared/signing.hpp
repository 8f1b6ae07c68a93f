#pragma once

#include <string>

#include "engine/head_note.hpp"
#include "tools/command_line.hpp"
#include "tools/outcome.hpp"
#include "tools/shared/stamps.hpp"

namespace solnoma {

/// Who vouches for a head that is handed out.
struct SigningOptions {
  std::string origin = "solnoma";
  std::string key;  ///< file of the private key; empty: nobody signs
  StampOptions stamp;
};

void add_signing(Command& command, SigningOptions& options);

/// Errors: usage, where the name will not do.
[[nodiscard]] Outcome check_signing(const SigningOptions& options);

/// The note of a head, signed and stamped as is wanted. Errors: usage; those of stamp().
[[nodiscard]] Try<HeadNote> vouched_for(const TreeHead& head, const SigningOptions& options);

}  // namespace solnoma

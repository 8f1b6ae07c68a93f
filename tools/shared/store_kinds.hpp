#pragma once

#include <string>

#include "tools/outcome.hpp"
#include "tools/report/words/kinds.hpp"

namespace solnoma {

/// What a store calls its kinds of subjects, by its file kinds.toml; nothing where there is none.
/// Errors: usage where it cannot be read; invalid in FILE:LINE where something is missing, unknown
/// or of no use.
[[nodiscard]] Try<KindNames> read_store_kinds(const std::string& store);

/// The text of that file, whatever it is worth; empty where there is none.
[[nodiscard]] std::string store_kinds_text(const std::string& store);

}  // namespace solnoma

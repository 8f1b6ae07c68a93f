#pragma once

#include <functional>
#include <string>

#include "tools/import/table/toml_text.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// What others than its owner may not do with a file.
enum class Guarded { from_writing, from_reading_too };

/// Hands out the tables under `[[key]]` of a file (TOML) that commands of this program write and
/// its owner may change, each where it stands there; none where there is no file. Errors: usage
/// where others may do what they may not, or it cannot be read; invalid where it is no TOML, or
/// `key` is something else; those of `visit`.
[[nodiscard]] Outcome each_owned_table(const std::string& file, const std::string& key,
                                       Guarded guarded,
                                       const std::function<Outcome(const toml::table&)>& visit);

}  // namespace solnoma

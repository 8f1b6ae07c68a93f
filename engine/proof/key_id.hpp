#pragma once

#include <string>
#include <string_view>

#include "engine/proof/sha256.hpp"

namespace solnoma {

/// How many bytes of a signature in a note tell by which key it is.
inline constexpr std::size_t kKeyIdSize = 4;

/// These bytes (https://c2sp.org/signed-note): of the name, the type of the signature and the key.
[[nodiscard]] inline std::string key_id(std::string_view name, std::string_view type,
                                        std::string_view key) {
  return std::string(bytes_of(sha256({name, "\n", type, key})).substr(0, kKeyIdSize));
}

}  // namespace solnoma

#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <string_view>

#include "engine/base/check.hpp"
#include "engine/hash.hpp"

namespace solnoma {

/// What only who has the key can make of a text (RFC 2104).
[[nodiscard]] inline Hash hmac_sha256(std::string_view key, std::string_view text) {
  Hash code{};
  unsigned size = 0;
  SOLNOMA_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), code.data(),
                     &size) != nullptr &&
                size == code.size());
  return code;
}

}  // namespace solnoma

#include "tools/serve/random_hex.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/rand.h>

#include <vector>

#include "engine/base/check.hpp"

namespace solnoma {

std::string random_hex(std::size_t bytes) {
  std::vector<unsigned char> random(bytes);
  SOLNOMA_CHECK(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1);
  return fmt::format("{:02x}", fmt::join(random, ""));
}

}  // namespace solnoma

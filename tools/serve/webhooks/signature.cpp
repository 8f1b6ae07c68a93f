#include "tools/serve/webhooks/signature.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <array>

#include "engine/base/check.hpp"
#include "engine/proof/base64.hpp"
#include "tools/serve/hmac.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kBegin = "whsec_";
constexpr std::size_t kMadeBytes = 32;
constexpr std::size_t kLeastBytes = 24;
constexpr std::size_t kMostBytes = 64;

}  // namespace

std::string new_hook_secret() {
  std::array<unsigned char, kMadeBytes> key{};
  SOLNOMA_CHECK(RAND_bytes(key.data(), static_cast<int>(key.size())) == 1);
  return std::string(kBegin) + to_base64({reinterpret_cast<const char*>(key.data()), key.size()});
}

Result<std::string> hook_key(std::string_view secret) {
  const auto wrong = [] {
    return fail(Errc::invalid, "the secret of a webhook is 'whsec_' and 24 to 64 bytes in base64");
  };
  if (!secret.starts_with(kBegin)) return wrong();
  auto key = from_base64(secret.substr(kBegin.size()));
  if (!key || key->size() < kLeastBytes || key->size() > kMostBytes) return wrong();
  return key;
}

std::string hook_signature(std::string_view key, std::string_view id, std::int64_t timestamp,
                           std::string_view body) {
  const Hash code = hmac_sha256(key, fmt::format("{}.{}.{}", id, timestamp, body));
  return "v1," + to_base64(bytes_of(code));
}

std::string hook_signatures(std::span<const std::string> secrets, std::string_view id,
                            std::int64_t timestamp, std::string_view body) {
  std::string all;
  for (const std::string& secret : secrets) {
    const auto key = hook_key(secret);
    SOLNOMA_CHECK(key.has_value());
    all += (all.empty() ? "" : " ") + hook_signature(*key, id, timestamp, body);
  }
  return all;
}

}  // namespace solnoma

#include "engine/sha256.hpp"

#include <openssl/evp.h>

#include <charconv>
#include <memory>

#include "engine/check.hpp"

namespace solnoma {

Hash sha256(std::initializer_list<std::string_view> parts) {
  // Made once for each thread: setting up costs more than hashing an event.
  using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
  thread_local const Digest digest = [] {
    Digest made(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    SOLNOMA_CHECK(made && EVP_DigestInit_ex(made.get(), EVP_sha256(), nullptr) == 1);
    return made;
  }();
  SOLNOMA_CHECK(EVP_DigestInit_ex(digest.get(), nullptr, nullptr) == 1);
  for (const std::string_view part : parts)
    SOLNOMA_CHECK(EVP_DigestUpdate(digest.get(), part.data(), part.size()) == 1);
  Hash hash;
  SOLNOMA_CHECK(EVP_DigestFinal_ex(digest.get(), hash.data(), nullptr) == 1);
  return hash;
}

std::string to_hex(const Hash& hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : hash) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

Result<Hash> hash_from_hex(std::string_view digits) {
  Hash hash;
  if (digits.size() == 2 * hash.size()) {
    std::size_t read = 0;
    for (; read < hash.size(); ++read) {
      const char* const begin = digits.data() + 2 * read;
      if (std::from_chars(begin, begin + 2, hash[read], 16).ptr != begin + 2) break;
    }
    if (read == hash.size()) return hash;
  }
  return fail(Errc::invalid, "a hash is 64 hexadecimal digits", "copy it whole");
}

}  // namespace solnoma

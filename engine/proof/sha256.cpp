#include "engine/proof/sha256.hpp"

#include <openssl/evp.h>

#include <memory>

#include "engine/base/check.hpp"

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

}  // namespace solnoma

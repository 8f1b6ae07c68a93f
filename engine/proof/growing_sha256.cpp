#include "engine/proof/growing_sha256.hpp"

#include <openssl/evp.h>

#include "engine/base/check.hpp"

namespace solnoma {

struct GrowingSha256::Digest {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  &EVP_MD_CTX_free};
};

GrowingSha256::GrowingSha256() : digest_(std::make_unique<Digest>()) {
  EVP_MD_CTX* const context = digest_->context.get();
  SOLNOMA_CHECK(context != nullptr && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1);
}
GrowingSha256::~GrowingSha256() = default;

void GrowingSha256::add(std::string_view piece) {
  SOLNOMA_CHECK(EVP_DigestUpdate(digest_->context.get(), piece.data(), piece.size()) == 1);
}

Hash GrowingSha256::finish() {
  Hash hash;
  SOLNOMA_CHECK(EVP_DigestFinal_ex(digest_->context.get(), hash.data(), nullptr) == 1);
  return hash;
}

}  // namespace solnoma

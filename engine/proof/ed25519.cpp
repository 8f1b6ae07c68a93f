#include "engine/ed25519.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* raw_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Who is asked for a pass phrase has none: nobody sits there.
int no_pass_phrase(char*, int, int, void*) {
  return -1;
}

template <class Read>
Result<std::shared_ptr<EVP_PKEY>> read_pem(const std::string& pem, std::string_view what,
                                           const Read& read) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  SOLNOMA_CHECK(bio);
  std::shared_ptr<EVP_PKEY> key(read(bio.get(), nullptr, &no_pass_phrase, nullptr), &EVP_PKEY_free);
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_ED25519)
    return fail(Errc::invalid, std::string("the file holds no ") + std::string(what),
                "make a pair of keys with 'solnoma keygen FILE'");
  return key;
}

template <class Write>
std::string write_pem(const Write& write) {
  const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  SOLNOMA_CHECK(bio && write(bio.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

Result<PublicKey> PublicKey::from_pem(const std::string& pem) {
  auto key = read_pem(pem, "public key for Ed25519", &PEM_read_bio_PUBKEY);
  if (!key) return std::unexpected(key.error());
  return PublicKey(std::move(*key));
}

std::string PublicKey::to_pem() const {
  return write_pem([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key_.get()); });
}

std::string PublicKey::raw() const {
  std::string text(32, '\0');
  std::size_t size = text.size();
  SOLNOMA_CHECK(EVP_PKEY_get_raw_public_key(
                    key_.get(), reinterpret_cast<unsigned char*>(text.data()), &size) == 1);
  return text;
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const {
  const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  SOLNOMA_CHECK(digest &&
                EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, key_.get()) == 1);
  return EVP_DigestVerify(digest.get(), raw_bytes(signature), signature.size(), raw_bytes(message),
                          message.size()) == 1;
}

PrivateKey PrivateKey::generate() {
  std::shared_ptr<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free);
  SOLNOMA_CHECK(key);
  return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::from_pem(const std::string& pem) {
  auto key = read_pem(pem, "private key for Ed25519", &PEM_read_bio_PrivateKey);
  if (!key) return std::unexpected(key.error());
  return PrivateKey(std::move(*key));
}

std::string PrivateKey::to_pem() const {
  return write_pem([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

PublicKey PrivateKey::public_key() const {
  return PublicKey(key_);  // holds both halves; only the public one is used
}

std::string PrivateKey::sign(std::string_view message) const {
  const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  SOLNOMA_CHECK(digest &&
                EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key_.get()) == 1);
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  SOLNOMA_CHECK(EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()),
                               &size, raw_bytes(message), message.size()) == 1);
  return signature;
}

}  // namespace solnoma

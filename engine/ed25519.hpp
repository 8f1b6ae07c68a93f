#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/result.hpp"

struct evp_pkey_st;

namespace solnoma {

/// Ed25519 signatures (RFC 8032). Keys are PEM texts as other programs have them: PKCS #8
/// and SubjectPublicKeyInfo, as made by `openssl genpkey -algorithm ed25519`.

/// Who has only the public key can check.
class PublicKey {
 public:
  /// Errors: invalid when the text is no public key of this kind.
  [[nodiscard]] static Result<PublicKey> from_pem(const std::string& pem);
  [[nodiscard]] std::string to_pem() const;
  /// Its 32 bytes.
  [[nodiscard]] std::string raw() const;
  [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;

 private:
  friend class PrivateKey;
  explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

class PrivateKey {
 public:
  /// From the system's source of randomness.
  [[nodiscard]] static PrivateKey generate();
  /// Errors: invalid when the text is no private key of this kind, or is encrypted.
  [[nodiscard]] static Result<PrivateKey> from_pem(const std::string& pem);
  [[nodiscard]] std::string to_pem() const;
  [[nodiscard]] PublicKey public_key() const;
  /// 64 bytes; the same for the same message.
  [[nodiscard]] std::string sign(std::string_view message) const;

 private:
  explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace solnoma

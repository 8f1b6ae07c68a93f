#pragma once

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>
#include <string>

namespace solnoma::test {

/// A time-stamping authority whose clock and certificate say what a test wants.
class StampAuthority {
 public:
  /// Its certificate, signed by itself, holds from `begin` to `end`, seconds of UTC.
  StampAuthority(std::time_t begin, std::time_t end, const char* purpose = "critical,timeStamping")
      : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free),
        certificate_(X509_new(), &X509_free) {
    X509* const x = certificate_.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
    (void)ASN1_TIME_set(X509_getm_notBefore(x), begin);
    (void)ASN1_TIME_set(X509_getm_notAfter(x), end);
    const std::string name = "Вакт Institute";
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    X509_set_pubkey(x, key_.get());
    X509_EXTENSION* const use =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_ext_key_usage, const_cast<char*>(purpose));
    X509_add_ext(x, use, -1);
    X509_EXTENSION_free(use);
    REQUIRE(X509_sign(x, key_.get(), EVP_sha256()) > 0);
  }

  [[nodiscard]] std::string pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(bio.get(), certificate_.get());
    return text_of(bio.get());
  }

  /// Answers a request as if it was `seconds` and `micros`; it may be wrong by `accuracy` seconds.
  [[nodiscard]] std::string answer(const std::string& request, std::time_t seconds, long micros = 0,
                                   int accuracy = 0) const {
    Moment moment{seconds, micros};
    const std::unique_ptr<TS_RESP_CTX, decltype(&TS_RESP_CTX_free)> context(TS_RESP_CTX_new(),
                                                                            &TS_RESP_CTX_free);
    TS_RESP_CTX* const c = context.get();
    const std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> policy(
        OBJ_txt2obj("1.2.3.4", 1), &ASN1_OBJECT_free);
    TS_RESP_CTX_set_signer_cert(c, certificate_.get());
    TS_RESP_CTX_set_signer_key(c, key_.get());
    TS_RESP_CTX_set_def_policy(c, policy.get());
    TS_RESP_CTX_add_md(c, EVP_sha256());
    TS_RESP_CTX_set_accuracy(c, accuracy, 0, 0);
    TS_RESP_CTX_set_clock_precision_digits(c, 6);
    TS_RESP_CTX_set_time_cb(
        c,
        [](TS_RESP_CTX*, void* data, long* sec, long* usec) {
          const auto& at = *static_cast<Moment*>(data);
          *sec = static_cast<long>(at.seconds);
          *usec = at.micros;
          return 1;
        },
        &moment);
    const std::unique_ptr<BIO, decltype(&BIO_free)> in(
        BIO_new_mem_buf(request.data(), static_cast<int>(request.size())), &BIO_free);
    const std::unique_ptr<TS_RESP, decltype(&TS_RESP_free)> response(
        TS_RESP_create_response(c, in.get()), &TS_RESP_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    REQUIRE(i2d_TS_RESP_bio(out.get(), response.get()) == 1);
    return text_of(out.get());
  }

 private:
  struct Moment {
    std::time_t seconds;
    long micros;
  };

  static std::string text_of(BIO* bio) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    return {text, static_cast<std::size_t>(size)};
  }

  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
};

}  // namespace solnoma::test

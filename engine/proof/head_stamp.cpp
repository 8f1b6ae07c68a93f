#include "engine/head_stamp.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "engine/base/check.hpp"
#include "engine/proof/key_id.hpp"
#include "engine/proof/sha256.hpp"

namespace solnoma {
namespace {

template <auto free>
struct Free {
  void operator()(auto* each) const { free(each); }
};
using Token = std::unique_ptr<PKCS7, Free<PKCS7_free>>;
using Information = std::unique_ptr<TS_TST_INFO, Free<TS_TST_INFO_free>>;
using Certificates = std::shared_ptr<stack_st_X509>;

/// signed-note keeps 0xff for types that have no number.
std::string stamp_id(std::string_view name) {
  return key_id(name, "\xffrfc3161", {});
}

std::unexpected<Error> wrong(std::string what, std::string remedy = {}) {
  ERR_clear_error();
  return fail(Errc::invalid, std::move(what), std::move(remedy));
}

/// All of `bytes` as one value of DER.
template <class Value, auto read>
std::unique_ptr<Value, void (*)(Value*)> from_der(std::string_view bytes, void (*free)(Value*)) {
  const auto* next = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* const end = next + bytes.size();
  std::unique_ptr<Value, void (*)(Value*)> value(nullptr, free);
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return value;
  value.reset(read(nullptr, &next, static_cast<long>(bytes.size())));
  if (value && next != end) value.reset();
  ERR_clear_error();
  return value;
}

template <auto write>
std::string to_der(const auto* value) {
  unsigned char* bytes = nullptr;
  const int size = write(value, &bytes);
  SOLNOMA_CHECK(size > 0);
  std::string text(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return text;
}

std::shared_ptr<TS_REQ> request_for(const HeadNote& note) {
  const Hash hash = sha256({note.body});
  const std::shared_ptr<TS_REQ> request(TS_REQ_new(), &TS_REQ_free);
  const std::unique_ptr<TS_MSG_IMPRINT, Free<TS_MSG_IMPRINT_free>> imprint(TS_MSG_IMPRINT_new());
  const std::unique_ptr<X509_ALGOR, Free<X509_ALGOR_free>> algorithm(X509_ALGOR_new());
  SOLNOMA_CHECK(request && imprint && algorithm);
  X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr);
  std::string digest(bytes_of(hash));
  SOLNOMA_CHECK(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
                TS_MSG_IMPRINT_set_msg(imprint.get(),
                                       reinterpret_cast<unsigned char*>(digest.data()),
                                       static_cast<int>(digest.size())) == 1 &&
                TS_REQ_set_version(request.get(), 1) == 1 &&
                TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1);
  return request;
}

/// The last part of a name that there is of these: what people call who has it.
std::string name_of(const X509* certificate) {
  const X509_NAME* const subject = X509_get_subject_name(certificate);
  for (const int part : {NID_commonName, NID_organizationName}) {
    const int at = X509_NAME_get_index_by_NID(subject, part, -1);
    if (at < 0) continue;
    unsigned char* text = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (size < 0) continue;
    std::string name(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    if (!name.empty()) return name;
  }
  return "an authority without a name";
}

constexpr std::int64_t kSecond = 1'000'000;

/// None: it is no time.
std::optional<Instant> instant_of(const ASN1_GENERALIZEDTIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return {};
  constexpr int kFirstYear = 1900;
  const auto day =
      day_from_civil(parts.tm_year + kFirstYear, static_cast<unsigned>(parts.tm_mon) + 1,
                     static_cast<unsigned>(parts.tm_mday));
  if (!day) return {};
  const std::int64_t seconds =
      std::int64_t{day->number} * 86'400 + parts.tm_hour * 3'600 + parts.tm_min * 60 + parts.tm_sec;
  // A fraction is cut off by OpenSSL. What is finer than a microsecond is rounded up.
  const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                              static_cast<std::size_t>(ASN1_STRING_length(time)));
  std::int64_t fraction = 0;
  std::int64_t unit = kSecond;
  bool more = false;
  for (std::size_t at = std::min(text.find('.'), text.size() - 1) + 1;
       at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    unit /= 10;
    fraction += unit * (text[at] - '0');
    more = more || (unit == 0 && text[at] != '0');
  }
  return Instant(std::chrono::microseconds(seconds * kSecond + fraction + (more ? 1 : 0)));
}

/// How far an authority says that it may be wrong, in microseconds.
std::int64_t accuracy_of(TS_TST_INFO* information) {
  const TS_ACCURACY* const accuracy = TS_TST_INFO_get_accuracy(information);
  if (accuracy == nullptr) return 0;
  const auto number = [](const ASN1_INTEGER* integer) -> std::int64_t {
    std::int64_t value = 0;
    if (integer == nullptr || ASN1_INTEGER_get_int64(&value, integer) != 1) return 0;
    constexpr std::int64_t kYear = 366 * 86'400LL;  // more says nothing
    return std::clamp(value, std::int64_t{0}, kYear);
  };
  return number(TS_ACCURACY_get_seconds(accuracy)) * kSecond +
         number(TS_ACCURACY_get_millis(accuracy)) * 1'000 +
         number(TS_ACCURACY_get_micros(accuracy));
}

/// A token as it is read, unchecked.
struct Reading {
  Token token;
  X509* signer = nullptr;  // in the token
  std::time_t made = 0;    // in seconds
  HeadStamp stamp;
};

/// Errors: invalid where it is no token, or brings no certificate of who signed it.
Result<Reading> read(Token token) {
  const auto damaged = [] { return wrong("the stamp is damaged, or has no certificate in it"); };
  if (!token || PKCS7_type_is_signed(token.get()) != 1 || PKCS7_get_detached(token.get()) != 0)
    return damaged();
  const Information information(PKCS7_to_TS_TST_INFO(token.get()));
  if (!information) return damaged();
  const std::unique_ptr<stack_st_X509, void (*)(stack_st_X509*)> signers(
      PKCS7_get0_signers(token.get(), nullptr, 0),
      [](stack_st_X509* stack) { sk_X509_free(stack); });
  const auto instant = instant_of(TS_TST_INFO_get_time(information.get()));
  if (!signers || sk_X509_num(signers.get()) != 1 || !instant) return damaged();
  Reading reading;
  reading.signer = sk_X509_value(signers.get(), 0);
  reading.made = std::chrono::floor<std::chrono::seconds>(*instant).time_since_epoch().count();
  reading.stamp = {name_of(reading.signer),
                   *instant + std::chrono::microseconds(accuracy_of(information.get()))};
  reading.token = std::move(token);
  return reading;
}

/// What OpenSSL says is wrong, in our words.
std::unexpected<Error> why_not(const std::string& authority) {
  int reason = 0;
  std::string detail;
  const char* data = nullptr;
  int flags = 0;
  // The first one of this kind is the cause; what was tried before leaves its own.
  while (const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
    if (ERR_GET_LIB(code) != ERR_LIB_TS || reason != 0) continue;
    reason = ERR_GET_REASON(code);
    if ((flags & ERR_TXT_STRING) != 0 && data != nullptr) detail = data;
  }
  constexpr std::string_view kCause = "Verify error:";
  if (detail.starts_with(kCause)) detail.erase(0, kCause.size());
  switch (reason) {
    case TS_R_NONCE_MISMATCH:
    case TS_R_NONCE_NOT_RETURNED:
      return wrong("the stamp has another nonce: it was made for another request",
                   "ask again; where that repeats, ask another authority");
    case TS_R_MESSAGE_IMPRINT_MISMATCH:
      return wrong("the stamp is of something else than this head",
                   "the head was changed after it was stamped, or the stamp is of another one");
    case TS_R_POLICY_MISMATCH:
      return wrong("the stamp was made under another policy than was asked for",
                   "ask for a policy that the authority has");
    case TS_R_CERTIFICATE_VERIFY_ERROR:
      return wrong(fmt::format("'{}', which stamped the head, is no authority that is trusted: {}",
                               authority, detail),
                   "give the certificates of the authority, which it publishes");
    default:
      return wrong(fmt::format("the signature of '{}' under the stamp does not hold", authority),
                   "the stamp was changed; have the head stamped again");
  }
}

/// Holds what was read against `request` and, as of the instant of the stamp, against `trusted`.
Result<HeadStamp> check(const Reading& reading, TS_REQ* request, stack_st_X509* trusted) {
  const std::unique_ptr<TS_VERIFY_CTX, Free<TS_VERIFY_CTX_free>> context(
      TS_REQ_to_TS_VERIFY_CTX(request, nullptr));
  X509_STORE* const store = X509_STORE_new();
  SOLNOMA_CHECK(context && store != nullptr);
  TS_VERIFY_CTX_set_store(context.get(), store);  // which owns it now
  for (int i = 0; i < sk_X509_num(trusted); ++i)
    SOLNOMA_CHECK(X509_STORE_add_cert(store, sk_X509_value(trusted, i)) == 1);
  // Who trusts the certificate of an authority need not have that of who vouches for it.
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), reading.made);
  TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE);
  ERR_clear_error();
  if (TS_RESP_verify_token(context.get(), reading.token.get()) != 1)
    return why_not(reading.stamp.authority);
  ERR_clear_error();
  return reading.stamp;
}

Result<Reading> read(const HeadNote::Signature& signature) {
  return read(Token(
      from_der<PKCS7, d2i_PKCS7>(std::string_view(signature.bytes).substr(kKeyIdSize), &PKCS7_free)
          .release()));
}

bool is_stamp(const HeadNote::Signature& signature) {
  return signature.bytes.starts_with(stamp_id(signature.name));
}

/// Why an authority gave no stamp: its own words.
std::string refusal(TS_RESP* response) {
  const STACK_OF(ASN1_UTF8STRING)* const texts =
      TS_STATUS_INFO_get0_text(TS_RESP_get_status_info(response));
  std::string words;
  for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts); ++i) {
    const ASN1_UTF8STRING* const text = sk_ASN1_UTF8STRING_value(texts, i);
    words += fmt::format(
        ": {}", std::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                                 static_cast<std::size_t>(ASN1_STRING_length(text))));
  }
  return "the authority refuses to stamp" + words;
}

bool granted(TS_RESP* response) {
  std::int64_t status = -1;
  const ASN1_INTEGER* const number = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response));
  return ASN1_INTEGER_get_int64(&status, number) == 1 &&
         (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS);
}

}  // namespace

Result<Authorities> Authorities::from_pem(std::string_view pem) {
  constexpr std::size_t kMost = 16 << 20;
  const auto damaged = [] {
    return wrong("the file holds no certificate, or a damaged one",
                 "give the certificates of the authority as PEM, which it publishes");
  };
  if (pem.size() > kMost) return damaged();
  const std::unique_ptr<BIO, Free<BIO_free>> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Certificates all(sk_X509_new_null(),
                         [](stack_st_X509* each) { sk_X509_pop_free(each, X509_free); });
  SOLNOMA_CHECK(bio && all);
  ERR_clear_error();
  while (X509* const each = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
    SOLNOMA_CHECK(sk_X509_push(all.get(), each) > 0);
  const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (!ended || sk_X509_num(all.get()) == 0) return damaged();
  ERR_clear_error();
  return Authorities(all);
}

Result<StampRequest> StampRequest::of(const HeadNote& note, const std::string& policy) {
  const auto request = request_for(note);
  std::array<unsigned char, 16> random{};
  SOLNOMA_CHECK(RAND_bytes(random.data(), random.size()) == 1);
  random[0] = static_cast<unsigned char>((random[0] & 0x7fU) | 0x40U);  // positive, of one length
  const std::unique_ptr<BIGNUM, Free<BN_free>> number(
      BN_bin2bn(random.data(), random.size(), nullptr));
  const std::unique_ptr<ASN1_INTEGER, Free<ASN1_INTEGER_free>> nonce(
      BN_to_ASN1_INTEGER(number.get(), nullptr));
  SOLNOMA_CHECK(nonce && TS_REQ_set_nonce(request.get(), nonce.get()) == 1 &&
                TS_REQ_set_cert_req(request.get(), 1) == 1);
  if (policy.empty()) return StampRequest(request);
  const std::unique_ptr<ASN1_OBJECT, Free<ASN1_OBJECT_free>> object(
      OBJ_txt2obj(policy.c_str(), /*no_name=*/1));
  if (!object || TS_REQ_set_policy_id(request.get(), object.get()) != 1)
    return wrong(fmt::format("'{}' names no policy", policy),
                 "write it in numbers, as in 1.3.6.1.4.1.13762.3");
  return StampRequest(request);
}

std::string StampRequest::to_der() const {
  return solnoma::to_der<i2d_TS_REQ>(request_.get());
}

Result<HeadStamp> StampRequest::take(std::string_view answer, const Authorities* trusted,
                                     std::string_view name, HeadNote& note) const {
  SOLNOMA_CHECK(is_origin(name));
  const auto response = from_der<TS_RESP, d2i_TS_RESP>(answer, &TS_RESP_free);
  if (!response) return wrong("what was answered is no stamp, or half of one");
  if (!granted(response.get())) return wrong(refusal(response.get()));
  PKCS7* const token = TS_RESP_get_token(response.get());
  auto reading = read(Token(token == nullptr ? nullptr : PKCS7_dup(token)));
  if (!reading) return std::unexpected(reading.error());
  const std::unique_ptr<stack_st_X509, void (*)(stack_st_X509*)> brought(
      sk_X509_new_null(), [](stack_st_X509* stack) { sk_X509_free(stack); });
  SOLNOMA_CHECK(brought && sk_X509_push(brought.get(), reading->signer) > 0);
  auto stamp = check(*reading, request_.get(), trusted ? trusted->all_.get() : brought.get());
  if (!stamp) return stamp;
  note.signatures.push_back(
      {std::string(name), stamp_id(name) + solnoma::to_der<i2d_PKCS7>(token)});
  return stamp;
}

std::vector<HeadStamp> stamps_of(const HeadNote& note) {
  std::vector<HeadStamp> stamps;
  for (const auto& signature : note.signatures)
    if (is_stamp(signature))
      if (auto reading = read(signature)) stamps.push_back(std::move(reading->stamp));
  return stamps;
}

Result<std::vector<HeadStamp>> check_stamps(const HeadNote& note, const Authorities& trusted) {
  std::vector<HeadStamp> stamps;
  auto last = wrong("the head bears no stamp", "ask for one that is stamped");
  for (const auto& signature : note.signatures) {
    if (!is_stamp(signature)) continue;
    const auto reading = read(signature);
    auto stamp = reading ? check(*reading, request_for(note).get(), trusted.all_.get())
                         : Result<HeadStamp>(std::unexpected(reading.error()));
    if (stamp)
      stamps.push_back(std::move(*stamp));
    else
      last = std::unexpected(stamp.error());
  }
  if (stamps.empty()) return last;
  return stamps;
}

}  // namespace solnoma

#include "tools/serve/net/tls_identity.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdio>
#include <string_view>
#include <utility>

#include "tools/io/input.hpp"
#include "tools/io/key_files.hpp"

namespace solnoma {
namespace {

namespace net = boost::asio;
namespace ssl = net::ssl;
using boost::system::error_code;
using States = std::array<FileState, 2>;

// https://wiki.mozilla.org/Security/Server_Side_TLS, "intermediate", but for DHE.
constexpr const char* kCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* kGroups = "X25519:P-256:P-384";

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int bytes, void*) {
  constexpr std::string_view kHttp = "\x08http/1.1";
  unsigned char* found = nullptr;
  const int result =
      SSL_select_next_proto(&found, length, reinterpret_cast<const unsigned char*>(kHttp.data()),
                            kHttp.size(), offered, bytes);
  if (result != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

/// False: the library does not know what is set, which is built with it.
bool set_up(ssl::context& context) {
  SSL_CTX* const native = context.native_handle();
  SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
  // A key by which sessions are resumed would open what was recorded of them.
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(native, 0);
  SSL_CTX_set_alpn_select_cb(native, &choose_protocol, nullptr);
  // Nobody is there to be asked for the password of a key.
  SSL_CTX_set_default_passwd_cb(native, [](char*, int, int, void*) { return 0; });
  return SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(native, kCiphers) == 1 &&
         SSL_CTX_set1_groups_list(native, kGroups) == 1;
}

Try<std::string> text_of(const std::string& path) {
  auto input = Input::open(path);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  return std::string(*text);
}

Try<std::shared_ptr<ssl::context>> read(const TlsFiles& files) {
  auto certificate = text_of(files.certificate);
  if (!certificate) return refuse(certificate);
  if (auto ok = check_private_file(files.key); !ok) return refuse(ok);
  auto key = text_of(files.key);
  if (!key) return refuse(key);
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  if (!set_up(*context)) return usage("TLS cannot be begun");
  error_code error;
  context->use_certificate_chain(net::buffer(*certificate), error);
  if (error)
    return usage(fmt::format("{} has no certificate that can be used: {}", files.certificate,
                             error.message()),
                 "name a file in PEM: the certificate, then those that lead to its authority");
  // Of another kind than the certificate, a key is taken, and found out by the check.
  context->use_private_key(net::buffer(*key), ssl::context::pem, error);
  const bool other =
      error.value() != 0 &&
      ERR_GET_REASON(static_cast<unsigned long>(error.value())) == X509_R_KEY_VALUES_MISMATCH;
  if (error && !other)
    return usage(
        fmt::format("{} has no private key that can be used: {}", files.key, error.message()),
        "name a file in PEM, without a password");
  if (other || SSL_CTX_check_private_key(context->native_handle()) != 1)
    return usage(
        fmt::format("the key {} is not that of the certificate {}", files.key, files.certificate),
        "name the two files that belong together");
  return context;
}

States look_at(const TlsFiles& files) {
  return {FileState(files.certificate), FileState(files.key)};
}

void tell(const std::string& line) {
  (void)std::fputs(("solnoma: " + line + "\n").c_str(), stderr);
}

}  // namespace

TlsIdentity::TlsIdentity(TlsFiles files, std::shared_ptr<ssl::context> context)
    : files_(std::move(files)), context_(std::move(context)) {}

Try<std::shared_ptr<TlsIdentity>> TlsIdentity::of(TlsFiles files) {
  const States now = look_at(files);
  auto context = read(files);
  if (!context) return refuse(context);
  std::shared_ptr<TlsIdentity> identity(new TlsIdentity(std::move(files), std::move(*context)));
  identity->taken_ = now;
  return identity;
}

void TlsIdentity::look() {
  const States now = look_at(files_);
  if (now == taken_) return;
  auto context = read(files_);
  if (context) {
    taken_ = now;
    context_ = std::move(*context);
    return tell(fmt::format("the certificate {} was read again", files_.certificate));
  }
  if (now != wrong_) {
    wrong_ = now;
    return;
  }
  taken_ = now;
  const Error& error = context.error().error;
  tell(fmt::format("{}{}{}; the certificate that was read before stays in use: {}", error.where,
                   error.where.empty() ? "" : ": ", error.what, error.remedy));
}

}  // namespace solnoma

#pragma once

#include <array>
#include <memory>
#include <string>

#include "tools/io/file_state.hpp"
#include "tools/outcome.hpp"

namespace boost::asio::ssl {
class context;
}

namespace solnoma {

/// Files in PEM: the certificate with those that lead to its authority, and its private key.
struct TlsFiles {
  std::string certificate, key;
};

/// Who a server is by TLS, as its files have it now, and how it speaks: TLS 1.2 and 1.3 as
/// Mozilla's intermediate configuration has them, HTTP/1.1 by ALPN, no resumption. Of one thread.
class TlsIdentity {
 public:
  /// Errors: usage, where a file cannot be read or is none, where the key is not that of the
  /// certificate, and where others may read it.
  [[nodiscard]] static Try<std::shared_ptr<TlsIdentity>> of(TlsFiles files);

  /// For the connections to come; those that are open keep theirs.
  [[nodiscard]] const std::shared_ptr<boost::asio::ssl::context>& context() const {
    return context_;
  }

  /// Takes in files that have changed; to be called now and then. What is wrong with them is told
  /// on standard error, and what was in use stays. One of a pair may come after the other: it is
  /// told only what is still wrong at the next call.
  void look();

 private:
  TlsIdentity(TlsFiles files, std::shared_ptr<boost::asio::ssl::context> context);

  TlsFiles files_;
  std::shared_ptr<boost::asio::ssl::context> context_;
  std::array<FileState, 2> taken_;  // or told of
  std::array<FileState, 2> wrong_;  // when they were looked at last
};

}  // namespace solnoma

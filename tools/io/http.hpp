#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/outcome.hpp"

namespace solnoma {

/// What a server is asked: with a body by POST, without one by GET.
struct HttpCall {
  std::string url;                        ///< http or https
  std::vector<std::string> headers = {};  ///< "Name: value"
  std::optional<std::string_view> body = {};
  std::chrono::milliseconds patience;  ///< for all of it
  std::size_t most = 1 << 20;          ///< bytes of an answer
  std::string authorities = {};        ///< file, PEM, that https trusts; empty: those of the system
  std::string certificate = {};      ///< file, PEM, by which the caller is known; empty: it is not
  std::string certificate_key = {};  ///< the private key of that: file, PEM
  bool direct = false;               ///< through no proxy
  /// Asked now and then, at least once a second: true ends it.
  std::function<bool()> give_up = {};
  /// Asked of what has come of an answer that has no end: true ends it, as if that were all.
  std::function<bool(std::string_view answer)> enough = {};
};

struct HttpReply {
  long status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< names in lower case

  /// Empty: there is none of that name.
  [[nodiscard]] std::string header(std::string_view name) const {
    for (const auto& [each, value] : headers)
      if (each == name) return value;
    return {};
  }
};

/// What the server answers, whatever that is. Through the proxy that the environment names; a
/// server is not followed elsewhere. By libcurl, which is loaded at the first call. One thread at a
/// time. Errors: usage where the address is none or the authorities cannot be read; store where
/// libcurl is not there, the server cannot be reached, is not trusted, does not answer in time or
/// breaks off, or it was given up; refused where it answers more than `most`.
[[nodiscard]] Try<HttpReply> call(const HttpCall& request);

/// The same, call after call, over connections that are kept. One thread at a time.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  [[nodiscard]] Try<HttpReply> call(const HttpCall& request);

 private:
  void* handle_ = nullptr;  // of libcurl; null: none yet
};

/// What is sent to a server, and of which media type.
struct HttpPost {
  std::string url;  ///< http or https
  std::string media_type;
  std::string_view body;
  std::string wanted;                  ///< media type of the answer
  std::chrono::milliseconds patience;  ///< for all of it
  std::size_t most = 1 << 20;          ///< bytes of an answer
};

/// The answer of the server: all of it, and only where the server says that it is one (200).
/// Errors: those of call(); refused where it answers anything else.
[[nodiscard]] Try<std::string> post(const HttpPost& request);

}  // namespace solnoma

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace solnoma {

/// HTTP as the rest of the server sees it: no type of the library that speaks it.

using NamedValues = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;
  std::vector<std::string> path;  ///< segments, decoded, as in {"v1", "status", "park", "chirchik"}
  NamedValues query;              ///< decoded, in the order given
  NamedValues headers;            ///< names in lower case
  std::string body;
  bool by_https = false;  ///< it was encrypted, up to here or up to a web server before

  /// The first of that name; nullopt: there is none.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> asked(std::string_view name) const;
  /// The value of a cookie; empty: there is none.
  [[nodiscard]] std::string_view cookie(std::string_view name) const;
};

/// The next piece of an answer that has no end: empty where there is nothing new yet, nullopt where
/// it ends. Called again when HttpServer::wake() says that there may be more, and now and then.
using Pieces = std::function<std::optional<std::string>()>;

struct HttpAnswer {
  unsigned status = 200;
  std::string type = "text/plain; charset=utf-8";
  NamedValues headers = {};
  std::shared_ptr<const std::string> body = {};  ///< null: none. Answers may share it
  Pieces pieces = {};                            ///< what follows the body, piece by piece
  std::string heartbeat = {};                    ///< said now and then where there is nothing new
  std::string farewell = {};                     ///< said where the server ends the pieces
  std::string by = {};                           ///< who asked, for the log of requests

  /// The first of that name, as it is written; empty: there is none.
  [[nodiscard]] std::string header(std::string_view name) const;

  void say(std::string text) { body = std::make_shared<const std::string>(std::move(text)); }
};

/// Whether it is asked for an answer that goes on (server-sent events).
[[nodiscard]] bool asks_for_stream(const HttpRequest& request);

/// Where the server is for who asked: "http://127.0.0.1:8417"; with https where it was asked so, or
/// where a web server before it says so.
[[nodiscard]] std::string site_of(const HttpRequest& request);

/// "a%20b" to "a b"; with `plus`, "+" as well. Nullopt where an escape is none.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus);
/// All but letters, digits and -._~ escaped.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Splits "/v1/status?as-of=2025" into path and query. False: it is malformed, or holds "." or ".."
/// or an empty segment, which no address of ours does.
[[nodiscard]] bool read_target(std::string_view target, HttpRequest& request);
/// "as-of=2025&lang=ru", as an address or a form has it, decoded. False: it is malformed.
[[nodiscard]] bool read_values(std::string_view text, NamedValues& values);

}  // namespace solnoma

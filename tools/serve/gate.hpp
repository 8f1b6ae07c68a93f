#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "engine/day.hpp"
#include "tools/serve/grant.hpp"
#include "tools/serve/http.hpp"

namespace solnoma {

/// Who may come to a server.
struct GateOptions {
  std::string tokens;        ///< the file of the store's tokens (tokens.hpp)
  bool public_read = false;  ///< who has no token may read
  /// Where the store has no file of tokens, whoever can reach the server may read, and who has this
  /// text, which is printed when it begins, is a steward.
  std::string own_token;
  /// Who has this text keeps the store on this machine, under this name: a steward, whatever tokens
  /// there are. Empty: nobody.
  std::string local_token = {}, local_name = {};
  bool secure = false;  ///< the browser comes by https
};

/// Says who a request is of: by `Authorization: Bearer TOKEN`, or Basic with the token as password,
/// or by the cookie of a sign-in. The file of tokens is read again when it has changed.
/// Thread-safe.
class Gate {
 public:
  Gate(GateOptions options, std::function<Day()> today);
  ~Gate();

  /// What the request's sender may, or what they are answered (401, 403). With `may_wait` false,
  /// nullopt: a token must be looked at, which takes 50 ms.
  [[nodiscard]] std::optional<std::variant<Grant, HttpAnswer>> admit(const HttpRequest& request,
                                                                     bool may_wait);
  /// Whether who has no token may read, by what admit() saw last.
  [[nodiscard]] bool reads_freely() const;

  /// `POST /sign-in` with the token as its body (`token=…`): a cookie for 12 hours. `POST
  /// /sign-out` ends it.
  [[nodiscard]] HttpAnswer sign_in(const HttpRequest& request);
  [[nodiscard]] HttpAnswer sign_out(const HttpRequest& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The answer to who may not do what needs `wanted`.
[[nodiscard]] HttpAnswer not_permitted(const Grant& grant, Scope wanted);
/// The same of a subject that is not theirs.
[[nodiscard]] HttpAnswer not_theirs(const Grant& grant, const std::string& subject);

}  // namespace solnoma

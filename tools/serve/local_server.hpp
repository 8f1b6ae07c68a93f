#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/outcome.hpp"

namespace solnoma {

/// Where the server of a store is, for who keeps the store on this machine.
struct LocalServer {
  std::string url;
  std::string token;  ///< of a steward, made anew each time it begins
};

/// Says so in the store, in `server.json`, for its owner's eyes alone, until it ends.
class Announcement {
 public:
  /// Errors: io.
  [[nodiscard]] static Try<Announcement> of(const std::string& store, const LocalServer& server);
  Announcement(Announcement&& other) noexcept;
  Announcement& operator=(Announcement&&) = delete;
  ~Announcement();

 private:
  explicit Announcement(std::string file);
  std::string file_;
};

/// How a server shows whoever has its token that it has that too: at `/livez`, of whatever
/// kChallenge says, in kProof. HMAC-SHA256 (RFC 2104), hexadecimal.
inline constexpr std::string_view kChallenge = "solnoma-challenge", kProof = "solnoma-proof";
[[nodiscard]] std::string proof_of(std::string_view token, std::string_view challenge);

/// The server that holds a store, if there is one and it lives: none where nothing was said, where
/// that was said of another directory (this one is a copy), or by somebody else; nor where another
/// program listens there now, which is told no token.
[[nodiscard]] std::optional<LocalServer> find_local_server(const std::string& store);

}  // namespace solnoma

#pragma once

#include <optional>
#include <string>

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

/// The server that holds a store, if there is one and it lives: none where nothing was said, where
/// that was said of another directory (this one is a copy), or by somebody else.
[[nodiscard]] std::optional<LocalServer> find_local_server(const std::string& store);

}  // namespace solnoma

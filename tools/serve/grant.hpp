#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace solnoma {

/// What one may do at a server. Each may do what those before it may.
enum class Scope : std::uint8_t {
  read,
  propose,  ///< hand in what a steward then records, or declines
  record,
  steward,
};
inline constexpr std::array<std::string_view, 4> kScopes{"read", "propose", "record", "steward"};
[[nodiscard]] constexpr std::string_view name(Scope scope) {
  return kScopes[static_cast<std::size_t>(scope)];
}

/// Who asks a server, and what of it they may.
struct Grant {
  std::string name;  ///< of the token; empty: whoever comes
  Scope scope = Scope::read;
  std::vector<std::string> subjects;  ///< as in park/navoi, or park/*; none: all

  [[nodiscard]] bool may(Scope wanted) const { return scope >= wanted; }
  /// Whether a subject is one of theirs.
  [[nodiscard]] bool sees(std::string_view subject) const;
  /// The same for all who see the same; empty for who sees all.
  [[nodiscard]] std::string sight() const;
};

}  // namespace solnoma

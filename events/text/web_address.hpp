#pragma once

#include <string_view>

namespace solnoma {

/// Free of what a URI cannot have, and of what would end it in a report.
[[nodiscard]] bool is_like_uri(std::string_view text);

/// An address of the web: begins with https:// or http://, and is_like_uri().
[[nodiscard]] bool is_web_address(std::string_view url);

/// Addresses that were put into one field, with a bar, comma, semicolon or space between them. An
/// address within an address, as archives and redirections have it, is none of these: it follows
/// a '/' or '='.
[[nodiscard]] bool holds_several_addresses(std::string_view text);

}  // namespace solnoma

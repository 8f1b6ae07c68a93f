#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// Accepts a GeoJSON geometry (RFC 7946, section 3.1; geometry collections within none but the
/// outermost): positions of longitude and latitude in decimal degrees, with or without an
/// altitude; lines of two positions or more, rings closed and of four or more.
/// Errors: invalid; `where` is the member.
[[nodiscard]] Result<void> check_geometry(std::string_view json);

/// The same JSON without its white space, as events keep a geometry. Errors: invalid, where it is
/// no JSON object.
[[nodiscard]] Result<std::string> compact_geometry(std::string_view json);

}  // namespace solnoma

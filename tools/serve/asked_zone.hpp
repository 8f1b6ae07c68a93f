#pragma once

#include <optional>

#include "tools/serve/http.hpp"
#include "tools/time_zone.hpp"

namespace solnoma {

/// The option by which whoever asks says in which time zone they are, and the cookie in which a
/// page does.
inline constexpr std::string_view kZoneOption = "tz", kZoneCookie = "solnoma-tz";

/// What is wrong with the zone that a request names; none: nothing, or it names none.
[[nodiscard]] std::optional<HttpAnswer> refuse_zone(const HttpRequest& request);

/// Where today is looked at for a request: in the zone that it names, else as `otherwise` does. A
/// name that no zone has counts as none.
[[nodiscard]] LocalDay day_of_asker(const HttpRequest& request, const LocalDay& otherwise);

}  // namespace solnoma

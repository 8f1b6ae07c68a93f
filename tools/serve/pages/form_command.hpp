#pragma once

#include <string_view>

#include "events/event.hpp"
#include "tools/serve/http.hpp"

namespace solnoma {

/// What a form of an event (event_fields.hpp) sends beside its fields.
inline constexpr std::string_view kTypeField = "event-type", kSubjectField = "subject",
                                  kEventField = "event";

/// The request that a command takes, of what was filled in. Rows that are empty are left out, and
/// what belongs together stays together: a publisher and its address.
[[nodiscard]] HttpRequest command_of(std::string_view command, const NamedValues& filled);

/// The same for a correction of `old`: a list that reads as before is not given, so that it stays
/// as it is, with what no form shows of it.
[[nodiscard]] HttpRequest command_of(std::string_view command, const NamedValues& filled,
                                     const Event& old);

}  // namespace solnoma

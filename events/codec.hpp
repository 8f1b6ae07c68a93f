#pragma once

#include <string>
#include <string_view>

#include "engine/event.hpp"
#include "engine/row.hpp"
#include "events/event.hpp"

namespace solnoma {

/// The payload of an event, in Cap'n Proto's canonical form: equal events have equal
/// bytes, also when a later schema has more fields.
/// Not validated: see validate(). Errors: invalid when it is larger than 1 MiB.
[[nodiscard]] Result<std::string> encode(const Event& event);
/// The same, added to the end of `to`, which an error leaves as it was.
[[nodiscard]] Result<void> encode(const Event& event, std::string& to);

/// Precondition: the payload is 8-byte aligned, as the log hands it out. Its memory and
/// time are linear in the payload, damaged or not. A type that this program does not know
/// is kept as it stands. Errors: corrupt when the bytes are no event; unsupported when it
/// has a modality or a bound that only a newer program knows.
[[nodiscard]] Result<StoredEvent> decode(const RecordedEvent& recorded);

/// The log's indexer: reads only what it needs of a payload, and reports no errors of the
/// rest. Same precondition, errors.
[[nodiscard]] Result<Dating> index_payload(std::string_view payload);
/// Of the rule that index_payload() follows: raise it with any change of what that says of events
/// that were recorded before, and stores derive their index again.
inline constexpr std::uint32_t kIndexVersion = 1;

/// What an event says of plans, but for which ones it fulfils. Views into the payload.
struct PlanTerms {
  std::string_view type, part;
  bool names_plans = false;  ///< that it fulfils
};
/// Reads no more of a payload than that. Same precondition, errors.
[[nodiscard]] Result<PlanTerms> read_plan_terms(std::string_view payload);

/// Bounds, known day and kind of an event (DESIGN of time: README.md).
/// Errors: invalid when `known` is outside the years -9999 to 9999, when `occurred` is no
/// EDTF value, or when an actual event can only have happened after it was known; `where`
/// is "known" or "occurred".
[[nodiscard]] Result<Dating> dating_of(std::string_view type, Modality modality,
                                       std::string_view occurred, Day known, bool measured = false);

}  // namespace solnoma

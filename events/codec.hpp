#pragma once

#include <string>
#include <string_view>

#include "engine/log.hpp"
#include "engine/row.hpp"
#include "events/event.hpp"

namespace solnoma {

/// The payload of an event, in Cap'n Proto's canonical form: equal events have equal
/// bytes, also when a later schema has more fields.
/// Errors: invalid when it is larger than 1 MiB.
[[nodiscard]] Result<std::string> encode(const Event& event);

/// Precondition: the payload is 8-byte aligned, as the log hands it out.
/// Errors: corrupt when the bytes are no event.
[[nodiscard]] Result<StoredEvent> decode(const RecordedEvent& recorded);

/// The log's indexer: reads only what it needs of a payload. Same precondition, errors.
[[nodiscard]] Result<Mark> index_payload(std::string_view payload);

/// Bounds, known day and kind of an event (DESIGN of time: README.md).
/// Errors: invalid when `occurred` is no EDTF value, or when an actual event can only
/// have happened after it was known; `where` is "occurred".
[[nodiscard]] Result<Mark> mark_of(std::string_view type, Modality modality,
                                   std::string_view occurred, Day known);

}  // namespace solnoma

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/event.hpp"
#include "engine/proof/merkle.hpp"

namespace solnoma {

/// An event as the tree over the log binds it: all that the log knows of it, with its
/// names in full, so that it can be checked without the store. Little-endian:
///
///     u64 position, i64 recorded (microseconds since 1970-01-01 UTC), u32 revision,
///     u32 supersedes, then subject, source, id and payload, each after its u32 size, and in the
///     same way who recorded it, where that is known
///
/// Equal events have equal bytes; the payload's place is a multiple of 8 in none.
[[nodiscard]] std::string to_record(const RecordedEvent& event);
/// The same, put behind what `to` holds.
void append_record(std::string& to, const RecordedEvent& event);
/// How many bytes the record has.
[[nodiscard]] std::size_t record_size(const RecordedEvent& event);
/// The event's leaf in the tree.
[[nodiscard]] inline Hash leaf_of(const RecordedEvent& event) {
  return leaf_hash(to_record(event));
}

/// Views into `record`. The subject's number is no part of it and comes back as 0; the
/// payload is not aligned. Errors: invalid when the bytes are no record.
[[nodiscard]] Result<RecordedEvent> from_record(std::string_view record);

}  // namespace solnoma

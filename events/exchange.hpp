#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace solnoma {

/// The exchange format: CloudEvents 1.0 in the JSON format, structured mode
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).

/// An event that was read, and where its former log had it, if it says so.
struct Exchanged {
  Event event;
  std::optional<Position> position;
  std::optional<Revision> revision;
};

/// Reads one event, and normalizes it: see normalized(). An event without `source` takes
/// `default_source`. Not validated beyond its shape: see validate(). Memory and time are linear in
/// the text. Errors: invalid; `where` is the field.
[[nodiscard]] Result<Exchanged> event_from_json(std::string_view json,
                                                std::string_view default_source);

/// Reads a JSON array of events. Errors: as above; `where` begins with "event N".
[[nodiscard]] Result<std::vector<Exchanged>> events_from_json_array(
    std::string_view json, std::string_view default_source);

/// Precondition of both: `known` is a day of the years -9999 to 9999, as in every event
/// that was validated or decoded.

/// One line without its end. Equal events give equal bytes; data that is absent or empty
/// is left out.
[[nodiscard]] std::string event_to_json(const StoredEvent& stored);

/// The same without what the log adds (position, revision, time).
[[nodiscard]] std::string event_to_json(const Event& event);

}  // namespace solnoma

#pragma once

#include <memory>
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
  /// The attributes of the CloudEvent that are not kept: extensions of others, and `dataschema`.
  std::vector<std::string> unknown = {};
};

/// Reads events one after the other, and keeps its memory from one to the next. An event without
/// `source` takes `default_source`. Each is normalized (normalized()) and not validated beyond its
/// shape (validate()). Memory and time are linear in the text. A reader serves one thread at a
/// time.
///
/// Extension attributes are no error, unless their names look like slips of what is known; a
/// member of `data` that is not known is one.
class ExchangeReader {
 public:
  explicit ExchangeReader(std::string default_source);
  ~ExchangeReader();
  ExchangeReader(ExchangeReader&&) noexcept;
  ExchangeReader& operator=(ExchangeReader&&) noexcept;

  /// One event, on one line or on many. Errors: invalid; `where` is the field.
  [[nodiscard]] Result<Exchanged> read(std::string_view json);
  /// A JSON array of events. Errors: as above; `where` begins with "event N".
  [[nodiscard]] Result<std::vector<Exchanged>> read_array(std::string_view json);

 private:
  class Parser;

  std::string default_source_;
  std::unique_ptr<Parser> parser_;
};

/// ExchangeReader::read() of one event alone, and read_array() of one array.
[[nodiscard]] Result<Exchanged> event_from_json(std::string_view json,
                                                std::string_view default_source);
[[nodiscard]] Result<std::vector<Exchanged>> events_from_json_array(
    std::string_view json, std::string_view default_source);

/// Precondition of all that write: `known` is a day of the years -9999 to 9999, as in every event
/// that was validated or decoded.

/// One line without its end. Equal events give equal bytes; data that is absent or empty
/// is left out.
[[nodiscard]] std::string event_to_json(const StoredEvent& stored);

/// The same, added to the end of `to`; faster where many are written.
void event_to_json(const StoredEvent& stored, std::string& to);

/// The same without what the log adds (position, revision, time).
[[nodiscard]] std::string event_to_json(const Event& event);

}  // namespace solnoma

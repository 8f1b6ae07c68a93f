#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include "engine/clock.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/row.hpp"

namespace solnoma {

/// The limits of an event, in bytes.
inline constexpr std::size_t kMaxId = 255;
inline constexpr std::size_t kMaxSubjectName = 200;
inline constexpr std::size_t kMaxSourceName = 255;
inline constexpr std::size_t kMaxRecorder = 255;
inline constexpr std::size_t kMaxPayload = 1 << 20;

/// What a producer hands in. Views; whoever takes it copies what it keeps.
struct NewEvent {
  std::string_view subject;            ///< 1 to 200 bytes
  std::string_view source;             ///< 1 to 255 bytes
  std::string_view id;                 ///< 1 to 255 bytes; unique within the source
  std::string_view payload;            ///< opaque, a multiple of 8, at most 1 MiB
  Dating dating;                       ///< must be what the indexer says of the payload
  std::string_view supersedes;         ///< id of an earlier event; empty: none
  std::string_view supersedes_source;  ///< empty: this source first, then any
  bool fork = false;                   ///< may supersede what another event supersedes already
  /// Who records it; empty: nobody says. No part of what is compared: the same event is the same,
  /// whoever sends it again.
  std::string_view recorded_by = {};  ///< at most 255 bytes
};

/// One event as it was recorded. Views live until the visitor returns; the payload is
/// 8-byte aligned.
struct RecordedEvent {
  Position position;
  Revision revision;
  Instant recorded;
  SubjectNumber subject_number;
  std::string_view subject;
  std::string_view source;
  std::string_view id;
  Revision supersedes;  ///< of the same subject; 0: none
  std::string_view payload;
  std::string_view recorded_by = {};  ///< empty: nobody said
};

/// Its texts that end with the visit though the log lives on, as names do not: whoever keeps an
/// event keeps copies of these. The payload first: it must begin at a multiple of 8.
inline constexpr std::array kFleetingTexts{&RecordedEvent::payload, &RecordedEvent::id,
                                           &RecordedEvent::recorded_by};

/// Returns false to stop.
using Visitor = std::function<bool(const RecordedEvent&)>;

/// Hands out events to a visitor, in the order of their log, as long as that wants more. Errors:
/// its own.
using EventSource = std::function<Result<void>(const Visitor&)>;

enum class Direction { forwards, backwards };

/// Called now and then with the position reached, for progress bars.
using Progress = std::function<void(Position)>;

/// What a room above says of its events: what to index of a payload, and what may supersede what.
/// The functions are pure and thread-safe.
struct Indexer {
  /// Errors: corrupt, when these bytes cannot have been appended.
  std::function<Result<Dating>(std::string_view payload)> dating;
  /// Of the rule. Whoever changes what the function says of bytes that were recorded before
  /// raises it: a store whose index another version has made is derived again.
  std::uint32_t version = 1;
  /// The event because of which none of that kind may supersede `target` any more; 0: it may.
  /// `rows`: of the subject so far. Only asked of what is superseded; without it, all may.
  std::function<Revision(Rows rows, Revision target, std::uint8_t kind)> in_the_way;

  Indexer() = default;
  template <class Function>
    requires std::is_invocable_r_v<Result<Dating>, Function, std::string_view>
  Indexer(Function function, std::uint32_t v = 1) : dating(std::move(function)), version(v) {}

  [[nodiscard]] Result<Dating> operator()(std::string_view payload) const {
    return dating(payload);
  }
};

}  // namespace solnoma

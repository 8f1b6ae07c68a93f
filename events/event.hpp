#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock.hpp"
#include "engine/day.hpp"
#include "engine/position.hpp"
#include "events/language.hpp"

namespace solnoma {

enum class Modality { actual, planned };
enum class Bound { exact, more_than, slightly_more_than, less_than, about };
inline constexpr std::size_t kBounds = 5;

/// "more-than": as the exchange format and every other output has it.
[[nodiscard]] std::string_view name(Bound bound);

struct LocalText {
  std::string en, ru, uz;

  [[nodiscard]] bool empty() const;
  /// In that language, or empty.
  [[nodiscard]] const std::string& only(Language language) const;
  [[nodiscard]] std::string& only(Language language);
  /// In that language; where it is missing, in the first of kLanguages that is there.
  [[nodiscard]] const std::string& in(Language language) const;
  bool operator==(const LocalText&) const = default;
};
/// Where each language of kLanguages has its text.
inline constexpr std::array<std::string LocalText::*, kLanguages.size()> kLocalTexts{
    &LocalText::en, &LocalText::ru, &LocalText::uz};

/// `value` is a decimal number as text; `bound` belongs to it and is never dropped.
struct Quantity {
  std::string measure;  ///< slug
  std::string value;
  std::string unit;
  Bound bound = Bound::exact;
  std::string period;  ///< EDTF; empty: none

  bool operator==(const Quantity&) const = default;
};

struct Source {
  std::string publisher;
  std::string published;  ///< EDTF
  std::string url;
  std::string note;

  bool operator==(const Source&) const = default;
};

/// What a subject is: told by events of the type `described`.
struct Description {
  LocalText names;
  std::string kind;  ///< slug
  LocalText region;
  std::string latitude, longitude;  ///< decimal degrees, both or neither
  std::vector<LocalText> sectors;
  LocalText partner;

  bool operator==(const Description&) const = default;
};

/// One milestone of one subject, as a producer states it.
struct Event {
  std::string id;
  std::string source;    ///< URI-reference; with `id` unique in a log
  std::string subject;   ///< "park/chirchik"
  std::string type;      ///< "opened"
  std::string occurred;  ///< EDTF; empty: not later than `known`, or for a plan no target
  Day known;
  std::string supersedes;         ///< id; empty: none
  std::string supersedes_source;  ///< only where the id alone is ambiguous
  Modality modality = Modality::actual;
  LocalText title;
  std::vector<Quantity> quantities;
  std::vector<std::string> parties;
  std::vector<Source> sources;
  std::string note;
  std::optional<Description> description;

  bool operator==(const Event&) const = default;
};

/// An event with what the log added to it.
struct StoredEvent {
  Event event;
  Position position;
  Revision revision;
  Instant recorded;

  bool operator==(const StoredEvent&) const = default;
};

}  // namespace solnoma

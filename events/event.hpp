#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/clock.hpp"
#include "engine/day.hpp"
#include "engine/position.hpp"
#include "events/boxed.hpp"
#include "events/language.hpp"

namespace solnoma {

enum class Modality { actual, planned };
/// "planned": as every output has it.
[[nodiscard]] std::string_view name(Modality modality);

/// `between` has a second value, Quantity::upper; both ends are included.
enum class Bound {
  exact,
  more_than,
  slightly_more_than,
  less_than,
  about,
  at_least,
  at_most,
  between,
};
inline constexpr std::size_t kBounds = 8;

/// "more-than": as the exchange format and every other output has it.
[[nodiscard]] std::string_view name(Bound bound);

/// A text in a language named by its BCP 47 tag ("zh-Hans").
struct TaggedText {
  std::string language;
  std::string text;

  bool operator==(const TaggedText&) const = default;
};
/// BCP 47's tag of a text whose language nobody says.
inline constexpr std::string_view kUndetermined = "und";

/// One text in one or more languages: three that have a place of their own in the log's format
/// (kLocalTexts), and any others by their tags. Which languages the reports speak is another
/// matter.
struct LocalText {
  std::string en, ru, uz;
  std::vector<TaggedText> others;  ///< in further languages; each tag once, ascending

  LocalText() = default;
  LocalText(std::string english, std::string russian, std::string uzbek,
            std::vector<TaggedText> further = {})
      : en(std::move(english)),
        ru(std::move(russian)),
        uz(std::move(uzbek)),
        others(std::move(further)) {}
  /// A plain text converts: its language is undetermined. An empty one is no text.
  template <class Plain>
    requires std::convertible_to<Plain, std::string>
  LocalText(Plain&& plain) {  // NOLINT(google-explicit-constructor)
    std::string text(std::forward<Plain>(plain));
    if (!text.empty()) others.push_back({std::string(kUndetermined), std::move(text)});
  }

  [[nodiscard]] bool empty() const;
  /// The text where its language is undetermined and no other stands beside it; null otherwise.
  [[nodiscard]] const std::string* plain() const;
  /// In that language, or empty.
  [[nodiscard]] const std::string& only(Language language) const;
  /// Takes the place of what stands in the language of that tag.
  void put(std::string_view tag, std::string text);
  /// In that language; where it is missing, in the first of kLocalTexts that is there, and then in
  /// the first of `others`.
  [[nodiscard]] const std::string& in(Language language) const;
  bool operator==(const LocalText&) const = default;
};

struct LocalPlace {
  std::string_view tag;  ///< a literal
  std::string LocalText::* text;
};
/// The languages that have a place of their own, in the order of the log's format.
inline constexpr auto kLocalTexts = std::to_array<LocalPlace>(
    {{"en", &LocalText::en}, {"ru", &LocalText::ru}, {"uz", &LocalText::uz}});

/// Whether texts in the language of that tag have a place of their own, and are none of `others`.
[[nodiscard]] constexpr bool has_place(std::string_view tag) {
  return std::ranges::find(kLocalTexts, tag, &LocalPlace::tag) != kLocalTexts.end();
}

/// Whether further figures of a measure take the place of earlier ones or add to them.
enum class Accrual {
  by_measure,  ///< the source does not say: what is usual for the measure
  level,       ///< the newest stands: residents
  flow,        ///< they add up: payments
};

/// `value` is a decimal number as text; `bound` belongs to it and is never dropped.
struct Quantity {
  std::string measure;  ///< slug
  std::string value;
  std::string unit;
  Bound bound = Bound::exact;
  std::string period = {};  ///< EDTF; empty: none
  std::string upper = {};   ///< decimal, not less than `value`; with Bound::between and only there
  Accrual accrual = Accrual::by_measure;

  bool operator==(const Quantity&) const = default;
};

struct Source {
  LocalText publisher;
  std::string published;  ///< EDTF
  std::string url;
  LocalText note;

  bool operator==(const Source&) const = default;
};

/// What a register calls a subject: {"GEM", "P100000119642"}.
struct Identifier {
  std::string scheme;
  std::string id;

  bool operator==(const Identifier&) const = default;
};

struct Partner {
  LocalText name;
  std::string role;   ///< slug: owner, operator, investor …; empty: the source does not say
  std::string share;  ///< percent, decimal; empty: the source does not say
  std::string id;     ///< in whatever register the source uses

  bool operator==(const Partner&) const = default;
};

/// What a subject is: told by events of the type `described`.
struct Description {
  LocalText names;
  std::string kind;  ///< slug
  LocalText region;
  std::string latitude, longitude;  ///< decimal degrees, both or neither
  std::vector<LocalText> sectors;
  LocalText partner;  ///< the one that schema version 1 has a place for; see also `partners`
  std::vector<Identifier> identifiers;
  std::vector<LocalText> other_names;
  std::string part_of;   ///< a subject
  std::string country;   ///< ISO 3166-1 alpha-2, upper case
  std::string geometry;  ///< a GeoJSON geometry object (RFC 7946) as compact JSON
  std::vector<Partner> partners;

  bool operator==(const Description&) const = default;
};

/// What an import was made of: told by events of the type `imported`.
struct ImportRecord {
  std::string file;
  std::string sha256;  ///< 64 lower-case hexadecimal digits
  std::string mapping;
  std::uint64_t rows = 0;
  std::uint64_t events = 0;  ///< that it recorded: they stand directly before this event
  std::string first = {};    ///< the id of the first of these

  bool operator==(const ImportRecord&) const = default;
};

/// How exactly a source says when something became known.
enum class Precision { day, month, year };

/// One milestone of one subject, as a producer states it.
struct Event {
  std::string id;
  std::string source;    ///< URI-reference; with `id` unique in a log
  std::string subject;   ///< "park/chirchik"
  std::string type;      ///< "opened"
  std::string occurred;  ///< EDTF; empty: not later than `known`, or for a plan no target
  Day known;             ///< of a month or year its last day
  Precision known_precision = Precision::day;
  std::string supersedes;         ///< id; empty: none
  std::string supersedes_source;  ///< only where the id alone is ambiguous
  Modality modality = Modality::actual;
  LocalText title;
  std::vector<Quantity> quantities;
  std::vector<LocalText> parties;
  std::vector<Source> sources;
  LocalText note;
  Boxed<Description> description;
  std::string label;                 ///< the source's own word for the status
  std::string part;                  ///< slug: which part of the subject is meant; empty: the whole
  std::vector<std::string> fulfils;  ///< ids of the plans that it meets, and no others
  Boxed<ImportRecord> import_record;

  bool operator==(const Event&) const = default;
};

/// An event with what the log added to it.
struct StoredEvent {
  Event event;
  Position position;
  Revision revision;
  Instant recorded;
  std::string recorded_by = {};  ///< empty: nobody said

  bool operator==(const StoredEvent&) const = default;
};

}  // namespace solnoma

#include "tools/import/standards/telling.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>

#include "engine/event.hpp"
#include "engine/proof/sha256.hpp"
#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "events/normalized.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "events/text/utf8.hpp"
#include "events/validate.hpp"
#include "tools/import/slug.hpp"
#include "tools/import/table/cell_text.hpp"

namespace solnoma {
namespace {

std::string short_hash(std::string_view text) {
  constexpr std::size_t kDigits = 8;
  return to_hex(sha256({text})).substr(0, kDigits);
}

/// The canonical form of a BCP 47 tag; "und" where it is none.
std::string canonical_tag(std::string_view tag) {
  constexpr std::size_t kLongest = 64;
  std::array<char, 2 * kLongest> locale;
  std::array<char, 2 * kLongest> canonical;
  std::string clean(tag);
  std::ranges::replace(clean, '_', '-');
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t used = 0;
  if (clean.empty() || clean.size() > kLongest) return std::string(kUndetermined);
  uloc_forLanguageTag(clean.c_str(), locale.data(), kLongest, &used, &status);
  if (U_FAILURE(status) || static_cast<std::size_t>(used) != clean.size())
    return std::string(kUndetermined);
  const auto size =
      uloc_toLanguageTag(locale.data(), canonical.data(), kLongest, /*strict=*/1, &status);
  if (U_FAILURE(status) || size <= 0) return std::string(kUndetermined);
  return {canonical.data(), static_cast<std::size_t>(size)};
}

/// At most so many characters.
std::string cut(std::string text, std::size_t most, Repairs& repairs) {
  if (text.size() <= most || characters(text) <= most) return text;
  std::size_t end = 0;
  for (std::size_t i = 0; i + 1 < most && end < text.size(); ++i)
    end += std::max<std::size_t>(first_code_point(std::string_view(text).substr(end)).size, 1);
  repairs.add(fmt::format("texts longer than {} characters cut", most));
  return text.substr(0, end) + "…";
}

void put(LocalText& to, std::string_view language, std::string text) {
  if (text.empty()) return;
  const std::string tag = canonical_tag(language);
  const auto* const own = std::ranges::find(kLocalTexts, tag, &LocalPlace::tag);
  const bool stands =
      own != kLocalTexts.end()
          ? !(to.*own->text).empty()
          : std::ranges::find(to.others, tag, &TaggedText::language) != to.others.end();
  if (!stands) to.put(tag, std::move(text));
}

}  // namespace

std::optional<std::string> date_of_standard(std::string_view text) {
  constexpr std::size_t kDay = 10;
  if (text.size() < kDay) {
    const auto known = known_from_text(text);
    return known ? std::optional(to_string(*known)) : std::nullopt;
  }
  const std::string_view day = text.substr(0, kDay);
  if (!day_from_text(day)) return std::nullopt;
  std::string_view rest = text.substr(kDay);
  const bool is_zone = rest.empty() || rest == "Z" ||
                       (rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':');
  if (!is_zone && !parse_edtf(text)) return std::nullopt;
  return std::string(day);
}

void add_text(LocalText& to, std::string_view language, std::string_view text, Repairs& repairs) {
  put(to, language, cut(cleaned_text(text, repairs), kMaxShortText, repairs));
}

void add_note(LocalText& to, std::string_view language, std::string_view text, Repairs& repairs) {
  std::string lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = cleaned_text(text.substr(begin, end - begin), repairs);
    const bool gap = line.empty() && (lines.empty() || lines.ends_with("\n\n"));
    if (!gap) lines += line + "\n";
    begin = end + 1;
  }
  while (lines.ends_with('\n')) lines.pop_back();
  put(to, language, cut(std::move(lines), kMaxLongText, repairs));
}

std::string slug_of_code(std::string_view code) {
  std::string words;
  char last = ' ';
  for (const char c : code) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (is_upper && ((last >= 'a' && last <= 'z') || (last >= '0' && last <= '9'))) words += '-';
    words += c;
    last = c;
  }
  return slug_of(words);
}

std::string id_of(const std::vector<std::string_view>& parts) {
  std::string id = fmt::format("{}", fmt::join(parts, "/"));
  if (id.size() <= kMaxId) return id;
  constexpr std::size_t kHash = 9;  // with its separator
  std::size_t end = kMaxId - kHash;
  while (end > 0 && (static_cast<unsigned char>(id[end]) & 0xC0) == 0x80) --end;
  return id.substr(0, end) + "~" + short_hash(id);
}

std::string unique_id(std::set<std::string>& taken, const std::string& id) {
  std::string unique = id;
  for (std::size_t n = 2; !taken.insert(unique).second; ++n)
    unique = id_of({fmt::format("{}~{}", id, n)});
  return unique;
}

std::string project_subject(std::string_view identifier) {
  const std::string slug = slug_of(identifier);
  return slug.empty() ? slug : "project/" + slug;
}

std::string ProjectSubjects::of(const std::string& identifier) {
  std::string subject = project_subject(identifier);
  if (subject.empty()) subject = "project/" + short_hash(identifier);
  const auto [taken, is_new] = identifiers_.emplace(subject, identifier);
  if (is_new || taken->second == identifier) return subject;
  subject += "-" + short_hash(identifier);
  if (identifiers_.emplace(subject, identifier).second)
    remarks_.push_back(fmt::format("'{}' and '{}' fall together as a name: the second became {}",
                                   clipped(taken->second), clipped(identifier), subject));
  return subject;
}

Event& Telling::add(std::string_view type, std::string_view place) {
  Event& event = events_.emplace_back();
  event.id = unique_id(ids_, place.empty() ? id_of({key, type}) : id_of({key, type, place}));
  event.source = source;
  event.subject = subject;
  event.type = type;
  event.known = known.day;
  event.known_precision = known.precision;
  event.sources = sources;
  return event;
}

Event& Telling::add_plan(std::string_view type, std::string_view place) {
  Event& event = add(type, place.empty() ? "plan" : fmt::format("{}/plan", place));
  event.modality = Modality::planned;
  return event;
}

bool Telling::has_come(const std::string& date) const {
  const auto edtf = parse_edtf(date);
  return edtf && edtf->bounds.earliest <= known.day;
}

Event& Telling::add_on(const std::string& date, std::string_view type, std::string_view place) {
  const bool came = date.empty() || has_come(date);
  Event& event = came ? add(type, place) : add_plan(type, place);
  event.occurred = date;
  return event;
}

void Telling::label_last(std::size_t from, std::string_view word, Repairs& repairs) {
  for (std::size_t i = events_.size(); i > from; --i) {
    Event& event = events_[i - 1];
    if (event.modality != Modality::actual) continue;
    event.label = cut(cleaned_text(word, repairs), kMaxShortText, repairs);
    return;
  }
}

std::vector<Exchanged> Telling::take() {
  std::vector<Exchanged> all;
  all.reserve(events_.size());
  for (Event& event : events_) all.push_back({normalized(std::move(event)), {}, {}});
  events_.clear();
  return all;
}

}  // namespace solnoma

#include "events/validate/field.hpp"

#include <unicode/uloc.h>

#include "engine/event.hpp"
#include "events/edtf.hpp"
#include "events/text/id_text.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"

namespace solnoma {
namespace {

/// The canonical form of a BCP 47 tag (RFC 5646, 4.5); empty: it is not well-formed.
std::string canonical_tag(const std::string& tag) {
  constexpr std::size_t kLongest = 100;
  char locale[kLongest * 2];
  char canonical[kLongest * 2];
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t used = 0;
  if (tag.size() > kLongest) return {};
  uloc_forLanguageTag(tag.c_str(), locale, sizeof locale, &used, &status);
  if (U_FAILURE(status) || static_cast<std::size_t>(used) != tag.size()) return {};
  const std::int32_t size =
      uloc_toLanguageTag(locale, canonical, sizeof canonical, /*strict=*/1, &status);
  if (U_FAILURE(status) || size >= static_cast<std::int32_t>(sizeof canonical)) return {};
  return {canonical, static_cast<std::size_t>(size)};
}

}  // namespace

std::unexpected<Error> wrong(const Field& field, std::string what, std::string remedy) {
  return at(field.text(), Error{Errc::invalid, std::move(what), {}, std::move(remedy)});
}

Outcome check_text(const Field& field, const std::string& value, std::size_t most, Lines lines) {
  if (auto ok = check_text(std::string_view(value), most, lines); !ok)
    return at(field.text(), ok.error());
  return {};
}

Outcome check_required(const Field& field, const std::string& value, std::size_t most) {
  if (value.empty()) return wrong(field, "this field is missing", "every event needs one");
  return check_text(field, value, most);
}

Outcome check_local(const Field& field, const LocalText& value, std::size_t most, Lines lines) {
  if (const std::string* plain = value.plain()) return check_text(field, *plain, most, lines);
  for (const LocalPlace& each : kLocalTexts)
    if (auto ok = check_text(Field(field, each.tag.data()), value.*each.text, most, lines); !ok)
      return ok;
  if (auto ok = check_entries(field, value.others.size()); !ok) return ok;
  const std::string* last = nullptr;
  for (const TaggedText& other : value.others) {
    const Field place(field, other.language.c_str());
    if (other.language.empty()) return wrong(field, "a text has no language", "name one");
    if (auto ok = check_language(place, other.language); !ok) return ok;
    if (has_place(other.language) || (last != nullptr && *last >= other.language))
      return wrong(place, "a language stands twice or out of order", "give each text once");
    if (other.text.empty()) return wrong(place, "it is empty", "take it out");
    if (auto ok = check_text(place, other.text, most, lines); !ok) return ok;
    last = &other.language;
  }
  return {};
}

Outcome check_note(const Field& field, const LocalText& value) {
  return check_local(field, value, kMaxLongText, Lines::many);
}

Outcome check_id(const Field& field, const std::string& value, std::size_t most) {
  if (value.empty()) return wrong(field, "this field is missing", "every event needs one");
  if (auto ok = check_id(std::string_view(value), most); !ok) return at(field.text(), ok.error());
  return {};
}

Outcome check_reference(const Field& field, const std::string& value, std::size_t most) {
  if (value.size() > most)
    return wrong(field, fmt::format("it has {} bytes, more than {}", value.size(), most),
                 "shorten it");
  return check_text(field, value, most);
}

Outcome check_date(const Field& field, const std::string& value) {
  if (value.empty()) return {};
  if (auto edtf = parse_edtf(value); !edtf) return at(field.text(), edtf.error());
  return {};
}

Outcome check_slug(const Field& field, const std::string& value, const char* what,
                   const char* example) {
  if (value.empty() || (is_slug(value) && value.size() <= kMaxShortText)) return {};
  return wrong(
      field, fmt::format("'{}' is no {}", clipped(value), what),
      fmt::format("write it in lower-case letters, digits and hyphens, as in {}", example));
}

Outcome check_subject(const Field& field, const std::string& value) {
  const auto slash = value.find('/');
  if (value.size() <= kMaxSubjectName && slash != std::string::npos &&
      is_slug(std::string_view(value).substr(0, slash)) &&
      is_slug(std::string_view(value).substr(slash + 1)))
    return {};
  if (value.empty()) return wrong(field, "this field is missing", "every event needs one");
  return wrong(field, fmt::format("'{}' is no subject", clipped(value)),
               fmt::format("write kind/name in lower-case letters, digits and hyphens, as in "
                           "park/chirchik, in at most {} bytes",
                           kMaxSubjectName));
}

Outcome check_language(const Field& field, const std::string& tag) {
  const std::string canonical = canonical_tag(tag);
  if (canonical.empty())
    return wrong(field, fmt::format("'{}' is no language", clipped(tag)),
                 "write a BCP 47 tag, as in zh-Hans, fa or uz-Cyrl");
  if (canonical != tag)
    return wrong(field, fmt::format("'{}' is not how this language is tagged", clipped(tag)),
                 fmt::format("write {}", canonical));
  return {};
}

Outcome check_entries(const Field& field, std::size_t count) {
  if (count <= kMaxEntries) return {};
  return wrong(field, fmt::format("it has {} entries, more than {}", count, kMaxEntries),
               "split the event");
}

}  // namespace solnoma

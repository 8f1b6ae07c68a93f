#include "events/text/id_text.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "events/text/nfc.hpp"
#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

bool is_plain(std::uint32_t c) {
  return c > 0x20 && c < 0x7F;
}

/// What prints nothing, or a space that is not the one of the keyboard.
bool is_hidden(std::uint32_t c) {
  if (is_plain(c) || c == ' ') return false;
  const auto point = static_cast<UChar32>(c);
  switch (u_charType(point)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return true;
    default:  // fillers and variation selectors are letters and marks by their category
      return u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ||
             u_isUWhiteSpace(point) != 0;
  }
}

std::string name_of(std::uint32_t c) {
  char name[100] = "";
  UErrorCode error = U_ZERO_ERROR;
  // Controls have names only among the aliases; where ICU has no data, the number must do.
  u_charName(static_cast<UChar32>(c), U_EXTENDED_CHAR_NAME, name, sizeof name, &error);
  return U_SUCCESS(error) && name[0] != '\0' && name[0] != '<'
             ? fmt::format("U+{:04X} ({})", c, name)
             : fmt::format("U+{:04X}", c);
}

}  // namespace

Result<void> check_id(std::string_view id, std::size_t most) {
  if (id.size() > most)
    return fail(Errc::invalid, fmt::format("it has {} bytes, more than {}", id.size(), most),
                "shorten it");
  for (std::size_t i = 0; i < id.size();) {
    const CodePoint point = first_code_point(id.substr(i));
    if (point.size == 0)
      return fail(Errc::invalid, fmt::format("byte {} is not UTF-8", i + 1),
                  "save the text as UTF-8");
    if (is_hidden(point.value))
      return fail(Errc::invalid,
                  fmt::format("byte {} is {}, which cannot be seen", i + 1, name_of(point.value)),
                  "take it out");
    if (point.value == ' ' && (i == 0 || i + 1 == id.size()))
      return fail(Errc::invalid,
                  fmt::format("it {} with a space (U+0020)", i == 0 ? "begins" : "ends"),
                  "take it out");
    i += point.size;
  }
  if (!is_nfc(id))
    return fail(Errc::invalid, "it is not in Unicode's normal form C", "compose its accents (NFC)");
  return {};
}

namespace {

/// A text in which bytes that are no UTF-8 are made visible, and characters of which
/// `is_shown(c, i)` says so, where they begin at byte `i`.
template <class IsShown>
std::string with_shown(std::string_view text, const IsShown& is_shown) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = first_code_point(text.substr(i));
    if (point.size == 0)
      out += fmt::format("\\x{{{:02x}}}", static_cast<unsigned char>(text[i]));
    else if (is_shown(point.value, i))
      out += fmt::format("\\u{{{:x}}}", point.value);
    else
      out += text.substr(i, point.size);
    i += point.size == 0 ? 1 : point.size;
  }
  return out;
}

}  // namespace

std::string visible_id(std::string_view id) {
  return with_shown(id, [&](std::uint32_t c, std::size_t i) {
    const bool at_an_end = i == 0 || i + 1 == id.size();
    return is_hidden(c) || (c == ' ' && at_an_end);
  });
}

std::string unhidden(std::string_view text) {
  return with_shown(text, [](std::uint32_t c, std::size_t /*i*/) {
    constexpr std::uint32_t kNonJoiner = 0x200C, kJoiner = 0x200D;
    const bool stays =
        c == kNonJoiner || c == kJoiner || u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR;
    return is_hidden(c) && !stays;
  });
}

}  // namespace solnoma

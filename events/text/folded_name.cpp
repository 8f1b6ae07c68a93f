#include "events/text/folded_name.hpp"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <optional>

namespace solnoma {
namespace {

bool is_apostrophe(UChar32 c) {
  constexpr std::u32string_view kAll = U"'`´‘’ʻʼʹ′";
  return kAll.find(static_cast<char32_t>(c)) != kAll.npos;
}

/// The same for names in ASCII, which most are.
std::optional<std::string> folded_ascii(std::string_view name) {
  std::string words;
  bool gap = false;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
    if (c == '\'' || c == '`') continue;
    if (!(lower >= 'a' && lower <= 'z') && !(c >= '0' && c <= '9')) {
      gap = !words.empty();
      continue;
    }
    if (gap) words += ' ';
    gap = false;
    words += lower;
  }
  return words;
}

}  // namespace

std::string folded_name(std::string_view name) {
  if (auto words = folded_ascii(name)) return *words;
  UErrorCode error = U_ZERO_ERROR;
  const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  const auto* split = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return std::string(name);  // ICU's data is missing: exact names only
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  const icu::UnicodeString letters = split->normalize(fold->normalize(text, error), error);
  if (U_FAILURE(error)) return std::string(name);
  icu::UnicodeString words;
  bool gap = false;
  for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    const UChar32 c = letters.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK || is_apostrophe(c)) continue;
    if (!u_isalnum(c)) {
      gap = !words.isEmpty();
      continue;
    }
    if (gap) words.append(static_cast<UChar32>(' '));
    gap = false;
    words.append(c);
  }
  std::string result;
  return words.toUTF8String(result);
}

bool has_words(std::string_view name, std::string_view typed) {
  return !typed.empty() &&
         fmt::format(" {}", name).find(fmt::format(" {}", typed)) != std::string::npos;
}

}  // namespace solnoma

#include "events/text/folded_name.hpp"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace solnoma {
namespace {

bool is_apostrophe(UChar32 c) {
  constexpr std::u32string_view kAll = U"'`´‘’ʻʼʹ′";
  return kAll.find(static_cast<char32_t>(c)) != kAll.npos;
}

}  // namespace

std::string folded_name(std::string_view name) {
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

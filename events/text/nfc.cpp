#include "events/text/nfc.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "events/text/eight_bytes.hpp"
#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

bool is_ascii(std::string_view text) {
  const std::size_t eights =
      unmarked_prefix(text, [](std::uint64_t bytes) { return bytes & kTopBits; });
  return std::ranges::all_of(text.substr(eights),
                             [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (point.size == 0) return false;
    text.remove_prefix(point.size);
  }
  return true;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

/// Its tables are part of ICU's code: it is there also where ICU's data files are not.
const icu::Normalizer2* form_c() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(error);
  return U_SUCCESS(error) ? form : nullptr;
}

/// Precondition: `text` is UTF-8.
bool is_composed(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = form_c();
  return form != nullptr && form->isNormalizedUTF8(piece(text), error) && U_SUCCESS(error);
}

}  // namespace

bool is_nfc(std::string_view text) {
  return is_ascii(text) || (is_utf8(text) && is_composed(text));
}

void make_nfc(std::string& text) {
  if (is_ascii(text) || !is_utf8(text) || is_composed(text)) return;
  UErrorCode error = U_ZERO_ERROR;
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  if (const icu::Normalizer2* form = form_c(); form != nullptr) {
    form->normalizeUTF8(0, piece(text), sink, nullptr, error);
    if (U_SUCCESS(error)) text = std::move(composed);
  }
}

std::string nfc(std::string_view text) {
  std::string form(text);
  make_nfc(form);
  return form;
}

}  // namespace solnoma

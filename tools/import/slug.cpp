#include "tools/import/slug.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kMostSlug = 100;

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

std::string to_ascii(std::string_view text) {
  // ICU's transliterators may be used by one thread at a time.
  thread_local const std::unique_ptr<icu::Transliterator> transliterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    SOLNOMA_CHECK(U_SUCCESS(status));
    return made;
  }();
  icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  transliterator->transliterate(unicode);
  std::string ascii;
  unicode.toUTF8String(ascii);
  return ascii;
}

}  // namespace

std::string slug_of(std::string_view text) {
  std::string slug;
  for (const char c : is_ascii(text) ? std::string(text) : to_ascii(text)) {
    if (c >= 'A' && c <= 'Z')
      slug += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      slug += c;
    else if (c != '\'' && !slug.empty() && slug.back() != '-')
      slug += '-';
  }
  if (slug.size() > kMostSlug) {
    slug.resize(kMostSlug);
    if (const auto end = slug.rfind('-'); end != std::string::npos && end > kMostSlug / 2)
      slug.resize(end);
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

}  // namespace solnoma

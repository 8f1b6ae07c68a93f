#include "tools/import/table/encoding.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>

#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

using namespace std::string_view_literals;

constexpr std::pair<std::string_view, std::string_view> kMarks[] = {
    {"\xEF\xBB\xBF"sv, "UTF-8"sv}, {"\xFF\xFE"sv, "UTF-16LE"sv}, {"\xFE\xFF"sv, "UTF-16BE"sv}};

/// The part before the last line end: whole characters.
std::string_view beginning_of(std::string_view text) {
  constexpr std::size_t kEnough = 64 << 10;
  if (text.size() <= kEnough) return text;
  const std::size_t end = text.rfind('\n', kEnough);
  return text.substr(0, end == std::string_view::npos ? kEnough : end);
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint next = first_code_point(text.substr(i));
    if (next.size == 0) return false;
    i += next.size;
  }
  return true;
}

bool is_utf16(std::string_view text, std::size_t zero) {
  if (text.size() < 4) return false;
  for (std::size_t i = 0; i < 4; ++i)
    if ((text[i] == '\0') != (i % 2 == zero)) return false;
  return true;
}

std::string detected(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                            &ucsdet_close);
  ucsdet_setText(detector.get(), text.data(), static_cast<std::int32_t>(text.size()), &status);
  const UCharsetMatch* const match = ucsdet_detect(detector.get(), &status);
  const char* const name = match != nullptr ? ucsdet_getName(match, &status) : nullptr;
  if (U_FAILURE(status) || name == nullptr) return "windows-1252";
  // What Windows writes has all that the ISO sets have, and quotes and dashes beside it.
  if (name == "ISO-8859-1"sv) return "windows-1252";
  if (name == "ISO-8859-5"sv) return "windows-1251";
  return name;
}

}  // namespace

Encoding encoding_of(std::string_view text) {
  for (const auto& [mark, name] : kMarks)
    if (text.starts_with(mark)) return {std::string(name), mark.size()};
  if (is_utf16(text, 1)) return {"UTF-16LE"};
  if (is_utf16(text, 0)) return {"UTF-16BE"};
  const std::string_view beginning = beginning_of(text);
  return {is_utf8(beginning) ? "UTF-8" : detected(beginning)};
}

Result<void> to_utf8(std::string_view text, const std::string& encoding,
                     const std::function<Result<void>(std::string_view)>& take) {
  UErrorCode status = U_ZERO_ERROR;
  const auto open = [&](const char* name) {
    return std::unique_ptr<UConverter, decltype(&ucnv_close)>(ucnv_open(name, &status),
                                                              &ucnv_close);
  };
  const auto from = open(encoding.c_str());
  if (U_FAILURE(status))
    return fail(Errc::invalid, fmt::format("the encoding '{}' is not known", encoding),
                "write it as in UTF-8, UTF-16, windows-1251, windows-1252, KOI8-R");
  const auto to = open("UTF-8");
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::array<char, 1 << 16> piece;
  std::array<char16_t, 1 << 14> pivot;
  char16_t *pivot_source = pivot.data(), *pivot_target = pivot.data();
  const char* source = text.data();
  bool reset = true;
  do {
    status = U_ZERO_ERROR;
    char* target = piece.data();
    ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source,
                   text.data() + text.size(), pivot.data(), &pivot_source, &pivot_target,
                   pivot.data() + pivot.size(), reset, /*flush=*/true, &status);
    reset = false;
    if (auto ok = take({piece.data(), target}); !ok) return ok;
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status))
    return fail(Errc::invalid, fmt::format("byte {} is none of {}", source - text.data(), encoding),
                "name the encoding of the file in the mapping, as in encoding = \"windows-1251\"");
  return {};
}

}  // namespace solnoma

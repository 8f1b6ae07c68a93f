#include "tools/report/words/numbers.hpp"

#include <unicode/currunit.h>
#include <unicode/dtfmtsym.h>
#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/ucurr.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "engine/base/check.hpp"
#include "tools/report/words/once_per_language.hpp"

namespace solnoma {
namespace {

using icu::number::LocalizedNumberFormatter;
using icu::number::Notation;
using icu::number::NumberFormatter;
using icu::number::Precision;

const icu::Locale& locale(Language language) {
  static OncePerLanguage<icu::Locale> locales;
  return locales.get(language, [&] { return icu::Locale(code_of(language).data()); });
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string format(const LocalizedNumberFormatter& formatter, std::string_view decimal) {
  UErrorCode error = U_ZERO_ERROR;
  const auto number =
      formatter.formatDecimal({decimal.data(), static_cast<std::int32_t>(decimal.size())}, error);
  std::string text = utf8(number.toString(error));
  return U_SUCCESS(error) ? text : std::string(decimal);
}

/// English has the room for "million"; the others write "млн", "mln".
Notation compact(Language language) {
  return language == Language::en ? Notation::compactLong() : Notation::compactShort();
}

/// Whether "60 million" says all of it: few digits, then zeros for the word.
bool is_round(std::string_view decimal) {
  std::string_view whole = decimal;
  if (whole.starts_with('-')) whole.remove_prefix(1);
  if (whole.contains('.') || whole.size() < 7) return false;
  const std::size_t zeros = whole.size() - 1 - whole.find_last_not_of('0');
  const std::size_t word = (whole.size() - 1) / 3 * 3;  // digits that the word stands for
  return word <= zeros + 3 && whole.size() <= 15;
}

std::string list(const std::vector<std::string>& parts, Language language,
                 UListFormatterType type) {
  std::vector<icu::UnicodeString> items;
  for (const std::string& part : parts) items.push_back(icu::UnicodeString::fromUTF8(part));
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::ListFormatter> formatter(
      icu::ListFormatter::createInstance(locale(language), type, ULISTFMT_WIDTH_WIDE, error));
  icu::UnicodeString text;
  if (U_SUCCESS(error))
    formatter->format(items.data(), static_cast<std::int32_t>(items.size()), text, error);
  SOLNOMA_CHECK(U_SUCCESS(error));
  return utf8(text);
}

MonthNames read_months(Language language) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale(language), error);
  SOLNOMA_CHECK(U_SUCCESS(error));
  const auto read = [&](icu::DateFormatSymbols::DtContextType context,
                        icu::DateFormatSymbols::DtWidthType width) {
    std::int32_t count = 0;
    const icu::UnicodeString* names = symbols.getMonths(count, context, width);
    std::vector<std::string> months;
    for (std::int32_t i = 0; i < count; ++i) {
      // Uzbek months stand inside a sentence here: lower case, as in a date.
      icu::UnicodeString month = names[i];
      if (language != Language::en) month.toLower(locale(language));
      months.push_back(utf8(month));
    }
    return months;
  };
  using Symbols = icu::DateFormatSymbols;
  MonthNames names{.in_date = read(Symbols::FORMAT, Symbols::WIDE),
                   .alone = read(Symbols::STANDALONE, Symbols::WIDE),
                   .brief = read(Symbols::STANDALONE, Symbols::ABBREVIATED)};
  for (std::string& month : names.brief)
    if (month.ends_with('.')) month.pop_back();
  return names;
}

/// What of ICU is made once for a language, when first asked for.
struct Formats {
  explicit Formats(Language language)
      : plain(NumberFormatter::withLocale(locale(language)).precision(Precision::unlimited())),
        large(plain.notation(compact(language))),
        months(read_months(language)) {}

  LocalizedNumberFormatter plain, large;
  MonthNames months;
};

const Formats& formats(Language language) {
  static OncePerLanguage<Formats> made;
  return made.get(language, [&] { return Formats(language); });
}

/// The format that writes the name of a currency, kept for each: to make one takes fifty times as
/// long as to use it. There are some 300 currencies.
const LocalizedNumberFormatter& format_of_currency(const std::string& code, Language language) {
  static std::mutex mutex;
  static std::map<std::pair<Language, std::string>, LocalizedNumberFormatter> kept;
  const std::lock_guard lock(mutex);
  const auto [entry, is_new] = kept.try_emplace({language, code});
  if (is_new) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::CurrencyUnit unit(std::u16string(code.begin(), code.end()).c_str(), error);
    entry->second = formats(language).plain.unit(unit).unitWidth(UNUM_UNIT_WIDTH_FULL_NAME);
  }
  return entry->second;
}

}  // namespace

std::string number_in_words(std::string_view decimal, Language language) {
  return format(formats(language).plain, decimal);
}

std::string large_number_in_words(std::string_view decimal, Language language) {
  return format(is_round(decimal) ? formats(language).large : formats(language).plain, decimal);
}

std::string currency_in_words(std::string_view code, std::string_view decimal, Language language) {
  if (code.size() != 3 || !std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; }))
    return "";
  const std::u16string wide(code.begin(), code.end());
  if (ucurr_getNumericCode(wide.c_str()) == 0) return "";
  // Every one of these languages puts the name behind the number.
  const std::string both = format(format_of_currency(std::string(code), language), decimal);
  const std::string number = number_in_words(decimal, language);
  return both.starts_with(number) ? both.substr(number.size() + 1) : "";
}

std::string any_of_in_words(const std::vector<std::string>& parts, Language language) {
  return list(parts, language, ULISTFMT_TYPE_OR);
}

std::string all_of_in_words(const std::vector<std::string>& parts, Language language) {
  return list(parts, language, ULISTFMT_TYPE_AND);
}

const MonthNames& month_names(Language language) {
  return formats(language).months;
}

}  // namespace solnoma

#include "tools/report/words/plurals.hpp"

#include <unicode/plurrule.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "tools/report/words/messages.hpp"
#include "tools/report/words/once_per_language.hpp"

namespace solnoma {
namespace {

/// Categories of whole numbers, each with the least number that is of it.
using Samples = std::vector<std::pair<std::string, std::uint64_t>>;

constexpr std::int32_t kEnough = 200;  // no language has a form that begins later

Samples sampled(Language language) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::PluralRules> rules(
      icu::PluralRules::forLocale(icu::Locale(code_of(language).data()), error));
  if (U_FAILURE(error)) return {{"other", 1}};
  Samples samples;
  for (std::int32_t n = 1; n <= kEnough; ++n) {
    std::string category;
    rules->select(n).toUTF8String(category);
    if (std::ranges::find(samples, category, &Samples::value_type::first) == samples.end())
      samples.emplace_back(std::move(category), n);
  }
  return samples;
}

const Samples& samples_of(Language language) {
  static OncePerLanguage<Samples> kept;
  return kept.get(language, [&] { return sampled(language); });
}

}  // namespace

const std::vector<std::string>& plural_categories(Language language) {
  static OncePerLanguage<std::vector<std::string>> kept;
  return kept.get(language, [&] {
    std::vector<std::string> categories;
    for (const auto& [category, n] : samples_of(language)) categories.push_back(category);
    return categories;
  });
}

void complete(PluralForms& forms, Language language) {
  if (const auto most = forms.find(plural_categories(language).back()); most != forms.end())
    forms.try_emplace("other", most->second);
}

PluralForms plural_forms(Language language, std::string_view one, std::string_view many) {
  PluralForms forms;
  for (const auto& [category, n] : samples_of(language))
    forms.emplace(category, translate_plural(language, one, many, n));
  complete(forms, language);
  return forms;
}

}  // namespace solnoma

#include "tools/import/standards/iati_texts.hpp"

#include <algorithm>
#include <array>

#include "tools/import/standards/telling.hpp"

namespace solnoma {
namespace {

struct DateType {
  std::string_view code, word, name;
};
constexpr auto kDateTypes = std::to_array<DateType>({
    {"1", "start-planned", "planned start"},
    {"2", "start-actual", "actual start"},
    {"3", "end-planned", "planned end"},
    {"4", "end-actual", "actual end"},
});

}  // namespace

std::string plain_attribute(const XmlElement& element, std::string_view name) {
  const auto found = std::ranges::find(element.attributes, name, &XmlElement::Attribute::name);
  return found != element.attributes.end() ? found->value : std::string();
}

std::string narrative_text(const XmlElement& element) {
  for (const XmlElement* narrative : element.all("narrative"))
    if (!narrative->own_text.empty()) return narrative->own_text;
  return element.own_text;
}

std::string narrative_of(const XmlElement& element, std::string_view name) {
  for (const XmlElement* each : element.all(name))
    if (std::string text = narrative_text(*each); !text.empty()) return text;
  return {};
}

std::string iati_date(const XmlElement& element) {
  std::string text = plain_attribute(element, "iso-date");
  if (text.empty()) text = element.own_text;
  return date_of_standard(text).value_or("");
}

IatiDates dates_of(const XmlElement& activity) {
  IatiDates dates;
  for (const XmlElement* each : activity.all("activity-date")) {
    const std::string type = plain_attribute(*each, "type");
    for (const DateType& known : kDateTypes)
      if (type == known.code || type == known.word)
        if (std::string date = iati_date(*each); !date.empty())
          dates.emplace(known.name, std::move(date));
  }
  return dates;
}

}  // namespace solnoma

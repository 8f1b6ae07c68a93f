#include "tools/report/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "events/text.hpp"
#include "tools/report/messages.hpp"

namespace solnoma {
namespace {

std::string not_later(Day day, Language language) {
  return translate(language, "by {}", to_string(day));
}

/// 10200000000 reads better as 10 200 000 000; fractions stay as they are.
std::string grouped(const std::string& decimal) {
  const auto dot = decimal.find('.');
  std::string whole = decimal.substr(0, dot);
  const std::size_t first = whole.starts_with('-') ? 1 : 0;
  for (std::size_t i = whole.size(); i > first + 3;) {
    i -= 3;
    whole.insert(i, " ");
  }
  return dot == std::string::npos ? whole : whole + decimal.substr(dot);
}

std::string cite(const Event& event, bool addresses) {
  std::string text;
  for (const Source& source : event.sources) {
    std::string one = source.publisher;
    const auto add = [&](const std::string& part) {
      if (!part.empty()) one += (one.empty() ? "" : ", ") + part;
    };
    add(source.published);
    if (addresses) add(source.url);
    text += (text.empty() ? "" : "; ") + one;
  }
  return visible(text);
}

/// A name without its hyphens: "more than".
std::string spoken(std::string_view name) {
  std::string words(name);
  std::ranges::replace(words, '-', ' ');
  return words;
}

}  // namespace

std::string when(const Event& event, Bounds bounds, Language language) {
  if (event.occurred.empty())
    return event.modality == Modality::planned ? std::string(translate(language, "no date"))
                                               : not_later(event.known, language);
  const auto edtf = parse_edtf(event.occurred);
  const bool cut = edtf && edtf->bounds.latest != bounds.latest && is_calendar_day(bounds.latest);
  return cut ? fmt::format("{}, {}", event.occurred, not_later(bounds.latest, language))
             : event.occurred;
}

std::string phrase(const Quantity& quantity, Language language) {
  std::string text = grouped(quantity.value);
  if (quantity.bound != Bound::exact)
    text = translate(language, spoken(name(quantity.bound)) + " {}", text);
  if (quantity.unit != quantity.measure)
    text += fmt::format(" {}", translate(language, quantity.unit));
  if (!quantity.period.empty()) text += fmt::format(" ({})", quantity.period);
  return visible(text);
}

std::string phrase(const StatusAt& status, Language language) {
  std::string text(translate(language, name(status.status)));
  for (std::size_t i = 0; i < kStatuses; ++i) {
    const auto other = static_cast<Status>(i);
    if (status.possible.test(i) && other != status.status)
      text +=
          fmt::format(", {} {}", translate(language, "possibly"), translate(language, name(other)));
  }
  return text;
}

std::string publishers(const Event& event) {
  return cite(event, /*addresses=*/false);
}

std::string citation(const Event& event) {
  return cite(event, /*addresses=*/true);
}

std::string title(const Event& event, Language language) {
  if (!event.title.empty()) return visible(event.title.in(language));
  if (event.description) return visible(event.description->names.in(language));
  if (!event.note.empty() && event.type == kEventTypes[kRetracted].name)
    return visible(event.note);  // the reason
  return visible(translate(language, event.type));
}

std::string phrase(const Plan& plan, Language language) {
  std::string text(translate(language, name(plan.state)));
  if (plan.baseline != plan.revision) text += fmt::format(" ({})", translate(language, "revised"));
  const auto& [least, most] = plan.slippage;
  if (least && most)
    text += ", " + translate(language, "{} days",
                             *least == *most ? fmt::format("{:+}", *least)
                                             : fmt::format("{:+} … {:+}", *least, *most));
  return text;
}

std::string phrase(const Vantage& vantage, Language language) {
  return fmt::format("{}, {}, {}", translate(language, "as of {}", to_string(vantage.as_of)),
                     is_calendar_day(vantage.known_by)
                         ? translate(language, "known by {}", to_string(vantage.known_by))
                         : std::string(translate(language, "all that is known")),
                     translate(language, "log position {}", fmt::format("{}", vantage.at.value)));
}

}  // namespace solnoma

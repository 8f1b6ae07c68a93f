#include "tools/report/article/event_words.hpp"

#include <fmt/format.h>

#include <utility>

#include "events/event_type.hpp"

namespace solnoma {

std::string EventWords::when(Revision revision) const {
  const Event& event = view_.event(revision);
  const TypeCode type = type_code(event.type);
  if (type == kDescribed || type == kRetracted) return "";
  const Row& row = view_.rows[revision.value - 1];
  const Bounds bounds{row.earliest, row.latest};
  return full() ? when_in_words(event, bounds, language_, Wording::name)
                : solnoma::when(event, bounds, language_);
}

Cell EventWords::what(Revision revision) const {
  const Event& event = view_.event(revision);
  Cell cell{{title(event, language_)}};
  if (type_code(event.type) == kDescribed)
    cell.front().text =
        fmt::format("{}: {}", type_in_words(event.type, language_), cell.front().text);
  for (const Quantity& quantity : event.quantities)
    cell.push_back(
        {fmt::format("{}: {}", measure_in_words(quantity.measure, language_),
                     full() ? in_words(quantity, language_) : phrase(quantity, language_))});
  return cell;
}

std::string EventWords::told(Revision revision) const {
  std::string text;
  for (const Piece& each : what(revision)) text += (text.empty() ? "" : "; ") + each.text;
  return text;
}

std::string EventWords::day(Day day) const {
  return full() ? day_in_words(day, language_) : to_string(day);
}

Cell EventWords::sources(Revision revision) {
  const Event& event = view_.event(revision);
  if (std::string cited = full() ? citation_in_words(event, language_) : citation(event, language_);
      !cited.empty())
    cited_.insert(std::move(cited));
  Cell cell;
  for (const Source& each : event.sources) {
    std::string text = each.publisher.in(language_);
    if (!each.published.empty())
      text += (text.empty() ? "" : ", ") +
              (full() ? date_in_words(each.published, language_, Wording::name) : each.published);
    cell.push_back({text.empty() ? each.url : text, each.url});
  }
  return cell;
}

}  // namespace solnoma

#include "tools/serve/change_question.hpp"

#include <fmt/format.h>

#include "engine/tree_head.hpp"
#include "events/text/quote.hpp"
#include "tools/serve/asked_zone.hpp"
#include "tools/serve/choices.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/shared/status_news.hpp"

namespace solnoma {

std::expected<ChangeQuestion, HttpAnswer> change_question(const HttpRequest& request, bool of_atom,
                                                          std::uint64_t limit,
                                                          std::uint64_t largest) {
  ChangeQuestion asked;
  asked.limit = limit;
  for (const auto& [name, value] : request.query) {
    if (name == kZoneOption) continue;
    const auto number = number_from(value);
    const auto language = language_from(value);
    if (name == "limit" && number && *number > 0 && *number <= largest)
      asked.limit = *number;
    else if (name == "lang" && language && of_atom)
      asked.language = *language;
    else if (name == "before" && of_atom)
      asked.before = value;
    else if (name == "after" && !of_atom)
      asked.after = value;
    else if (name == "summed" && !of_atom && (value.empty() || value == "true"))
      asked.summed = true;
    else if (!take_choice(asked.choices.selection, name, value))
      return std::unexpected(problem_answer(
          400, fmt::format("'{}={}' cannot be asked of changes", clipped(name), clipped(value)),
          fmt::format("it takes {}, limit (up to {}), subject, kind, type, region, country and "
                      "partner",
                      of_atom ? "before, lang (en, ru, uz)" : "after, summed", largest)));
  }
  return asked;
}

std::string change_cursor(const Vantage& told) {
  return fmt::format("{}/{}", told.at.value, to_string(told.as_of));
}

std::expected<Vantage, HttpAnswer> vantage_of(std::string_view cursor, Day today,
                                              const LocalDay& local_day, const Log& log) {
  const auto refused = [&](unsigned status, const std::string& why, std::string remedy) {
    return std::unexpected(problem_answer(
        status, fmt::format("the cursor '{}' {}", clipped(cursor), why), std::move(remedy)));
  };
  const auto malformed = [&] {
    return refused(400, "is none", "write it as it was told, or a position, as in 52/2026-11-25");
  };
  const std::size_t slash = cursor.find('/');
  const std::string_view place = cursor.substr(0, slash);
  const std::size_t hash_end = place.find('@');
  const auto position =
      number_from(hash_end == std::string_view::npos ? place : place.substr(hash_end + 1));
  if (!position || *position > kNewest.value) return malformed();
  const Position at{*position};
  if (at > log.head()) {
    auto later =
        refused(503, fmt::format("lies beyond the log, which ends at {}", log.head().value),
                "ask again in a moment, or with a cursor of this log");
    later.error().headers.emplace_back("Retry-After", "1");
    return later;
  }
  if (hash_end != std::string_view::npos && hash_end != 0) {
    const auto promised = tree_head_from(place);
    if (!promised) return malformed();
    const auto head = log.tree_head(at);
    if (!head) return std::unexpected(problem_answer(Failure(head.error())));
    if (*head != *promised)
      return refused(409, "is of another log than this, or it was rewritten", "begin anew");
  }
  Result<Day> day = slash == std::string_view::npos ? day_at(log, at, today, local_day)
                                                    : day_from_text(cursor.substr(slash + 1));
  if (!day && slash != std::string_view::npos) return malformed();
  if (!day) return std::unexpected(problem_answer(Failure(day.error())));
  if (*day > today)
    return refused(400, fmt::format("is of a day to come: today is {}", to_string(today)),
                   "ask as of a day that there was");
  return Vantage{*day, kOpenFuture, at};
}

std::string address_with(const HttpRequest& request, std::string_view parameter,
                         const std::optional<std::string>& value) {
  std::string address;
  for (const std::string& segment : request.path) address += "/" + percent_encoded(segment);
  char separator = '?';
  const auto add = [&](std::string_view name, std::string_view text) {
    address += std::exchange(separator, '&') + percent_encoded(name);
    if (!text.empty()) address += "=" + percent_encoded(text);
  };
  for (const auto& [name, text] : request.query)
    if (name != parameter) add(name, text);
  if (value) add(parameter, *value);
  return address;
}

}  // namespace solnoma

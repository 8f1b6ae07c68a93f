#include "tools/serve/asked_zone.hpp"

#include "tools/serve/problem_answer.hpp"

namespace solnoma {

std::optional<HttpAnswer> refuse_zone(const HttpRequest& request) {
  const auto asked = request.asked(kZoneOption);
  if (!asked || asked->empty()) return std::nullopt;
  const auto day = local_day_in(*asked);
  return day ? std::nullopt : std::optional(problem_answer(day.error()));
}

LocalDay day_of_asker(const HttpRequest& request, const LocalDay& otherwise) {
  const auto asked = request.asked(kZoneOption);
  const std::string_view name = asked ? *asked : request.cookie(kZoneCookie);
  if (name.empty()) return otherwise;
  auto day = local_day_in(name);
  return day ? std::move(*day) : otherwise;
}

}  // namespace solnoma

#include "tools/serve/webhooks/news_reader.hpp"

#include <fmt/format.h>

#include "events/exchange.hpp"
#include "tools/serve/change_question.hpp"

namespace solnoma {

Try<NewsReader> NewsReader::of(const Webhook& hook, const Context& world, Log& log, Position after,
                               Day day) {
  if (hook.news == HookNews::changes) {
    auto changes =
        ChangeReader::of(hook.choices, world, Viewer{log, ""}, {day, kOpenFuture, after});
    if (!changes) return refuse(changes);
    return NewsReader(std::nullopt, std::move(*changes), day);
  }
  auto events = EventReader::of(hook.choices, world, Viewer{log, ""}, after);
  if (!events) return refuse(events);
  return NewsReader(std::move(*events), nullptr, day);
}

Try<bool> NewsReader::go_on(std::optional<HookMessage>& message) {
  constexpr std::size_t kEffort = 1'024;
  if (changes_)
    return changes_->go_on(kEffort, [&](const std::string& line) {
      message = HookMessage{change_cursor(changes_->told()), "application/json", line};
      return false;
    });
  auto more = events_->go_on([&](const StoredEvent& stored) {
    message = HookMessage{fmt::format("{}", stored.position.value), "application/cloudevents+json",
                          event_to_json(stored)};
    return false;
  });
  if (!more) return refuse(more);
  return *more;
}

Try<std::optional<HookMessage>> NewsReader::next(const std::function<bool()>& stop) {
  std::optional<HookMessage> message;
  for (bool more = true; more && !message && !stop();) {
    auto gone = go_on(message);
    if (!gone) return refuse(gone);
    more = *gone;
  }
  return message;
}

Position NewsReader::position() const {
  return changes_ ? changes_->told().at : events_->seen();
}

Day NewsReader::day() const {
  return changes_ ? changes_->told().as_of : day_;
}

}  // namespace solnoma

#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "tools/context.hpp"
#include "tools/serve/change_reader.hpp"
#include "tools/serve/event_reader.hpp"
#include "tools/serve/webhooks/hook_message.hpp"
#include "tools/serve/webhooks/webhook.hpp"

namespace solnoma {

/// The news of one webhook, one message after the other: what the streams of the same kind tell.
/// For one thread. `world` and the log must outlive it.
class NewsReader {
 public:
  /// Behind a position, and of changes a day. Errors: those of EventFilter::of().
  [[nodiscard]] static Try<NewsReader> of(const Webhook& hook, const Context& world, Log& log,
                                          Position after, Day day);

  /// The next message; nullopt: there is none now, or `stop` said so, which is asked from time to
  /// time. Errors: those of EventReader::go_on() and ChangeReader::go_on().
  [[nodiscard]] Try<std::optional<HookMessage>> next(const std::function<bool()>& stop);

  /// Up to where all was handed on, or passed over.
  [[nodiscard]] Position position() const;
  [[nodiscard]] Day day() const;

 private:
  NewsReader(std::optional<EventReader> events, std::unique_ptr<ChangeReader> changes, Day day)
      : events_(std::move(events)), changes_(std::move(changes)), day_(day) {}

  /// True: there may be more.
  [[nodiscard]] Try<bool> go_on(std::optional<HookMessage>& message);

  std::optional<EventReader> events_;
  std::unique_ptr<ChangeReader> changes_;  // null: it reads events
  Day day_;
};

}  // namespace solnoma

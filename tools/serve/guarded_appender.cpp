#include "tools/serve/guarded_appender.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/log.hpp"
#include "events/text/quote.hpp"
#include "tools/appender_for.hpp"

namespace solnoma {

Result<Appended> GuardedAppender::append(std::span<const NewEvent> batch,
                                         std::span<const Expectation> expectations) {
  if (!grant_.may(Scope::record))
    return fail(
        Errc::invalid,
        fmt::format("the token '{}' may {}, not record", clipped(grant_.name), name(grant_.scope)),
        "ask for another one");
  if (auto ok = check(batch, expectations); !ok) return std::unexpected(ok.error());
  auto appended = inner_.append(in_the_name_of(who_, batch), expectations);
  if (!appended) return appended;
  told_.recorded += appended->recorded;
  for (const Position position : appended->positions)
    told_.newest = std::max(told_.newest, position);
  return appended;
}

Result<Appended> GuardedAppender::try_append(std::span<const NewEvent> batch,
                                             std::span<const Expectation> expectations) {
  if (auto ok = check(batch, expectations); !ok) return std::unexpected(ok.error());
  auto tried = inner_.try_append(batch, expectations);
  told_.tried = tried && tried->recorded > 0 ? OwnedEvents::of(batch) : OwnedEvents();
  return tried;
}

Result<void> GuardedAppender::check(std::span<const NewEvent> batch,
                                    std::span<const Expectation> expectations) {
  for (const NewEvent& event : batch)
    if (auto ok = check_subject(event.subject); !ok) return ok;
  for (const Expectation& expectation : expectations)
    if (auto ok = check_subject(expectation.subject); !ok) return ok;
  if (grant_.subjects.empty()) return {};
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (auto ok = check_ids(batch[i], batch.first(i)); !ok)
      return at(fmt::format("event {}", i + 1), ok.error());
  return {};
}

Result<void> GuardedAppender::check_subject(std::string_view subject) {
  if (grant_.sees(subject)) return {};
  told_.not_theirs = subject;
  return fail(Errc::invalid, "a subject is not theirs");
}

Result<void> GuardedAppender::check_ids(const NewEvent& event,
                                        std::span<const NewEvent> before) const {
  const Log& whole = inner_.log();
  auto same = whole.find(event.source, event.id);
  if (!same) return std::unexpected(same.error());
  auto same_seen = seen_.find(event.source, event.id);
  if (!same_seen) return std::unexpected(same_seen.error());
  if (*same && !*same_seen)
    return fail(Errc::conflict,
                fmt::format("the id '{}' of this source is taken by another event", event.id),
                "give each event an id of its own");

  if (event.supersedes.empty()) return {};
  auto all = whole.find(event.supersedes);
  if (!all) return std::unexpected(all.error());
  auto seen = seen_.find(event.supersedes);
  if (!seen) return std::unexpected(seen.error());
  if (all->size() == seen->size()) return {};
  const auto missing = [&] {
    return fail(Errc::not_found,
                fmt::format("it supersedes '{}', which is not recorded", event.supersedes),
                "record that event first, or correct the id");
  };
  const auto is_in_batch = [&](bool of_source) {
    return std::ranges::any_of(before, [&](const NewEvent& earlier) {
      return earlier.id == event.supersedes &&
             (!of_source || earlier.source == event.supersedes_source);
    });
  };
  if (seen->empty() && !is_in_batch(/*of_source=*/false)) return missing();
  // Of which of them it would be found depends on one that they do not see.
  if (event.supersedes_source.empty())
    return fail(
        Errc::invalid,
        fmt::format("it supersedes '{}', an id that several sources have", event.supersedes),
        "name the source as well");
  auto named = seen_.find(event.supersedes_source, event.supersedes);
  if (!named) return std::unexpected(named.error());
  if (*named || is_in_batch(/*of_source=*/true)) return {};
  return missing();
}

}  // namespace solnoma

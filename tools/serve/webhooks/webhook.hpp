#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock.hpp"
#include "engine/day.hpp"
#include "tools/outcome.hpp"
#include "tools/serve/webhooks/hook_reach.hpp"
#include "tools/serve/webhooks/retry_delays.hpp"
#include "tools/shared/event_filter.hpp"

namespace solnoma {

/// What a webhook is told of: events, or changes of statuses and plans.
enum class HookNews : std::uint8_t { events, changes };
inline constexpr std::array<std::string_view, 2> kHookNews{"events", "changes"};
[[nodiscard]] constexpr std::string_view name(HookNews news) {
  return kHookNews[static_cast<std::size_t>(news)];
}

/// To whom news is posted, as the store's owner has said.
struct Webhook {
  std::string id;      ///< of its folder, and within the ids of its messages
  std::string name;    ///< unique in a store
  std::string url;     ///< https, or with HookReach::this_machine http
  std::string secret;  ///< signature.hpp
  /// The one before it, by which messages are signed, too, until then: who is told takes in the new
  /// one meanwhile. Empty: there is none.
  std::string old_secret = {};
  Instant old_until = {};
  HookNews news = HookNews::events;
  EventChoices choices = {};  ///< with dates as EDTF
  RetryDelays retry = {};
  std::chrono::seconds patience{15};  ///< for one delivery
  HookReach reach = HookReach::internet;
  std::string authorities = {};  ///< file, PEM, in place of those of the system; empty: these
  Day created;
};

/// What its messages are signed by at an instant: the secret, and behind it the old one while that
/// holds.
[[nodiscard]] std::vector<std::string> secrets_at(const Webhook& hook, Instant now);

/// Only so many are in a store: each has a thread.
inline constexpr std::size_t kMostHooks = 100;
inline constexpr std::uint64_t kLongestPatience = 60;  ///< seconds

/// The file of a store's webhooks: TOML, with their secrets, for its owner's eyes alone.
[[nodiscard]] std::string webhook_file(const std::string& store);
/// No file: no webhooks. Errors: invalid, naming the line; usage where it cannot be read, or others
/// may read or write it.
[[nodiscard]] Try<std::vector<Webhook>> read_webhooks(const std::string& file);
/// Whole or not at all, and without old secrets that have ended by `now`. A server takes it in at
/// once, also where nothing in it is different: then it looks anew at what is kept of each hook.
/// Errors: usage, io.
[[nodiscard]] Outcome write_webhooks(const std::string& file, std::vector<Webhook> hooks,
                                     Instant now);
/// When the first of the old secrets ends, or has ended; nothing: there are none.
[[nodiscard]] std::optional<Instant> next_end(const std::vector<Webhook>& hooks);

[[nodiscard]] bool are_same(const Webhook& one, const Webhook& other);

/// What a hook's filters are, as options have them: "--subject park/* --type opened". Empty: none.
[[nodiscard]] std::string filters_of(const Webhook& hook);

}  // namespace solnoma

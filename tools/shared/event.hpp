#pragma once

#include <array>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "tools/context.hpp"

namespace solnoma {

/// A text in each language, in the order of kLanguages.
using TextOptions = std::array<std::string, kLanguages.size()>;

/// The parts of an event as options give them; what is empty was not given.
struct EventOptions {
  std::string id, source, occurred, known;
  TextOptions titles;
  std::vector<std::string> quantities, parties;
  std::string publisher, published, source_url, note;
  TextOptions names;
  std::string kind, region, partner;
  bool plan = false;
};

/// The producer of events that the tool itself makes, unless --source names another.
inline constexpr const char* kToolSource = "urn:solnoma:tool";

void add_event_options(Command& command, EventOptions& options);

/// Puts what was given over what stands in `event`. Errors: usage, naming the option.
[[nodiscard]] Outcome apply(const EventOptions& options, Event& event);

/// An id that follows from the content: the same command twice records one event.
[[nodiscard]] std::string content_id(const Event& event);

/// "any", "new" or a revision. Errors: usage.
[[nodiscard]] Try<ExpectedRevision> parse_expected(const std::string& text);

/// Records one event, or with `dry_run` says what it would change. Writes what happened.
[[nodiscard]] Outcome record(Context& context, const Event& event, ExpectedRevision expected,
                             bool dry_run);

}  // namespace solnoma

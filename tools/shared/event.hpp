#pragma once

#include <span>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/known.hpp"
#include "tools/context.hpp"
#include "tools/import/tool_source.hpp"
#include "tools/shared/description_options.hpp"
#include "tools/shared/local_text_options.hpp"
#include "tools/shared/source_options.hpp"

namespace solnoma {

/// The parts of an event as options give them; what is empty was not given.
struct EventOptions {
  std::string id, source, occurred, known, part, label;
  TextOptions titles, note;
  std::vector<std::string> quantities, parties, fulfils;
  SourceOptions sources;
  DescriptionOptions description;
  bool plan = false;
  bool new_names = false;
};

void add_event_options(Command& command, EventOptions& options);

/// Puts EDTF in the place of dates that were typed in another way (typed_date.hpp). Errors: usage.
[[nodiscard]] Outcome read_dates(EventOptions& options, Context& context);

/// Puts what was given over what stands in `event`. Errors: usage, naming the option.
[[nodiscard]] Outcome apply(const EventOptions& options, Event& event);

/// An id that follows from the content: the same command twice records one event.
[[nodiscard]] std::string content_id(const Event& event);

/// "any", "new" or a revision. Errors: usage.
[[nodiscard]] Try<ExpectedRevision> parse_expected(const std::string& text);

struct RecordOptions {
  ExpectedRevision expected = AnyRevision{};
  bool dry_run = false;
  bool new_names = false;      ///< a name that looks like a slip is meant
  const Event* old = nullptr;  ///< of a correction: what it corrects, whose names are meant
};

/// Records one event, or with `dry_run` says what it would change. Writes what happened.
/// Errors: invalid when it is known after today, or a new name looks like a slip of a known one;
/// those of Appender::append().
[[nodiscard]] Outcome record(Context& context, const Event& event, const RecordOptions& options);

/// Writes where an event is recorded, and whether it was so at the head `before`.
void tell_recorded(Context& context, const Event& event, Position position, Position before);

/// Writes what recording them would change, subject by subject. `prepared` is made of
/// them. Errors: corrupt, io.
[[nodiscard]] Outcome tell_changes(Context& context, const Log& log, std::span<const Event> events,
                                   const OwnedEvents& prepared);

/// Records all of these or none, or with `dry_run` says what they would change together. Nothing is
/// said of slips. Errors: the same.
[[nodiscard]] Outcome record_together(Context& context, std::span<const Event> events,
                                      std::span<const Expectation> expectations, bool dry_run);

}  // namespace solnoma

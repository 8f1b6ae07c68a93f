#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/appender.hpp"
#include "engine/journal.hpp"
#include "engine/log.hpp"
#include "engine/owned_events.hpp"
#include "events/event.hpp"

namespace solnoma {

/// Milestones in a log: what a program that embeds the engine writes and reads with.

/// Journal::open with the indexer of events.
[[nodiscard]] Result<std::unique_ptr<Journal>> open_journal(const Disk& disk,
                                                            const std::string& directory,
                                                            Clock& clock);

/// Log::open for a log of events.
[[nodiscard]] Result<std::unique_ptr<Log>> open_log(const Disk& disk, const std::string& directory,
                                                    Copies copies = Copies::whole);

/// Whether events are taken that supersede what another supersedes already: nobody means that, but
/// logs that older versions kept may hold it, and all versions of the fact count then.
enum class Forks { refused, taken };

/// Validates and encodes: gives what an appender takes. Many events are prepared by two threads.
/// Errors: those of validate() and encode(); `where` begins with "event N" (from 1).
[[nodiscard]] Result<OwnedEvents> prepare(std::span<const Event> events,
                                          Forks forks = Forks::refused);

/// Prepares and records all of `events` or nothing. Errors: those of prepare() and
/// Appender::append().
[[nodiscard]] Result<Appended> append(Appender& appender, std::span<const Event> events,
                                      std::span<const Expectation> expectations = {},
                                      Forks forks = Forks::refused);

/// Says what append() would, and records nothing.
[[nodiscard]] Result<Appended> try_append(Appender& appender, std::span<const Event> events,
                                          std::span<const Expectation> expectations = {});

/// The events at these positions, in the order given. Precondition: each is between 1 and
/// log.head(). Errors: corrupt, unsupported (see decode()), io; `where` is "position N".
[[nodiscard]] Result<std::vector<StoredEvent>> fetch(const Log& log,
                                                     std::span<const Position> positions);

/// All events of a subject, oldest revision first. Errors: the same, and not_found.
[[nodiscard]] Result<std::vector<StoredEvent>> fetch_subject(const Log& log,
                                                             std::string_view subject);

}  // namespace solnoma

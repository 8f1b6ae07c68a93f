#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/journal.hpp"
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

/// Validates, encodes and records all of `events` or nothing. Errors: those of
/// validate(), encode() and Journal::append(); `where` begins with "event N" (from 1).
/// Large batches are validated and encoded by two threads.
[[nodiscard]] Result<Appended> append(Journal& journal, std::span<const Event> events,
                                      std::span<const Expectation> expectations = {});

/// Says what append() would, and records nothing.
[[nodiscard]] Result<Appended> try_append(Journal& journal, std::span<const Event> events,
                                          std::span<const Expectation> expectations = {});

/// The events at these positions, in the order given. Precondition: each is between 1 and
/// log.head(). Errors: corrupt, unsupported (see decode()), io; `where` is "position N".
[[nodiscard]] Result<std::vector<StoredEvent>> fetch(const Log& log,
                                                     std::span<const Position> positions);

/// All events of a subject, oldest revision first. Errors: the same, and not_found.
[[nodiscard]] Result<std::vector<StoredEvent>> fetch_subject(const Log& log,
                                                             std::string_view subject);

}  // namespace solnoma

#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/disk.hpp"
#include "engine/journal.hpp"
#include "events/chronicle.hpp"
#include "events/validate.hpp"
#include "projections/solnoma.hpp"
#include "tests/support/clocks.hpp"
#include "tools/import/file_content.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma::test {

/// All that a reader gives, and what it ends with.
struct ReadAll {
  std::vector<ImportRow> rows;
  ReadNotes notes;
  std::optional<Error> error;  ///< of opening or reading

  /// The events of the rows without problems, as a set-aside import takes them.
  [[nodiscard]] std::vector<Event> events() const {
    std::vector<Event> all;
    for (const ImportRow& row : rows)
      if (row.problems.empty())
        for (const Exchanged& each : row.events) all.push_back(each.event);
    return all;
  }
  /// Null: there is none.
  [[nodiscard]] const Event* find(const std::string& id) const {
    for (const ImportRow& row : rows)
      for (const Exchanged& each : row.events)
        if (each.event.id == id) return &each.event;
    return nullptr;
  }
  /// "path: what" of every problem, sorted; first what the reading ended with.
  [[nodiscard]] std::string problems() const {
    std::vector<std::string> all;
    for (const ImportRow& row : rows)
      for (const Problem& problem : row.problems)
        all.push_back(fmt::format("{}: {}", problem.field, problem.what));
    std::ranges::sort(all);
    if (error) all.insert(all.begin(), error->what);
    return fmt::format("{}", fmt::join(all, "\n"));
  }
};

using Open = Result<std::unique_ptr<RowReader>> (*)(const FileContent&, const ReadOptions&);

[[nodiscard]] inline ReadAll read_all(Open open, const FileContent& file,
                                      const ReadOptions& options = {}) {
  ReadAll all;
  auto reader = open(file, options);
  if (!reader) {
    all.error = reader.error();
    return all;
  }
  for (;;) {
    ImportRow row;
    const auto more = (*reader)->next(row);
    if (!more) all.error = more.error();
    if (!more || !*more) break;
    all.rows.push_back(std::move(row));
  }
  all.notes = (*reader)->notes();
  return all;
}

[[nodiscard]] inline FileContent text(std::string content) {
  return FileContent::of_text("test", std::move(content));
}

/// A file of public data that stands beside the project. None: it is not there, which is told.
[[nodiscard]] inline std::optional<FileContent> shared(const std::string& name) {
  const std::string path = std::string(SOLNOMA_SHARED) + "/" + name;
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: " << name << " is not there");
    return std::nullopt;
  }
  return FileContent::of(path).value();
}

/// The rules of events that are broken, each with the event's id.
[[nodiscard]] inline std::string invalid(const std::vector<Event>& events) {
  std::vector<std::string> all;
  for (const Event& event : events)
    if (const auto ok = validate(event); !ok)
      all.push_back(fmt::format("{}: {}: {}", event.id, ok.error().where, ok.error().what));
  return fmt::format("{}", fmt::join(all, "\n"));
}

/// Statuses by subject, once the events are recorded in an empty log.
[[nodiscard]] inline std::map<std::string, std::string> statuses(const std::vector<Event>& events,
                                                                 const std::string& as_of) {
  const Disk disk = Disk::memory();
  ManualClock clock;
  REQUIRE(Journal::create(disk, "/store"));
  auto journal = open_journal(disk, "/store", clock).value();
  const auto appended = append(*journal, events);
  if (!appended) FAIL(appended.error().where << ": " << appended.error().what);
  std::map<std::string, std::string> all;
  for (const Event& event : events) {
    if (all.contains(event.subject)) continue;
    const auto rows = journal->log().rows(*journal->log().subject(event.subject).value()).value();
    all[event.subject] =
        name(status(steps(rows, effective(rows, {})), day_from_text(as_of).value()).status);
  }
  return all;
}

}  // namespace solnoma::test

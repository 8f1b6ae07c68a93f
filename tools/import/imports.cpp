#include "tools/import/imports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "events/chronicle.hpp"
#include "events/event_type.hpp"
#include "events/text/id_text.hpp"
#include "projections/effective.hpp"
#include "projections/rows.hpp"
#include "tools/import/tool_source.hpp"

namespace solnoma {
namespace {

class UndoReader : public RowReader {
 public:
  UndoReader(const Log& log, const ImportEvent& import, Day today)
      : log_(log),
        id_(import.stored.event.id),
        today_(today),
        end_(import.stored.position),
        first_{import.stored.position.value - import.stored.event.import_record->events},
        next_(import.stored.position) {}

  Result<bool> next(ImportRow& row) override {
    row.events.clear();
    row.problems.clear();
    for (;;) {
      if (read_.empty())
        if (auto ok = read_some(); !ok) return std::unexpected(ok.error());
      if (read_.empty()) return false;
      const StoredEvent stored = std::move(read_.back());
      read_.pop_back();
      auto gone = is_retracted_since(stored);
      if (!gone) return std::unexpected(gone.error());
      if (*gone) continue;
      row.line = stored.position.value;
      row.original = stored.event.id;
      row.events.push_back({retraction_of(stored), {}, {}});
      return true;
    }
  }

 private:
  /// Fetches what comes before, in the order of the log.
  Result<void> read_some() {
    constexpr std::size_t kPiece = 1000;
    std::vector<Position> positions;
    for (; next_ >= first_ && positions.size() < kPiece; next_ = Position{next_.value - 1})
      positions.push_back(next_);
    std::ranges::reverse(positions);
    auto events = fetch(log_, positions);
    if (!events) return std::unexpected(events.error());
    read_ = std::move(*events);
    return {};
  }

  /// Whether something that is not of this import withdraws it.
  Result<bool> is_retracted_since(const StoredEvent& stored) {
    if (stored.event.subject != subject_) {
      auto number = log_.subject(stored.event.subject);
      if (!number) return std::unexpected(number.error());
      auto rows = log_.rows(number->value());
      if (!rows) return std::unexpected(rows.error());
      subject_ = stored.event.subject;
      rows_ = std::move(*rows);
      effective_ = effective(rows_, {});
    }
    const Revision by = effective_.superseded_by[index_of(stored.revision)];
    if (by.value == 0) return false;
    const Row& row = rows_[index_of(by)];
    return is_retraction(row) && row.position() > end_;
  }

  [[nodiscard]] Event retraction_of(const StoredEvent& stored) const {
    Event event;
    event.id = fmt::format("undo-{}-{}", id_, stored.position.value);
    event.source = kToolSource;
    event.subject = stored.event.subject;
    event.type = kEventTypes[kRetracted].name;
    event.known = today_;
    event.supersedes = stored.event.id;
    if (stored.event.source != event.source) event.supersedes_source = stored.event.source;
    event.note = fmt::format("the import {} was undone", id_);
    return event;
  }

  const Log& log_;
  std::string id_;
  Day today_;
  Position end_, first_, next_;  // of the import; and which event is fetched next
  std::vector<StoredEvent> read_;
  std::string subject_;
  std::vector<Row> rows_;
  Effective effective_;
};

}  // namespace

Result<std::vector<ImportEvent>> imports(const Log& log) {
  std::vector<SubjectNumber> datasets;
  auto ok = log.subjects("dataset/", [&](std::string_view, SubjectNumber number) {
    datasets.push_back(number);
    return true;
  });
  if (!ok) return std::unexpected(ok.error());
  std::map<Position, bool> found;  // and whether it is undone
  for (const SubjectNumber dataset : datasets) {
    auto rows = log.rows(dataset);
    if (!rows) return std::unexpected(rows.error());
    const Effective all = effective(*rows, {});
    for (std::size_t i = 0; i < rows->size(); ++i)
      if (type_of_kind((*rows)[i].kind()) == kImported)
        found.emplace((*rows)[i].position(), all.superseded_by[i].value != 0);
  }
  std::vector<Position> positions;
  for (const auto& [position, undone] : found) positions.push_back(position);
  auto events = fetch(log, positions);
  if (!events) return std::unexpected(events.error());
  std::vector<ImportEvent> imports;
  for (StoredEvent& stored : *events) {
    const bool undone = found.at(stored.position);
    imports.push_back({std::move(stored), undone});
  }
  return imports;
}

Result<ImportEvent> find_import(const Log& log, std::string_view id) {
  auto all = imports(log);
  if (!all) return std::unexpected(all.error());
  std::vector<ImportEvent> found;
  for (ImportEvent& each : *all) {
    if (each.stored.event.id == id) return std::move(each);
    if (each.stored.event.id.starts_with(id)) found.push_back(std::move(each));
  }
  if (found.size() == 1) return std::move(found.front());
  if (found.empty())
    return fail(Errc::not_found, fmt::format("there is no import '{}'", visible_id(id)),
                "solnoma imports lists those that there are");
  return fail(Errc::invalid, fmt::format("several imports begin with '{}'", visible_id(id)),
              "write more of the id");
}

Result<std::unique_ptr<RowReader>> open_undo(const Log& log, const ImportEvent& import, Day today) {
  const ImportRecord& record = *import.stored.event.import_record;
  const auto wrong = [&] {
    return fail(Errc::conflict,
                fmt::format("what '{}' recorded does not stand directly before it in this log",
                            import.stored.event.id),
                "retract its events one by one, or undo it where it was imported");
  };
  if (record.events >= import.stored.position.value) return wrong();
  if (record.events > 0) {
    const Position first{import.stored.position.value - record.events};
    auto event = fetch(log, {&first, 1});
    if (!event) return std::unexpected(event.error());
    if (event->front().event.id != record.first) return wrong();
  }
  return std::make_unique<UndoReader>(log, import, today);
}

}  // namespace solnoma

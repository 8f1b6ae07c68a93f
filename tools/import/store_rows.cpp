#include "tools/import/store_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "events/codec.hpp"
#include "events/exchange.hpp"

namespace solnoma {
namespace {

class StoreRows : public RowReader {
 public:
  StoreRows(const Log& other, const Log& log, StoreRowsOptions options)
      : other_(other), log_(log), options_(std::move(options)), end_(other.head()) {}

  Result<bool> next(ImportRow& row) override {
    row.events.clear();
    row.problems.clear();
    row.line = 0;
    if (read_.empty() && next_ <= end_)
      if (auto ok = read_some(); !ok) return std::unexpected(ok.error());
    if (read_.empty()) return false;
    Read each = std::move(read_.front());
    read_.pop_front();
    row.line = each.stored.position.value;
    if (options_.originals) row.original = event_to_json(each.stored);
    if (!options_.rename.empty())
      if (auto ok = rename(each); !ok) return std::unexpected(ok.error());
    Event& event = each.stored.event;
    if (each.here.value != 0 && options_.rename.empty()) {
      tell(each, event.source);
      row.problems.push_back({{},
                              "the id is recorded here with other content",
                              event.id,
                              "leave such events out with --set-aside, or bring them in as of "
                              "another source with --rename NAME"});
    }
    row.events.push_back({std::move(event), {}, {}});
    return true;
  }

  [[nodiscard]] ReadNotes notes() const override {
    ReadNotes notes;
    notes.remarks = conflicts_;
    return notes;
  }

 private:
  struct Read {
    StoredEvent stored;
    std::string payload;
    Position here;  // the one of its source and id with other content; 0: there is none
  };

  Result<void> read_some() {
    constexpr std::size_t kPiece = 1000;
    std::optional<Error> error;
    auto ok = other_.read(next_, Direction::forwards, [&](const RecordedEvent& event) {
      auto stored = decode(event);
      if (!stored) {
        error = at(fmt::format("position {}", event.position.value), stored.error()).error();
        return false;
      }
      read_.push_back({std::move(*stored), std::string(event.payload), {}});
      next_ = event.position.next();
      return read_.size() < kPiece && next_ <= end_;
    });
    if (error) return std::unexpected(*error);
    return ok ? compare() : ok;
  }

  /// Finds those that this log has with other content.
  Result<void> compare() {
    std::vector<std::pair<Position, Read*>> both;
    for (Read& each : read_) {
      auto here = log_.find(each.stored.event.source, each.stored.event.id);
      if (!here) return std::unexpected(here.error());
      if (*here) both.emplace_back(**here, &each);
    }
    std::ranges::sort(both, {}, [](const auto& each) { return each.first; });
    std::vector<Position> positions;
    for (const auto& [position, each] : both) positions.push_back(position);
    auto next = both.begin();
    return log_.read_at(positions, [&](const RecordedEvent& own) {
      Read& each = *next++->second;
      if (own.subject != each.stored.event.subject || own.payload != each.payload)
        each.here = own.position;
      return true;
    });
  }

  void tell(const Read& each, const std::string& source) {
    const Event& event = each.stored.event;
    std::string text = fmt::format(
        "conflict: {} {}, '{}' of {}: there at position {}, here with other content at {}",
        event.subject, event.type, event.id, source, each.stored.position.value, each.here.value);
    if (!options_.rename.empty()) text += fmt::format("; now of {}", event.source);
    conflicts_.push_back(std::move(text));
  }

  [[nodiscard]] std::string renamed(const std::string& source) const {
    const char* mark = source.find('#') == std::string::npos ? "#" : ".";
    return source + mark + options_.rename;
  }

  /// An event that conflicts is of another source from now on; and what supersedes one that is says
  /// so, which a pull before this one may have recorded already.
  Result<void> rename(Read& each) {
    Event& event = each.stored.event;
    auto superseded = source_of_superseded(event);
    if (!superseded) return std::unexpected(superseded.error());
    if (renamed_.contains({*superseded, event.supersedes})) {
      event.supersedes_source = renamed(*superseded);
      auto same = is_here(each);
      if (!same) return std::unexpected(same.error());
      if (*same) each.here = {};
    } else if (each.here.value != 0) {
      event.supersedes_source = *superseded;
    }
    if (each.here.value == 0) return {};
    const std::string source = std::exchange(event.source, renamed(event.source));
    renamed_.emplace(source, event.id);
    tell(each, source);
    return {};
  }

  /// Its own, where that has such an event there; empty: any.
  Result<std::string> source_of_superseded(const Event& event) const {
    if (event.supersedes.empty() || !event.supersedes_source.empty())
      return event.supersedes_source;
    auto own = other_.find(event.source, event.supersedes);
    if (!own) return std::unexpected(own.error());
    return *own ? event.source : std::string();
  }

  /// Whether this log has it as it now stands.
  Result<bool> is_here(const Read& each) const {
    if (each.here.value == 0) return false;
    auto payload = encode(each.stored.event);
    if (!payload) return std::unexpected(payload.error());
    bool same = false;
    auto ok = log_.read_at({&each.here, 1}, [&](const RecordedEvent& own) {
      same = own.subject == each.stored.event.subject && own.payload == *payload;
      return false;
    });
    if (!ok) return std::unexpected(ok.error());
    return same;
  }

  const Log& other_;
  const Log& log_;
  StoreRowsOptions options_;
  Position end_, next_{1};
  std::deque<Read> read_;
  std::set<std::pair<std::string, std::string>> renamed_;  // source there, id
  std::vector<std::string> conflicts_;
};

}  // namespace

std::unique_ptr<RowReader> open_store_rows(const Log& other, const Log& log,
                                           StoreRowsOptions options) {
  return std::make_unique<StoreRows>(other, log, std::move(options));
}

}  // namespace solnoma

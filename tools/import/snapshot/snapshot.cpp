#include "tools/import/snapshot/snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "events/chronicle.hpp"
#include "events/codec.hpp"
#include "events/event_type.hpp"
#include "tools/import/snapshot/change_summary.hpp"
#include "tools/import/snapshot/release.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kDescribedEnd = "/described";

/// Of a row as readers of tables make it; null where it has none.
const Event* description_of(const ImportRow& row) {
  for (const Exchanged& each : row.events)
    if (each.event.description && each.event.id.ends_with(kDescribedEnd)) return &each.event;
  return nullptr;
}

std::string key_of(const std::string& described_id) {
  return described_id.substr(0, described_id.rfind(kDescribedEnd));
}

std::string name_of(const Description& description) {
  return description.names.in(Language::en);
}

}  // namespace

struct Snapshot::Impl {
  const Log& log;
  OpenRelease open;
  RenameAnswers answers;
  std::string source = {};
  Known known{kOpenPast};           // of the release: the latest of its rows
  std::set<std::string> told = {};  // subjects that the source tells of
  std::vector<Listed> vanished = {};
  std::vector<Event> vanished_events = {};  // the description of each
  std::vector<Rename> renames = {};
  ChangeSummary summary = {};

  /// Under its key, or the one that it had before.
  Result<std::optional<std::string>> subject_of(const std::string& key) const {
    const auto renamed = answers.old_of_new.find(key);
    const std::string& old_key = renamed == answers.old_of_new.end() ? key : renamed->second;
    for (const std::string* const each : {&key, &old_key}) {
      auto position = log.find(source, *each + std::string(kDescribedEnd));
      if (!position) return std::unexpected(position.error());
      if (!*position) continue;
      auto stored = fetch(log, {&**position, 1});
      if (!stored) return std::unexpected(stored.error());
      return std::optional(stored->front().event.subject);
    }
    return std::optional<std::string>();
  }

  Result<std::unique_ptr<RowReader>> open_rows() const {
    return open({[this](const std::string& key) { return subject_of(key); },
                 [this](const std::string& subject) { return told.contains(subject); }});
  }

  /// The first row with events tells whose release it is.
  Result<void> find_source() {
    auto reader = open({});
    if (!reader) return std::unexpected(reader.error());
    for (ImportRow row; row.events.empty();) {
      auto more = (*reader)->next(row);
      if (!more) return std::unexpected(more.error());
      if (!*more) break;
      if (!row.events.empty()) source = row.events.front().event.source;
    }
    return {};
  }

  /// What the log has of the source; gives the latest day on which it told anything.
  Result<Day> read_log() {
    Day latest = kOpenPast;
    std::optional<Error> error;
    auto read = log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
      if (event.source != source) return true;
      told.emplace(event.subject);
      auto dating = index_payload(event.payload);
      if (!dating) error = dating.error();
      if (dating) latest = std::max(latest, dating->known);
      return !error;
    });
    if (error) return std::unexpected(*error);
    if (!read) return std::unexpected(read.error());
    return latest;
  }

  /// The rows of the release: which subjects it has, which are new, and when it became known.
  Result<void> read_release(std::set<std::string>& present, std::vector<Listed>& appeared) {
    auto reader = open_rows();
    if (!reader) return std::unexpected(reader.error());
    ImportRow row;
    for (;;) {
      auto more = (*reader)->next(row);
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
      if (row.events.empty()) continue;
      const Event& first = row.events.front().event;
      if (first.known > known.day) known = known_of(first);
      present.insert(first.subject);
      const Event* const described = description_of(row);
      if (described != nullptr && !told.contains(first.subject))
        appeared.push_back({key_of(described->id), first.subject, *described->description});
    }
  }

  /// Subjects that the source told of and that the release does not have, but for those that were
  /// delisted already.
  Result<void> find_vanished(const std::set<std::string>& present) {
    for (const std::string& subject : told) {
      if (present.contains(subject)) continue;
      auto events = fetch_subject(log, subject);
      if (!events) return std::unexpected(events.error());
      const Event* described = nullptr;
      const Event* last = nullptr;
      for (const StoredEvent& stored : *events) {
        if (stored.event.source != source) continue;
        if (stored.event.description) described = &stored.event;
        const bool retracts = stored.event.type == event_type(kRetracted).name;
        if (stored.event.type == event_type(kDelisted).name || retracts) last = &stored.event;
      }
      const bool delisted = last != nullptr && last->type == event_type(kDelisted).name;
      if (described == nullptr || delisted) continue;
      std::string id = described->id.substr(0, described->id.rfind(kDescribedEnd));
      vanished.push_back({std::move(id), subject, *described->description});
      vanished_events.push_back(*described);
    }
    return {};
  }
};

/// The rows of a release as what they change.
class Snapshot::Rows : public RowReader {
 public:
  Rows(Impl& impl, std::unique_ptr<RowReader> rows, bool delists)
      : impl_(impl), rows_(std::move(rows)), delists_(delists) {}

  Result<bool> next(ImportRow& row) override {
    if (ended_) return next_vanished(row);
    auto more = rows_->next(row);
    if (!more) return more;
    if (!*more) {
      ended_ = true;
      return next_vanished(row);
    }
    if (row.problems.empty() && !row.events.empty())
      if (auto ok = compare(row); !ok) return std::unexpected(ok.error());
    return true;
  }

  ReadNotes notes() const override { return rows_->notes(); }
  std::string rejects_head() const override { return rows_->rejects_head(); }
  std::string reject(const std::string& original, const std::vector<Problem>& problems,
                     const std::string& place) const override {
    return rows_->reject(original, problems, place);
  }
  std::string stated_date() const override { return rows_->stated_date(); }

 private:
  Result<void> compare(ImportRow& row) {
    std::vector<Event> now;
    for (Exchanged& each : row.events) now.push_back(std::move(each.event));
    row.events.clear();
    const std::string subject = now.front().subject;
    std::vector<StoredEvent> told;
    if (impl_.told.contains(subject)) {
      auto events = fetch_subject(impl_.log, subject);
      if (!events) return std::unexpected(events.error());
      told = std::move(*events);
    }
    ReleaseChanges changes = release_changes({now, told, impl_.source, known_of(now.front())});
    const auto described =
        std::ranges::find_if(now, [](const Event& e) { return e.description.has_value(); });
    impl_.summary.add(changes, subject,
                      described == now.end() ? "" : name_of(*described->description));
    for (ReleaseChanges::Change& change : changes.changes)
      if (auto ok = add(std::move(change.event), row); !ok) return ok;
    return {};
  }

  /// With an id of its own: that of the fact, or where it is taken, with the day of the release.
  Result<void> add(Event event, ImportRow& row) {
    const std::string fact = event.id;
    for (int attempt = 0;; ++attempt) {
      if (attempt == 1) event.id = fmt::format("{}@{}", fact, to_string(known_of(event)));
      if (attempt > 1)
        event.id = fmt::format("{}@{}#{}", fact, to_string(known_of(event)), attempt);
      if (used_.contains(event.id)) continue;
      auto taken = impl_.log.find(event.source, event.id);
      if (!taken) return std::unexpected(taken.error());
      if (!*taken) break;
    }
    used_.insert(event.id);
    row.events.push_back({std::move(event), {}, {}});
    return {};
  }

  Result<bool> next_vanished(ImportRow& row) {
    row = {};
    if (!delists_ || next_vanished_ == impl_.vanished.size()) return false;
    const Listed& listed = impl_.vanished[next_vanished_];
    impl_.summary.add_vanished(listed.subject, name_of(listed.description));
    row.inferred = true;
    if (auto ok =
            add(delisting(impl_.vanished_events[next_vanished_], listed.key, impl_.known), row);
        !ok)
      return std::unexpected(ok.error());
    ++next_vanished_;
    return true;
  }

  Impl& impl_;
  std::unique_ptr<RowReader> rows_;
  bool delists_;
  bool ended_ = false;
  std::size_t next_vanished_ = 0;
  std::unordered_set<std::string> used_;
};

Snapshot::Snapshot(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Snapshot::~Snapshot() = default;

Result<std::unique_ptr<Snapshot>> Snapshot::of(const Log& log, OpenRelease open,
                                               RenameAnswers answers) {
  auto impl = std::make_unique<Impl>(Impl{log, std::move(open), std::move(answers)});
  if (auto ok = impl->find_source(); !ok) return std::unexpected(ok.error());
  auto latest = impl->read_log();
  if (!latest) return std::unexpected(latest.error());
  std::set<std::string> present;
  std::vector<Listed> appeared;
  if (auto ok = impl->read_release(present, appeared); !ok) return std::unexpected(ok.error());
  if (*latest > impl->known.day)
    return fail(
        Errc::conflict,
        fmt::format("the log has what this source told on {}, later than this release of {}",
                    to_string(*latest), to_string(impl->known)),
        "import the releases of a source in their order");
  if (auto ok = impl->find_vanished(present); !ok) return std::unexpected(ok.error());
  std::erase_if(appeared, [&](const Listed& each) {
    return std::ranges::find(impl->answers.not_same, each.key) != impl->answers.not_same.end();
  });
  impl->renames = solnoma::likely_renames(impl->vanished, appeared);
  return std::unique_ptr<Snapshot>(new Snapshot(std::move(impl)));
}

const std::vector<Rename>& Snapshot::likely_renames() const {
  return impl_->renames;
}

Result<std::unique_ptr<RowReader>> Snapshot::rows(OnVanished on_vanished) {
  const std::size_t vanished = impl_->vanished.size(), told = impl_->told.size();
  if (on_vanished == OnVanished::few && vanished * 5 > told)
    return fail(Errc::conflict,
                fmt::format("{} of {} subjects of this source are not in this release: {} …",
                            vanished, told, impl_->vanished.front().subject),
                "look whether it is whole; then say --vanished delist, or --vanished ignore");
  auto rows = impl_->open_rows();
  if (!rows) return std::unexpected(rows.error());
  return std::make_unique<Rows>(*impl_, std::move(*rows), on_vanished != OnVanished::ignore);
}

std::string Snapshot::summary(const std::string& title) const {
  return impl_->summary.markdown(title);
}

}  // namespace solnoma

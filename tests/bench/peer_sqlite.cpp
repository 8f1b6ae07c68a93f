#include "tests/bench/peer_sqlite.hpp"

#include <filesystem>

#include "events/codec.hpp"
#include "events/event_type.hpp"
#include "events/validate.hpp"
#include "tests/bench/row_fold.hpp"
#include "tests/bench/sqlite_statement.hpp"

namespace solnoma::bench {
namespace {

constexpr const char* kSetUp = R"(
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -262144;
PRAGMA mmap_size = 1073741824;
PRAGMA wal_autocheckpoint = 8000;
CREATE TABLE IF NOT EXISTS subject(
  number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS source(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS event(
  position INTEGER PRIMARY KEY, subject INTEGER NOT NULL, revision INTEGER NOT NULL,
  source INTEGER NOT NULL, id TEXT NOT NULL, earliest INTEGER NOT NULL,
  latest INTEGER NOT NULL, known INTEGER NOT NULL, kind INTEGER NOT NULL,
  supersedes INTEGER NOT NULL, bears INTEGER NOT NULL, payload BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS event_id ON event(id, source);
CREATE INDEX IF NOT EXISTS timeline ON event(
  subject, revision, known, latest, position, kind, supersedes, earliest) WHERE bears;
)";

constexpr std::string_view kColumns =
    "SELECT subject, revision, known, latest, position, kind, supersedes, earliest "
    "FROM event INDEXED BY timeline WHERE bears AND (known <= ?1 OR supersedes <> 0) "
    "AND position <= ?2 ";  // a correction replaces also through one that is not known yet

/// Whether a fold of statuses has to see it.
bool bears(const Dating& mark, std::int64_t supersedes) {
  return is_planned(mark.kind) || supersedes != 0 ||
         event_type(type_of_kind(mark.kind)).effect != Effect::none;
}

Row row_of(const Statement& statement) {
  const Dating mark{{Day{static_cast<std::int32_t>(statement.column(7))},
                     Day{static_cast<std::int32_t>(statement.column(3))}},
                    Day{static_cast<std::int32_t>(statement.column(2))},
                    static_cast<std::uint8_t>(statement.column(5))};
  return Row(mark, Position{static_cast<std::uint64_t>(statement.column(4))},
             Revision{static_cast<std::uint32_t>(statement.column(6))});
}

/// Puts a row at the place of its revision. What the index leaves out is of no effect.
void place(std::vector<Row>& rows, const Statement& statement) {
  const auto revision = static_cast<std::size_t>(statement.column(1));
  static const Row kNothing(Dating{{}, kOpenFuture, row_kind(kUnknownType, false)}, kNewest,
                            Revision{0});
  if (rows.size() < revision) rows.resize(revision, kNothing);
  rows[revision - 1] = row_of(statement);
}

sqlite3* open(const std::string& directory) {
  std::filesystem::create_directories(directory);
  sqlite3* database = nullptr;
  if (sqlite3_open((directory + "/log.sqlite").c_str(), &database) != SQLITE_OK ||
      sqlite3_exec(database, kSetUp, nullptr, nullptr, nullptr) != SQLITE_OK)
    throw Wrong(std::string("SQLite: ") + sqlite3_errmsg(database));
  return database;
}

struct Closer {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};

}  // namespace

std::vector<Encoded> encoded(std::vector<Event> events) {
  std::vector<Encoded> result;
  result.reserve(events.size());
  for (Event& event : events) {
    const Dating mark = must(validate(event), "validating");
    std::string payload = must(encode(event), "encoding");
    result.push_back({std::move(event), mark, std::move(payload)});
  }
  return result;
}

struct Peer::Impl {
  explicit Impl(const std::string& directory) : database(open(directory)) {
    Statement newest{database.get(), "SELECT ifnull(max(position), 0) FROM event"};
    newest.step();
    head = newest.column(0);
  }

  /// Runs `visit(subject, rows)` for each subject, in order; `most` is the least limit
  /// that all the questions allow.
  template <class Visit>
  void scan(const Vantage& most, Visit visit) {
    std::vector<Row> rows;
    std::int64_t subject = -1;
    all.bind(1, most.known_by.number).bind(2, static_cast<std::int64_t>(most.at.value));
    while (all.step()) {
      if (const auto next = all.column(0); next != subject) {
        if (subject >= 0) visit(static_cast<std::size_t>(subject), Rows(rows));
        subject = next;
        rows.clear();
      }
      place(rows, all);
    }
    all.reset();
    if (subject >= 0) visit(static_cast<std::size_t>(subject), Rows(rows));
  }

  std::size_t subjects() {
    count.step();
    const auto result = static_cast<std::size_t>(count.column(0));
    count.reset();
    return result;
  }

  std::vector<Row> rows(SubjectNumber subject, const Vantage& vantage) {
    std::vector<Row> result;
    one.bind(1, vantage.known_by.number)
        .bind(2, static_cast<std::int64_t>(vantage.at.value))
        .bind(3, subject.value);
    while (one.step()) place(result, one);
    one.reset();
    return result;
  }

  std::int64_t source_number(const std::string& name) {
    source_of.bind(1, name);
    if (source_of.step()) {
      const auto number = source_of.column(0);
      source_of.reset();
      return number;
    }
    source_of.reset();
    add_source.bind(1, name).run();
    return sqlite3_last_insert_rowid(database.get());
  }

  /// The revision of the event of this subject that is superseded.
  std::int64_t superseded(const Event& event, std::int64_t subject, std::int64_t source) {
    if (event.supersedes.empty()) return 0;
    find.bind(1, event.supersedes).bind(2, source);
    if (!find.step() || find.column(0) != subject)
      throw Wrong("SQLite: nothing has the id " + event.supersedes);
    const auto revision = find.column(1);
    find.reset();
    return revision;
  }

  void add(const Encoded& each) {
    const auto source = source_number(each.event.source);
    next_revision.bind(1, each.event.subject).step();
    const auto subject = next_revision.column(0);
    const auto revision = next_revision.column(1);
    next_revision.reset();
    const auto supersedes = superseded(each.event, subject, source);
    insert.bind(1, ++head).bind(2, subject).bind(3, revision).bind(4, source);
    insert.bind(5, each.event.id);
    insert.bind(6, each.dating.bounds.earliest.number).bind(7, each.dating.bounds.latest.number);
    insert.bind(8, each.dating.known.number).bind(9, each.dating.kind).bind(10, supersedes);
    insert.bind(11, bears(each.dating, supersedes) ? 1 : 0).bind_blob(12, each.payload).run();
  }

  std::unique_ptr<sqlite3, Closer> database;
  std::int64_t head = 0;
  Statement begin{database.get(), "BEGIN IMMEDIATE"};
  Statement commit{database.get(), "COMMIT"};
  Statement source_of{database.get(), "SELECT number FROM source WHERE name = ?1"};
  Statement add_source{database.get(), "INSERT INTO source(name) VALUES(?1)"};
  // Numbers from 0 on, as the log has them.
  Statement next_revision{database.get(),
                          "INSERT INTO subject(number, name, revision) "
                          "VALUES((SELECT ifnull(max(number) + 1, 0) FROM subject), ?1, 1) "
                          "ON CONFLICT(name) DO UPDATE SET revision = revision + 1 "
                          "RETURNING number, revision"};
  Statement find{database.get(),
                 "SELECT subject, revision FROM event WHERE id = ?1 "
                 "ORDER BY source = ?2 DESC LIMIT 1"};
  Statement insert{database.get(),
                   "INSERT INTO event VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"};
  Statement count{database.get(), "SELECT count(*) FROM subject"};
  Statement all{database.get(), std::string(kColumns) + "ORDER BY subject, revision"};
  Statement one{database.get(), std::string(kColumns) + "AND subject = ?3 ORDER BY revision"};
};

Peer::Peer(const std::string& directory) : impl_(std::make_unique<Impl>(directory)) {}
Peer::~Peer() = default;

void Peer::append(std::span<const Encoded> events) {
  impl_->begin.run();
  for (const Encoded& each : events) impl_->add(each);
  impl_->commit.run();
}

std::vector<std::vector<Status>> Peer::statuses(std::span<const Vantage> vantages) const {
  Vantage most{kOpenFuture, kOpenPast, Position{0}};
  for (const Vantage& vantage : vantages) {
    most.known_by = std::max(most.known_by, vantage.known_by);
    most.at = std::max(most.at, vantage.at);
  }
  std::vector result(vantages.size(), std::vector<Status>(impl_->subjects()));
  RowFold fold;
  impl_->scan(most, [&](std::size_t subject, Rows rows) {
    for (std::size_t i = 0; i < vantages.size(); ++i)
      result[i][subject] = fold.at(rows, vantages[i]);
  });
  return result;
}

std::vector<StatusCounts> Peer::counts_over(std::span<const Day> as_of, Day known_by,
                                            Position at) const {
  std::vector<StatusCounts> counts(as_of.size());
  std::vector<Status> statuses(as_of.size());
  RowFold fold;
  std::size_t seen = 0;
  impl_->scan({kOpenFuture, known_by, at}, [&](std::size_t, Rows rows) {
    ++seen;
    fold.over(rows, as_of, known_by, at, statuses);
    for (std::size_t i = 0; i < as_of.size(); ++i)
      ++counts[i][static_cast<std::size_t>(statuses[i])];
  });
  for (StatusCounts& each : counts)
    each[static_cast<std::size_t>(Status::unrecorded)] +=
        static_cast<std::uint32_t>(impl_->subjects() - seen);
  return counts;
}

Status Peer::status(SubjectNumber subject, const Vantage& vantage) const {
  RowFold fold;
  return fold.at(impl_->rows(subject, vantage), vantage);
}

std::vector<Row> Peer::rows(SubjectNumber subject) const {
  return impl_->rows(subject, {});
}

}  // namespace solnoma::bench

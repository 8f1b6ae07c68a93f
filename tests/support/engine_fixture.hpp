#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/format/segment.hpp"
#include "engine/index/page_keys.hpp"
#include "engine/journal.hpp"
#include "engine/log.hpp"
#include "engine/storage/store.hpp"
#include "engine/verify.hpp"
#include "tests/support/clocks.hpp"

namespace solnoma::test {

/// What a test appends. The payload holds the day, the kind and the text, no more.
struct Draft {
  std::string subject = {};
  std::string id = {};
  std::string text = {};
  std::string source = "urn:test";
  std::string supersedes = {};
  std::string supersedes_source = {};
  std::int32_t day = 0;
  std::uint8_t kind = 0;
  std::string recorded_by = {};

  [[nodiscard]] Dating dating() const {
    return {{Day{day}, Day{day + kind}}, Day{day + 1000}, kind};
  }
  [[nodiscard]] std::string payload() const {
    std::string bytes;
    put_le(bytes, day);
    put_le(bytes, std::uint32_t{kind});
    bytes += text;
    bytes.append((8 - bytes.size() % 8) % 8, '.');
    return bytes;
  }
};

/// The indexer of these payloads.
[[nodiscard]] inline Result<Dating> dating_of(std::string_view payload) {
  if (payload.size() < 8 || load<std::uint32_t>(payload.data() + 4) > 255)
    return fail(Errc::corrupt, "no payload of a test");
  Draft draft;
  draft.day = load<std::int32_t>(payload.data());
  draft.kind = static_cast<std::uint8_t>(load<std::uint32_t>(payload.data() + 4));
  return draft.dating();
}

/// The batch as the journal wants it, with what the views point to.
class Batch {
 public:
  explicit Batch(std::vector<Draft> drafts) : drafts_(std::move(drafts)) {
    payloads_.reserve(drafts_.size());
    for (const Draft& d : drafts_) {
      payloads_.push_back(d.payload());
      events_.push_back({d.subject, d.source, d.id, payloads_.back(), d.dating(), d.supersedes,
                         d.supersedes_source, false, d.recorded_by});
    }
  }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  [[nodiscard]] std::span<const NewEvent> events() const { return events_; }

 private:
  std::vector<Draft> drafts_;
  std::vector<std::string> payloads_;
  std::vector<NewEvent> events_;
};

[[nodiscard]] inline Result<Appended> append(Journal& journal, std::vector<Draft> drafts,
                                             const std::vector<Expectation>& expectations = {}) {
  const Batch batch(std::move(drafts));
  return journal.append(batch.events(), expectations);
}

/// A recorded event that outlives its visit.
struct Seen {
  std::uint64_t position;
  std::uint32_t revision;
  std::int64_t recorded_us;
  std::uint32_t subject_number;
  std::string subject, source, id;
  std::uint32_t supersedes;
  std::string payload;
  std::string recorded_by;

  Seen() = default;
  explicit Seen(const RecordedEvent& e)
      : position(e.position.value),
        revision(e.revision.value),
        recorded_us(e.recorded.time_since_epoch().count()),
        subject_number(e.subject_number.value),
        subject(e.subject),
        source(e.source),
        id(e.id),
        supersedes(e.supersedes.value),
        payload(e.payload),
        recorded_by(e.recorded_by) {}
  bool operator==(const Seen&) const = default;
};

[[nodiscard]] inline std::vector<Seen> all_of(const Log& log, Position from = Position{1},
                                              Direction direction = Direction::forwards) {
  std::vector<Seen> events;
  const auto ok = log.read(from, direction, [&](const RecordedEvent& event) {
    CHECK(reinterpret_cast<std::uintptr_t>(event.payload.data()) % 8 == 0);
    events.emplace_back(event);
    return true;
  });
  REQUIRE_MESSAGE(ok, ok.error().what);
  return events;
}

[[nodiscard]] inline std::vector<Seen> subject_of(const Log& log, std::string_view subject,
                                                  Revision from = Revision{1},
                                                  Direction direction = Direction::forwards) {
  std::vector<Seen> events;
  const auto ok = log.read_subject(subject, from, direction, [&](const RecordedEvent& event) {
    events.emplace_back(event);
    return true;
  });
  REQUIRE_MESSAGE(ok, ok.error().what);
  return events;
}

using Entries = std::vector<std::pair<std::string, std::string>>;

/// Every key and value of a family.
[[nodiscard]] inline Entries entries_of(const Store& store, Family family) {
  Entries entries;
  auto cursor = store.cursor(family);
  for (cursor.seek(""); cursor.valid(); cursor.next())
    entries.emplace_back(cursor.key(), cursor.value());
  REQUIRE(cursor.status());
  return entries;
}

inline void check_verified(const Log& log) {
  const auto ok = verify_log(log);
  CHECK_MESSAGE(ok, ok.error().where, ": ", ok.error().what);
}

/// Eight events to a segment and two segments to the next larger one, so that a few events
/// already have an index of several levels.
inline constexpr Layout kSmallLayout{3, 1};

/// An empty store with that layout of its index.
inline void create_store(const Disk& disk, const std::string& directory,
                         const Layout& layout = kSmallLayout) {
  REQUIRE(Journal::create(disk, directory));
  const auto store = Store::open(disk, directory, Access::write);
  REQUIRE(store);
  auto batch = (*store)->batch();
  batch.put(
      Family::meta, kLayout,
      std::string{static_cast<char>(layout.segment_bits), static_cast<char>(layout.fan_bits)});
  REQUIRE((*store)->write(batch, true));
}

/// A journal on an empty disk in memory, and what a test does with it.
class TestJournal {
 public:
  explicit TestJournal(Disk disk = Disk::memory(), std::string directory = "/store",
                       const Layout& layout = kSmallLayout)
      : disk_(std::move(disk)), directory_(std::move(directory)) {
    create_store(disk_, directory_, layout);
    reopen();
  }
  explicit TestJournal(const Layout& layout) : TestJournal(Disk::memory(), "/store", layout) {}

  void close() { journal_.reset(); }
  void reopen() {
    journal_.reset();
    auto journal = Journal::open(disk_, directory_, clock, dating_of);
    REQUIRE_MESSAGE(journal, journal.error().what);
    journal_ = std::move(*journal);
  }

  /// An append that must succeed.
  Appended record(std::vector<Draft> drafts, const std::vector<Expectation>& expectations = {}) {
    auto appended = append(*journal_, std::move(drafts), expectations);
    REQUIRE_MESSAGE(appended, appended.error().what);
    return *appended;
  }
  /// An append that must fail.
  Error refused(std::vector<Draft> drafts, const std::vector<Expectation>& expectations = {}) {
    auto appended = append(*journal_, std::move(drafts), expectations);
    REQUIRE(!appended);
    return appended.error();
  }

  [[nodiscard]] Journal& journal() { return *journal_; }
  [[nodiscard]] Log& log() { return journal_->log(); }
  [[nodiscard]] const Disk& disk() const { return disk_; }
  [[nodiscard]] const std::string& directory() const { return directory_; }

  [[nodiscard]] std::unique_ptr<Log> reader() const {
    auto log = Log::open(disk_, directory_, dating_of);
    REQUIRE_MESSAGE(log, log.error().what);
    return std::move(*log);
  }
  /// All that the store holds, family by family, but the notes in `meta`. An open journal
  /// is closed meanwhile, which waits until its index is settled.
  [[nodiscard]] std::array<Entries, kFamilies> entries() {
    const bool open = journal_ != nullptr;
    close();
    auto store = Store::open(disk_, directory_, Access::read);
    REQUIRE_MESSAGE(store, store.error().what);
    std::array<Entries, kFamilies> all;
    for (const Family family : {Family::log, Family::names, Family::ids, Family::timeline})
      all[static_cast<std::size_t>(family)] = entries_of(**store, family);
    if (open) reopen();
    return all;
  }
  /// Closes the journal and hands out the store under it, to be damaged.
  [[nodiscard]] std::unique_ptr<Store> bare() {
    close();
    auto store = Store::open(disk_, directory_, Access::write);
    REQUIRE(store);
    return std::move(*store);
  }

  ManualClock clock;

 private:
  Disk disk_;
  std::string directory_;
  std::unique_ptr<Journal> journal_;
};

}  // namespace solnoma::test

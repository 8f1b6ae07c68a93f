#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include "engine/format/keys.hpp"
#include "engine/format/row_page.hpp"
#include "engine/index/page_keys.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// Twenty events: sixteen in a segment of the index, four after it.
const Segment kSegment{Position{1}, 4};

void fill_with(TestJournal& t) {
  t.record({{"park/a", "1", "one"}, {"park/b", "2", "two", "urn:b"}});
  t.record({{"park/a", "3", "three", "urn:test", "1"}, {"park/a", "4", "four"}});
  std::vector<Draft> more;
  for (int i = 5; i <= 20; ++i) more.push_back({"park/c", std::to_string(i), "", "urn:test"});
  t.record(more);
}

/// What verify_log says after `damage` was done to the bare store.
template <class Damage>
Error verified_after(const Damage& damage) {
  TestJournal t;
  fill_with(t);
  check_verified(t.log());
  {
    const auto store = t.bare();
    auto batch = store->batch();
    damage(*store, batch);
    REQUIRE(store->write(batch, true));
  }
  const auto reader = Log::open(t.disk(), t.directory(), dating_of);
  if (!reader) return reader.error();  // the newest block is read at once
  const auto ok = verify_log(**reader);
  REQUIRE(!ok);
  return ok.error();
}

/// Puts back all entries of a family but the one with this key.
void without(Store& store, Store::Batch& batch, Family family, const std::string& key) {
  const auto entries = entries_of(store, family);
  REQUIRE(store.clear(family));
  bool found = false;
  for (const auto& [k, value] : entries) {
    found = found || k == key;
    if (k != key) batch.put(family, k, value);
  }
  REQUIRE(found);
}

const std::string kRowsKey = row_page_key(kSegment, SubjectNumber{2}, Revision{12});

/// The key and the value of the one page of ids.
std::pair<std::string, std::string> id_page(const Store& store) {
  const auto pages = entries_of(store, Family::ids);
  REQUIRE(pages.size() == 1);
  return pages.front();
}

/// What verify_log says after the rows of the segment were changed.
template <class Change>
Error verified_with_rows(const Change& change) {
  return verified_after([&](Store& store, Store::Batch& batch) {
    RowPage page;
    REQUIRE(decode_rows(store.get(Family::timeline, kRowsKey).value().value(), kSegment, page));
    REQUIRE(page.rows.size() == 16);
    change(page);
    batch.put(Family::timeline, kRowsKey, encode_rows(page, kSegment));
  });
}

template <class Change>
Error verified_with_ids(const Change& change) {
  return verified_after([&](Store& store, Store::Batch& batch) {
    const auto [key, bytes] = id_page(store);
    std::vector<IdEntry> entries;
    REQUIRE(decode_ids(bytes, kSegment, entries));
    REQUIRE(entries.size() == 16);
    change(entries);
    batch.put(Family::ids, key, encode_ids(entries, kSegment));
  });
}

bool names(const Error& error, std::string_view what) {
  return error.code == Errc::damaged_index && error.advice == Advice::derive_again &&
         error.what.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("a missing entry is found") {
  CHECK(names(verified_after([](Store& store, Store::Batch& batch) {
                without(store, batch, Family::ids, id_page(store).first);
              }),
              "malformed"));
  CHECK(names(verified_after([](Store& store, Store::Batch& batch) {
                without(store, batch, Family::names, number_key('P', 1));
              }),
              "'names'"));
  CHECK(names(verified_after([](Store& store, Store::Batch& batch) {
                without(store, batch, Family::timeline, kRowsKey);
              }),
              "'timeline'"));
  CHECK(names(verified_with_rows([](RowPage& page) {
                page.rows.pop_back();
                --page.runs.back().rows;
              }),
              "malformed"));
  CHECK(names(verified_with_ids([](auto& entries) { entries.erase(entries.begin() + 3); }),
              "malformed"));
}

TEST_CASE("an entry too many is found") {
  CHECK(names(
      verified_after([](Store&, Store::Batch& batch) { batch.put(Family::names, "sextra", ""); }),
      "'names'"));
  CHECK(names(verified_with_rows([](RowPage& page) {
                page.rows.push_back(page.rows.back());
                ++page.runs.back().rows;
              }),
              "malformed"));
  CHECK(names(verified_with_ids([](auto& entries) { entries.push_back(entries.back()); }),
              "malformed"));
}

TEST_CASE("a changed row, swapped rows and a torn page are found") {
  const auto changed = [](const auto& change) {
    CHECK(names(verified_with_rows([&](RowPage& page) { change(page.rows[3]); }), "'timeline'"));
  };
  changed([](Row& row) { row.earliest = Day{-5}; });
  changed([](Row& row) { row.known = Day{5}; });
  changed([](Row& row) { row.packed ^= 1; });
  changed([](Row& row) { row.packed += 256; });
  CHECK(
      names(verified_with_rows([](RowPage& page) { page.rows[1].supersedes = 0; }), "'timeline'"));
  CHECK(names(verified_with_rows([](RowPage& page) { std::swap(page.rows[4], page.rows[5]); }),
              "'timeline'"));
  CHECK(names(verified_after([](Store& store, Store::Batch& batch) {
                std::string page = store.get(Family::timeline, kRowsKey).value().value();
                page.pop_back();
                batch.put(Family::timeline, kRowsKey, page);
              }),
              "malformed"));
}

TEST_CASE("a changed id and ids out of order are found") {
  CHECK(names(verified_with_ids([](auto& entries) { ++entries[3].position.value; }), "'ids'"));
  CHECK(names(verified_with_ids([](auto& entries) { --entries[3].hash; }), "'ids'"));
  CHECK(names(verified_after([](Store& store, Store::Batch& batch) {
                const auto [key, bytes] = id_page(store);
                batch.put(Family::ids, key, bytes + bytes);
              }),
              "malformed"));
}

TEST_CASE("a page under another key, where no question finds it, is found") {
  const auto moved = [](Family family, const std::string& from, const std::string& to) {
    return verified_after([&](Store& store, Store::Batch& batch) {
      const std::string key = from.empty() ? id_page(store).first : from;
      batch.put(family, to, store.get(family, key).value().value());
      batch.remove(family, key);
    });
  };
  const auto rows_key = [](std::uint32_t subject, std::uint32_t revision) {
    return row_page_key(kSegment, SubjectNumber{subject}, Revision{revision});
  };
  CHECK(names(moved(Family::timeline, kRowsKey, rows_key(1, 1)), "malformed"));
  CHECK(names(moved(Family::timeline, kRowsKey, rows_key(2, 11)), "malformed"));
  CHECK(names(moved(Family::timeline, kRowsKey, rows_key(9, 9)), "malformed"));
  CHECK(names(moved(Family::ids, "", id_page_key(kSegment, {1, Position{1}})), "malformed"));
  CHECK(names(moved(Family::ids, "", id_page_key(kSegment, {UINT64_MAX >> 28, Position{1}})),
              "malformed"));
}

TEST_CASE("a writer does not go on from an index that hides what is recorded") {
  TestJournal t;
  fill_with(t);
  {
    const auto store = t.bare();
    auto batch = store->batch();
    const auto [key, ids] = id_page(*store);
    batch.put(Family::ids, id_page_key(kSegment, {1, Position{1}}), ids);
    batch.remove(Family::ids, key);
    batch.put(Family::timeline, row_page_key(kSegment, SubjectNumber{0}, Revision{1}),
              store->get(Family::timeline, kRowsKey).value().value());
    batch.remove(Family::timeline, kRowsKey);
    REQUIRE(store->write(batch, true));
  }
  t.reopen();
  CHECK(t.record({{"park/a", "1", "one"}}).already == 1);
  t.record({{"park/b", "new"}}, {{"park/b", Exactly{Revision{1}}}});
  check_verified(t.log());
}

TEST_CASE("an event that stands twice in the log is found") {
  TestJournal t;
  t.record({{"park/a", "1"}, {"park/a", "2"}});
  {
    const auto store = t.bare();
    std::string block = store->get(Family::log, log_key(Position{1})).value().value();
    constexpr std::size_t kIdOfSecond = 56 + 32;  // a frame of 56 bytes, a header of 32
    REQUIRE(block.at(kIdOfSecond) == '2');
    block[kIdOfSecond] = '1';
    auto batch = store->batch();
    batch.put(Family::log, log_key(Position{1}), block);
    REQUIRE(store->write(batch, true));
  }
  const auto verified = verify_log(*t.reader());
  REQUIRE(!verified);
  CHECK(verified.error().code == Errc::corrupt);
  CHECK(verified.error().where == "position 2");
  CHECK(verified.error().what.find("'1' stands at position 1 already") != std::string::npos);
}

TEST_CASE("a changed name is found") {
  CHECK(verified_after([](Store&, Store::Batch& batch) {
          batch.put(Family::names, number_key('S', 1), "park/c");
        }).what.find("'names'") != std::string::npos);
}

TEST_CASE("a changed byte of the log is found where it matters") {
  TestJournal t;
  fill_with(t);
  const auto store = t.bare();
  const std::string block = store->get(Family::log, log_key(Position{1})).value().value();
  const auto put = [&](const std::string& bytes) {
    auto batch = store->batch();
    batch.put(Family::log, log_key(Position{1}), bytes);
    REQUIRE(store->write(batch, true));
    return Log::open(t.disk(), t.directory(), dating_of);
  };
  // The first frame: a header of 32 bytes, "1" "park/a" "urn:test", then the payload.
  struct Change {
    std::size_t at;
    char byte;
    const char* what;
  };
  for (const auto& [at, byte, what] :
       {Change{0, 1, "size of the payload"}, Change{4, 1, "subject number"},
        Change{8, 0, "revision"}, Change{8, 2, "revision"}, Change{12, 1, "source number"},
        Change{23, 9, "instant, now too late"}, Change{24, 1, "supersedes itself"},
        Change{28, 2, "size of the id"}, Change{32, 'x', "id"}, Change{33, 'x', "subject"},
        Change{39, 'x', "source"}, Change{48, 'x', "day in the payload"},
        Change{53, 'x', "payload that cannot be"}}) {
    CAPTURE(what);
    std::string damaged = block;
    REQUIRE(damaged.at(at) != byte);
    damaged[at] = byte;
    const auto log = put(damaged);  // may fail at once: the newest block is read
    const auto ok = log ? verify_log(**log) : std::unexpected(log.error());
    REQUIRE(!ok);
    CHECK((ok.error().code == Errc::corrupt || ok.error().code == Errc::damaged_index));
  }
  const auto whole = put(block);
  REQUIRE(whole);
  check_verified(**whole);
}

TEST_CASE("a lost block is found, by verifying and by reading") {
  TestJournal t;
  std::vector<Draft> batch;
  for (int i = 0; i < 700; ++i) batch.push_back({"park/a", std::to_string(i)});
  t.record(batch);
  {
    const auto store = t.bare();
    auto changes = store->batch();
    without(*store, changes, Family::log, log_key(Position{257}));
    REQUIRE(store->write(changes, true));
  }
  const auto reader = t.reader();
  const Visitor any = [](const RecordedEvent&) { return true; };
  CHECK(verify_log(*reader).error().code == Errc::corrupt);
  CHECK(reader->read(Position{1}, Direction::forwards, any).error().code == Errc::corrupt);
  CHECK(reader->read(kNewest, Direction::backwards, any).error().code == Errc::corrupt);
  CHECK(reader->read_subject("park/a", Revision{1}, Direction::forwards, any).error().code ==
        Errc::corrupt);
  CHECK(reader->read(Position{513}, Direction::forwards, any));
}

TEST_CASE("derived entries of a wrong size are errors, not crashes") {
  TestJournal t;
  fill_with(t);
  {
    const auto store = t.bare();
    auto batch = store->batch();
    batch.put(Family::names, name_key('s', "park/a"), "?");
    batch.put(Family::ids, id_page(*store).first, "?");
    batch.put(Family::timeline, kRowsKey, "?");
    REQUIRE(store->write(batch, true));
  }
  const auto log = t.reader();
  CHECK(log->subject("park/a").error().code == Errc::damaged_index);
  CHECK(log->subjects("", [](auto, auto) { return true; }).error().code == Errc::damaged_index);
  CHECK(log->find("1").error().code == Errc::damaged_index);
  CHECK(log->find("urn:test", "1").error().code == Errc::damaged_index);
  CHECK(log->rows(SubjectNumber{1}).error().code == Errc::damaged_index);
  CHECK(log->revision(SubjectNumber{1}).error().code == Errc::damaged_index);
  CHECK(log->all_rows([](auto, auto) { return true; }).error().code == Errc::damaged_index);
}

namespace {

/// A disk that a writer in another process takes a file from, when the reader asks for the n-th
/// time for the size of a sorted file or for the file.
class VanishingDisk : public rocksdb::FileSystemWrapper {
 public:
  explicit VanishingDisk(const Disk& below) : FileSystemWrapper(below.env()->GetFileSystem()) {}

  int at = 0;  ///< from 1; 0: never
  int asked = 0;

  rocksdb::IOStatus GetFileSize(const std::string& name, const rocksdb::IOOptions& options,
                                std::uint64_t* size, rocksdb::IODebugContext* context) override {
    ask(name);
    return FileSystemWrapper::GetFileSize(name, options, size, context);
  }
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* context) override {
    ask(name);
    return FileSystemWrapper::NewRandomAccessFile(name, options, file, context);
  }
  const char* Name() const override { return "solnoma.VanishingDisk"; }

 private:
  void ask(const std::string& name) {
    if (name.ends_with(".sst") && ++asked == at) CHECK(DeleteFile(name, {}, nullptr).ok());
  }
};

}  // namespace

TEST_CASE("a file that the writer replaces while a reader verifies is no damage") {
  int moments = 0;  // the first round takes nothing away, and counts
  for (int at = 0; at <= moments; ++at) {
    CAPTURE(at);
    TestJournal t;
    fill_with(t);
    REQUIRE(t.bare()->flush());
    const auto disk = std::make_shared<VanishingDisk>(t.disk());
    const auto env = std::shared_ptr<rocksdb::Env>(rocksdb::NewCompositeEnv(disk));
    const auto reader = Log::open(Disk(env), t.directory(), dating_of);
    REQUIRE(reader);
    disk->asked = 0;
    disk->at = at;
    check_verified(**reader);
    if (at == 0) moments = disk->asked;
  }
  CHECK(moments >= 8);  // four sorted files or more, each measured and opened
}

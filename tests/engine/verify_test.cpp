#include "engine/index.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

void fill(TestJournal& t) {
  t.record({{"park/a", "1", "one"}, {"park/b", "2", "two", "urn:b"}});
  t.record({{"park/a", "3", "three", "urn:test", "1"}, {"park/a", "4", "four"}});
}

/// What verify_index says after `damage` was done to the bare store.
template <class Damage>
Error verified_after(const Damage& damage) {
  TestJournal t;
  fill(t);
  check_verified(t.log());
  {
    const auto store = t.bare();
    auto batch = store->batch();
    damage(*store, batch);
    REQUIRE(store->write(batch, true));
  }
  const auto reader = Log::open(t.disk(), t.directory());
  if (!reader) return reader.error();  // the newest block is read at once
  const auto ok = verify_index(**reader, mark_of);
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

std::string row_page(Store& store) {
  return store.get(Family::timeline, page_key(SubjectNumber{0}, 0)).value().value();
}

}  // namespace

TEST_CASE("a missing entry is found") {
  CHECK(verified_after([](Store& store, Store::Batch& batch) {
          without(store, batch, Family::ids, id_key("2", 1));
        }).what.find("'ids'") != std::string::npos);
  CHECK(verified_after([](Store& store, Store::Batch& batch) {
          without(store, batch, Family::names, number_key('P', 1));
        }).code == Errc::corrupt);
  CHECK(verified_after([](Store& store, Store::Batch& batch) {
          without(store, batch, Family::timeline, page_key(SubjectNumber{1}, 0));
        }).what.find("'timeline'") != std::string::npos);
}

TEST_CASE("an entry too many is found") {
  const auto extra = [](Family family, const std::string& key, const std::string& value) {
    const Error error =
        verified_after([&](Store&, Store::Batch& batch) { batch.put(family, key, value); });
    CHECK(error.code == Errc::corrupt);
    CHECK(error.remedy == "run 'solnoma rebuild'");
  };
  extra(Family::ids, id_key("9", 0), std::string(8, '\1'));
  extra(Family::names, "sextra", "");
  extra(Family::timeline, page_key(SubjectNumber{9}, 0), "");
  extra(Family::timeline, page_key(SubjectNumber{9}, 0), std::string(24, '\1'));
  extra(Family::timeline, "?", "torn");
}

TEST_CASE("an extra row, a torn row and swapped rows are found") {
  const auto page = page_key(SubjectNumber{0}, 0);
  CHECK(verified_after([&](Store&, Store::Batch& batch) {
          batch.append(Family::timeline, page, 3 * sizeof(Row), std::string(24, '\1'));
        }).code == Errc::corrupt);
  CHECK(verified_after([&](Store& store, Store::Batch& batch) {
          batch.put(Family::timeline, page, row_page(store).substr(0, 30));
        }).code == Errc::corrupt);
  const Error swapped = verified_after([&](Store& store, Store::Batch& batch) {
    const std::string rows = row_page(store);
    batch.put(Family::timeline, page, rows.substr(24, 24) + rows.substr(0, 24) + rows.substr(48));
  });
  CHECK(swapped.what.find("out of order") != std::string::npos);
}

TEST_CASE("a changed name is found") {
  CHECK(verified_after([](Store&, Store::Batch& batch) {
          batch.put(Family::names, number_key('S', 1), "park/c");
        }).what.find("'names'") != std::string::npos);
}

TEST_CASE("a changed byte of the log is found where it matters") {
  TestJournal t;
  fill(t);
  const auto store = t.bare();
  const std::string block = store->get(Family::log, log_key(Position{1})).value().value();
  const auto put = [&](const std::string& bytes) {
    auto batch = store->batch();
    batch.put(Family::log, log_key(Position{1}), bytes);
    REQUIRE(store->write(batch, true));
    return Log::open(t.disk(), t.directory());
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
    const auto ok = log ? verify_index(**log, mark_of) : std::unexpected(log.error());
    REQUIRE(!ok);
    CHECK(ok.error().code == Errc::corrupt);
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
  CHECK(verify_index(*reader, mark_of).error().code == Errc::corrupt);
  CHECK(reader->read(Position{1}, Direction::forwards, any).error().code == Errc::corrupt);
  CHECK(reader->read(kNewest, Direction::backwards, any).error().code == Errc::corrupt);
  CHECK(reader->read_subject("park/a", Revision{1}, Direction::forwards, any).error().code ==
        Errc::corrupt);
  CHECK(reader->read(Position{513}, Direction::forwards, any));
}

TEST_CASE("derived entries of a wrong size are errors, not crashes") {
  TestJournal t;
  fill(t);
  {
    const auto store = t.bare();
    auto batch = store->batch();
    batch.put(Family::names, name_key('s', "park/a"), "?");
    batch.put(Family::names, name_key('p', "urn:b"), "");
    batch.put(Family::ids, id_key("1", 0), "?");
    batch.put(Family::timeline, page_key(SubjectNumber{1}, 0), "?");
    batch.put(Family::timeline, "?", "");
    REQUIRE(store->write(batch, true));
  }
  const auto log = t.reader();
  CHECK(log->subject("park/a").error().code == Errc::corrupt);
  CHECK(log->subjects("", [](auto, auto) { return true; }).error().code == Errc::corrupt);
  CHECK(log->find("1").error().code == Errc::corrupt);
  CHECK(log->find("urn:test", "1").error().code == Errc::corrupt);
  CHECK(log->find("urn:b", "2").error().code == Errc::corrupt);
  CHECK(log->rows(SubjectNumber{1}).error().code == Errc::corrupt);
  CHECK(log->revision(SubjectNumber{1}).error().code == Errc::corrupt);
  CHECK(log->all_rows([](auto, auto) { return true; }).error().code == Errc::corrupt);
}

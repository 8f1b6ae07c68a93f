#include "engine/format/keys.hpp"
#include "engine/index/page_keys.hpp"
#include "engine/storage/store_files.hpp"
#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_fixture.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace solnoma;
using namespace solnoma::test;

namespace {

void fill_store(TestJournal& t, int from, int to) {
  for (int i = from; i < to; ++i)
    t.record({{"park/" + std::to_string(i % 3), std::to_string(i)},
              {"park/" + std::to_string(i % 5), std::to_string(i) + "b"}});
}

/// Puts what no program of ours writes into a family of a closed store.
void spoil(TestJournal& t, Family family, bool all) {
  const auto store = t.bare();
  auto batch = store->batch();
  auto entries = entries_of(*store, family);
  if (family == Family::names)  // anything could be a name, but not a number
    std::erase_if(entries, [](const auto& e) { return e.first[0] == 'S' || e.first[0] == 'P'; });
  REQUIRE(!entries.empty());
  for (const auto& [key, value] : entries)
    if (all) batch.put(family, key, "?");
  if (!all) batch.put(family, entries.front().first, "?");
  REQUIRE(store->write(batch, true));
}

/// Flips one byte in every sorted file of a family; how many those were. A file names its
/// family near its end.
int damage_files(const std::string& directory, const std::string& family) {
  int damaged = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() != ".sst") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (bytes.find(family) == std::string::npos) continue;
    bytes.at(20) = static_cast<char>(bytes.at(20) ^ 1);
    std::ofstream(entry.path(), std::ios::binary) << bytes;
    ++damaged;
  }
  return damaged;
}

}  // namespace

TEST_CASE("a writer derives again what it finds damaged, whatever that is") {
  for (const Family family : {Family::names, Family::ids, Family::timeline}) {
    for (const bool all : {false, true}) {
      CAPTURE(static_cast<int>(family));
      TestJournal t;
      fill_store(t, 0, 40);
      const auto kept = t.entries();
      spoil(t, family, all);
      t.reopen();
      // Known ones again, one that corrects, and a new one: every part of the index is asked.
      std::vector<Draft> drafts{{"park/0", "0"}, {"park/1", "1"}};
      for (int i = 0; i < 40; ++i)
        drafts.push_back({"park/" + std::to_string(i % 5), std::to_string(i) + "b"});
      CHECK(t.record(drafts).recorded == 0);
      CHECK(t.entries() == kept);
      fill_store(t, 40, 60);
      REQUIRE(t.journal().rebuild());  // what was not asked for may still be damaged
      check_verified(t.log());
      TestJournal whole;
      fill_store(whole, 0, 60);
      CHECK(t.entries() == whole.entries());
    }
  }
}

TEST_CASE("a writer derives again what says how far the index goes, where that is wrong") {
  const auto le64 = [](std::uint64_t value) {
    std::string bytes;
    put_le(bytes, value);
    return bytes;
  };
  for (const std::string& value :
       {std::string("?"), le64(1 << 20), le64(7), le64(8), std::string()}) {
    TestJournal t;
    fill_store(t, 0, 40);
    const auto kept = t.entries();
    {
      const auto store = t.bare();
      auto batch = store->batch();
      if (value.empty())
        batch.remove(Family::meta, kIndexed);
      else
        batch.put(Family::meta, kIndexed, value);
      REQUIRE(store->write(batch, true));
    }
    if (value == "?" || value == le64(7) || value == le64(1 << 20))
      CHECK(t.reader()->rows(SubjectNumber{0}).error().code == Errc::damaged_index);
    t.reopen();
    check_verified(t.log());
    CHECK(t.entries() == kept);
  }
}

TEST_CASE("a segment that is missing from the index is derived again, not taken for empty") {
  TestJournal t;
  fill_store(t, 0, 40);
  const auto kept = t.entries();
  {
    const auto store = t.bare();
    REQUIRE(store->clear(Family::timeline));
  }
  t.reopen();
  check_verified(t.log());
  CHECK(t.entries() == kept);
}

TEST_CASE("files of the index that the disk has damaged are derived again") {
  const TemporaryDirectory d;
  TestJournal t(Disk::real(), d / "store");
  fill_store(t, 0, 200);
  const auto kept = t.entries();
  {
    const auto store = t.bare();
    REQUIRE(store->flush());
  }
  CHECK(damage_files(d / "store/db", "timeline") >= 1);
  const auto reader = t.reader();
  CHECK(reader->rows(SubjectNumber{0}).error().code == Errc::damaged_index);
  CHECK(verify_log(*reader).error().code == Errc::damaged_index);
  CHECK(all_of(*reader).size() == 400);  // the log itself is whole
  t.reopen();
  check_verified(t.log());
  CHECK(t.entries() == kept);
}

TEST_CASE("a damaged name that was read already is read anew when it was derived again") {
  TestJournal t;
  t.record({{"park/a", "first"}});
  fill_store(t, 0, 20);
  {
    const auto store = t.bare();
    auto batch = store->batch();
    batch.put(Family::names, number_key('S', 0), "park/z");
    REQUIRE(store->write(batch, true));
  }
  t.reopen();
  CHECK(t.log().subject_name(SubjectNumber{0}).value() == "park/z");
  REQUIRE(t.journal().rebuild());
  CHECK(t.log().subject_name(SubjectNumber{0}).value() == "park/a");
  check_verified(t.log());
}

TEST_CASE("a log that has lost acknowledged events is not taken for a shorter one") {
  const TemporaryDirectory d;
  TestJournal t(Disk::real(), d / "store");
  t.record({{"park/a", "1"}});
  t.close();
  const auto copy = [&](const std::string& from, const std::string& to) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  };
  copy(d / "store/db", d / "old");
  t.reopen();
  t.record({{"park/a", "2"}});
  t.close();
  CHECK(Acknowledged::read(t.disk(), t.directory()) == Position{2});
  std::filesystem::remove_all(d / "store/db");
  copy(d / "old", d / "store/db");

  for (const bool writing : {false, true}) {
    const Error error = writing ? Journal::open(t.disk(), t.directory(), t.clock, dating_of).error()
                                : Log::open(t.disk(), t.directory(), dating_of).error();
    CHECK(error.code == Errc::corrupt);
    CHECK(error.what.find("ends at position 1, but 2 was recorded") != std::string::npos);
    CHECK(error.remedy.find("ACKNOWLEDGED") != std::string::npos);
  }
  std::filesystem::remove(d / "store/ACKNOWLEDGED");  // as the remedy says
  t.reopen();
  CHECK(t.log().head() == Position{1});
  t.record({{"park/a", "3"}});
  check_verified(t.log());
}

TEST_CASE("nothing is cut off a damaged write-ahead log by a writer that is refused") {
  const TemporaryDirectory d;
  TestJournal t(Disk::real(), d / "store");
  for (int i = 0; i < 10; ++i) t.record({{"park/a", std::to_string(i)}});
  t.close();
  const auto all = t.entries();
  const auto flip_in_logs = [&] {
    int logs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(d / "store/db")) {
      if (entry.path().extension() != ".log" || entry.file_size() == 0) continue;
      std::fstream log(entry.path(), std::ios::binary | std::ios::in | std::ios::out);
      const auto middle = static_cast<std::streamoff>(entry.file_size() / 2);
      const auto byte = static_cast<char>(log.seekg(middle).get() ^ 1);
      log.seekp(middle).put(byte);
      ++logs;
    }
    REQUIRE(logs == 1);
  };
  flip_in_logs();
  for (int tries = 0; tries < 2; ++tries) {
    const Error error = Journal::open(t.disk(), t.directory(), t.clock, dating_of).error();
    CHECK(error.code == Errc::corrupt);
    CHECK(error.what.find("but 10 was recorded") != std::string::npos);
  }
  flip_in_logs();  // all of it is still there to be saved
  t.reopen();
  CHECK(t.entries() == all);
  check_verified(t.log());
}

TEST_CASE("a bound that cannot be read is none, and is written again") {
  const TemporaryDirectory d;
  TestJournal t(Disk::real(), d / "store");
  t.record({{"park/a", "1"}});
  for (const std::string& text :
       {std::string(), std::string("position 99"), "position " + std::string(36, 'x') + "\n",
        std::string(200, ' ')}) {
    t.close();
    std::ofstream(d / "store/ACKNOWLEDGED") << text;
    t.reopen();
    CHECK(t.log().head().value >= 1);
    t.record({{"park/a", std::to_string(t.log().head().value + 1)}});
    CHECK(t.reader()->head() == t.log().head());
  }
}

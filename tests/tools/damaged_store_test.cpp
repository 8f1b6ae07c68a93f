// What is asked of a store of which a part is damaged, and what is got out of it.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>

#include "engine/format/keys.hpp"
#include "engine/journal.hpp"
#include "engine/storage/store.hpp"
#include "events/chronicle.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "tests/support/clocks.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::Access;
using solnoma::append;
using solnoma::Disk;
using solnoma::event_from_json;
using solnoma::Family;
using solnoma::index_payload;
using solnoma::Indexer;
using solnoma::Journal;
using solnoma::kIndexVersion;
using solnoma::Store;
using solnoma::test::contains;
using solnoma::test::ManualClock;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// Turns over a byte of the largest file of that kind.
void damage(const std::string& directory, const std::string& suffix, std::size_t at) {
  std::filesystem::path largest;
  for (const auto& file : std::filesystem::directory_iterator(directory))
    if (file.path().string().ends_with(suffix) &&
        (largest.empty() || file.file_size() > std::filesystem::file_size(largest)))
      largest = file.path();
  REQUIRE(!largest.empty());
  std::fstream file(largest, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(at));
  const char byte = static_cast<char>(file.get() ^ 1);
  file.seekp(static_cast<std::streamoff>(at));
  file.put(byte);
}

/// Turns over a bit of that text in the file of that kind where it stands.
void damage_text(const std::string& directory, const std::string& suffix, const std::string& text) {
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (!entry.path().string().ends_with(suffix)) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    const auto at = bytes.find(text);
    if (at == std::string::npos) continue;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    std::ofstream(entry.path(), std::ios::binary) << bytes;
    return;
  }
  FAIL("nothing says ", text);
}

/// One after the other, into the same write-ahead log.
void record(const std::string& directory, std::initializer_list<const char*> ids) {
  ManualClock clock;
  const auto journal =
      Journal::open(Disk::real(), directory, clock, Indexer(index_payload, kIndexVersion)).value();
  for (const std::string id : ids) {
    const auto event =
        event_from_json(
            R"({"specversion":"1.0","source":"urn:solnoma:history","type":"solnoma.visited","subject":"park/navoi",)"
            R"("known":"2026-01-01","data":{},"id":")" +
                id + "\"}",
            "")
            .value()
            .event;
    REQUIRE(append(*journal, {&event, 1}));
  }
}

/// What is recorded of a store while that is being rebuilt, or when that was interrupted.
void begin_rebuild(const std::string& directory) {
  const auto store = Store::open(Disk::real(), directory, Access::write);
  REQUIRE(store);
  auto batch = (*store)->batch();
  batch.put(Family::meta, solnoma::kRebuilding, "1");
  REQUIRE((*store)->write(batch, true));
}

}  // namespace

TEST_CASE("what is intact of a damaged store is got out, and the new log tells what is lost") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  for (const char* id : {"first", "second", "third"})
    REQUIRE(
        w.solnoma({"append", "visited", "park/navoi", "--known", "2026-01-01", "--id", id}).exit ==
        0);
  const std::string whole = w.solnoma({"log"}).out;
  const std::string head = w.solnoma({"head"}).out;

  // Where nothing is damaged it is a copy.
  const std::string copy = w.path("copy");
  Run run = w.solnoma({"--store", copy, "restore", "--salvage", w.store()});
  CHECK(run.exit == 0);
  CHECK(contains(run.out, "salvaged 53 events"));
  CHECK(contains(run.out, "none is known to be lost; head " + head));
  CHECK(w.solnoma({"--store", copy, "log"}).out == whole);

  // The write-ahead log ends with the record of its last event, "third".
  std::uintmax_t end = 0;
  for (const auto& file : std::filesystem::directory_iterator(w.store() + "/db"))
    if (file.path().string().ends_with(".log")) end = std::max(end, file.file_size());
  REQUIRE(end > 100);
  damage(w.store() + "/db", ".log", end - 20);
  run = w.solnoma({"status", "park/navoi"});
  CHECK(run.exit == 3);
  CHECK(contains(run.err, "53 was recorded"));
  const std::string again = w.path("again");
  run = w.solnoma({"--store", again, "restore", "--salvage", w.store()});
  CAPTURE(run.err);
  CHECK(run.exit == 0);
  CHECK(contains(run.out, "salvaged 52 events"));
  CHECK(contains(run.out, "1 are lost, of its positions 53"));
  CHECK(contains(run.out, "as it was up to position 52"));
  CHECK(w.solnoma({"--store", again, "verify"}).exit == 0);
  const std::string told = w.solnoma({"--store", again, "log", "--format", "json"}).out;
  CHECK(contains(told, "52 of 53 events"));
  CHECK(!contains(told, "\"third\""));
  CHECK(contains(told, "\"second\""));
  CHECK(w.solnoma({"--store", again, "status", "park/navoi"}).exit == 0);
  // Where what comes behind a gap is the last that is known, nobody knows how long the gap is.
  const std::string shortened = w.path("shortened");
  std::filesystem::copy(copy, shortened, std::filesystem::copy_options::recursive);
  record(shortened, {"fourth", "fifth"});
  damage_text(shortened + "/db", ".log", "fourth");
  std::filesystem::remove(shortened + "/ACKNOWLEDGED");
  run = w.solnoma({"--store", w.path("d"), "restore", "--salvage", shortened});
  CAPTURE(run.out);
  CHECK(contains(run.out, "at least 1 are lost, of its positions at least 1 of 54 to 55"));
  // Nothing is made where a store is, and --at makes no sense.
  CHECK(w.solnoma({"--store", again, "restore", "--salvage", w.store()}).exit == 1);
  CHECK(w.solnoma({"--store", w.path("b"), "restore", "--salvage", w.store(), "--at", "3"}).exit ==
        2);
  CHECK(w.solnoma({"--store", w.path("c"), "restore", "--salvage", w.path("none")}).exit == 3);
}

TEST_CASE("the log is read while its index is being rebuilt, and a subject by reading all of it") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const std::string log = w.solnoma({"log"}).out;
  const std::string of_navoi = w.solnoma({"log", "park/navoi"}).out;
  const std::string newest = w.solnoma({"log", "park/navoi", "--limit", "2"}).out;
  const std::string exported = w.exported();
  std::string head = w.solnoma({"head"}).out;
  head.pop_back();
  begin_rebuild(w.store());

  CHECK(w.solnoma({"log"}).out == log);
  CHECK(w.exported() == exported);
  Run run = w.solnoma({"log", "park/navoi"});
  CHECK(run.exit == 0);
  CHECK(run.out == of_navoi);
  CHECK(contains(run.err, "is being rebuilt; the whole log is read instead"));
  CHECK(w.solnoma({"log", "park/navoi", "--limit", "2"}).out == newest);
  run = w.solnoma({"log", "park/nowhere"});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "nothing is recorded of 'park/nowhere' by this name"));
  run = w.solnoma({"verify"});
  CHECK(run.exit == 3);
  CHECK(contains(run.err, "the log is whole, 50 events, head " + head + "; but"));
  run = w.solnoma({"verify", "--head", std::string(64, '0') + "@50"});
  CHECK(contains(run.err, "does not extend the head"));
  run = w.solnoma({"status", "park/navoi"});
  CHECK(run.exit == 3);
  CHECK(contains(run.err, "is being rebuilt"));

  CHECK(w.solnoma({"rebuild"}).exit == 0);
  CHECK(w.solnoma({"log", "park/navoi"}).err.empty());
}

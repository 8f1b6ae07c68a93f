// What is asked of a store of which a part is damaged, and what is got out of it.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/format/keys.hpp"
#include "engine/storage/store.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::Access;
using solnoma::Disk;
using solnoma::Family;
using solnoma::Store;
using solnoma::test::contains;
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

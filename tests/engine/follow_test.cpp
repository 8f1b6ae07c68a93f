#include <algorithm>
#include <filesystem>
#include <thread>

#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;
using namespace std::chrono_literals;

namespace {

Draft draft(int i) {
  return {"park/" + std::to_string(i % 3), std::to_string(i), std::string(500, 'x')};
}

}  // namespace

TEST_CASE("a follower in the writer's process wakes at once") {
  TestJournal t;
  t.record({draft(0)});
  CHECK(t.log().wait_past(Position{0}, 0ms) == Position{1});
  std::jthread writer([&] { CHECK(append(t.journal(), {draft(1)})); });
  const auto begun = std::chrono::steady_clock::now();
  CHECK(t.log().wait_past(Position{1}, 10s) == Position{2});
  CHECK(std::chrono::steady_clock::now() - begun < 5s);
}

TEST_CASE("a follower gives up after its time, and not before") {
  TestJournal t;
  const auto reader = t.reader();
  for (Log* log : {&t.log(), reader.get()}) {
    const auto begun = std::chrono::steady_clock::now();
    CHECK(log->wait_past(Position{0}, 50ms) == Position{0});
    CHECK(std::chrono::steady_clock::now() - begun >= 50ms);
  }
  t.record({draft(0)});
  CHECK(t.log().wait_past(Position{0}, std::chrono::milliseconds::max()) == Position{1});
  CHECK(reader->wait_past(Position{0}, std::chrono::milliseconds::max()) == Position{1});
}

TEST_CASE("a reader sees the log as of its last catching up") {
  TestJournal t;
  t.record({draft(0)});
  const auto reader = t.reader();
  t.record({draft(1), draft(2)});
  CHECK(reader->head() == Position{1});
  CHECK(all_of(*reader).size() == 1);
  CHECK(reader->catch_up() == Position{3});
  CHECK(all_of(*reader) == all_of(t.log()));
  CHECK(reader->find("2").value() == std::vector{Position{3}});
}

TEST_CASE("a reader follows through flushes and restarts of the writer, missing nothing") {
  std::optional<TemporaryDirectory> real;
  Disk disk = Disk::memory();
  std::string directory = "/store";
  SUBCASE("in memory") {}
  SUBCASE("on disk") {
    real.emplace();
    disk = Disk::real();
    directory = *real / "store";
  }
  TestJournal t(disk, directory);
  const auto reader = t.reader();
  int next = 0;
  for (int round = 0; round < 8; ++round) {
    for (int i = 0; i < 15; ++i) t.record({draft(next++)});
    if (round % 4 != 1) CHECK(reader->catch_up() == t.log().head());
    for (int i = 0; i < 5; ++i) t.record({draft(next++)});
    if (round % 3 == 0) {
      REQUIRE(t.bare()->flush());  // into sorted files; the log that the reader has read goes
      t.reopen();
    } else if (round % 3 == 1) {
      t.reopen();
    }
    CHECK(reader->catch_up() == t.log().head());
    CHECK(all_of(*reader) == all_of(t.log()));
    check_verified(*reader);
  }
}

TEST_CASE("a reader opens beside a writer and after it, and leaves nothing behind") {
  const TemporaryDirectory directory;
  TestJournal t(Disk::real(), directory / "store");
  t.record({draft(0)});
  const auto files = [&] {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path()))
      names.push_back(entry.path().string());
    std::ranges::sort(names);
    return names;
  };
  const auto before = files();
  CHECK(t.reader()->head() == Position{1});
  CHECK(files() == before);
  t.close();
  const auto closed = files();
  CHECK(t.reader()->head() == Position{1});
  CHECK(files() == closed);
}

TEST_CASE(
    "a follower of a store that was replaced or taken away says so, and reads nothing of another") {
  const TemporaryDirectory real;
  const std::string directory = real / "store";
  TestJournal t(Disk::real(), directory);
  t.record({draft(0), draft(1)});
  const auto reader = t.reader();
  t.close();
  std::filesystem::rename(directory, real / "old");
  auto gone = reader->catch_up();
  REQUIRE(!gone);
  CHECK(gone.error().code == Errc::unavailable);
  CHECK(gone.error().what == directory + "/db is gone");

  // As many files and events, with the same names: nothing but the store itself is another.
  TestJournal another(Disk::real(), directory);
  another.record({draft(2), draft(3)});
  auto replaced = reader->catch_up();
  REQUIRE(!replaced);
  CHECK(replaced.error().code == Errc::unavailable);
  CHECK(replaced.error().what ==
        "another store was put in the place of " + directory + " since it was opened");
  CHECK(reader->head() == Position{2});
  another.record({draft(4)});
  CHECK(!reader->wait_past(Position{2}, 50ms));
}

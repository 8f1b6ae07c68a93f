// A store and what is kept beside it: copies, turns of writers, the clock, files and keys.

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <new>
#include <sstream>
#include <thread>

#include "engine/inclusion_proof.hpp"
#include "engine/proof_text.hpp"
#include "events/codec.hpp"
#include "tests/support/clocks.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"
#include "tools/cli.hpp"
#include "tools/io/input.hpp"

using namespace solnoma;
using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;
using namespace std::chrono_literals;

namespace {

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Whether a program that runs has written that to the file, or does so soon.
bool holds(const std::string& path, const std::string& text) {
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (!contains(text_of(path), text) && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(10ms);
  return contains(text_of(path), text);
}

/// The program in this process, by another clock: its exit code.
int run_by(Clock& clock, const Workshop& shop, std::vector<std::string> words) {
  words.insert(words.begin(), "solnoma");
  std::vector<const char*> argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen("/dev/null", "w"),
                                                            &std::fclose);
  Context context{Disk::real(), clock, Output(out.get()), false, shop.store()};
  return run(static_cast<int>(argv.size()), argv.data(), context);
}

Instant real_now() {
  // As the file system has it, on which the store lies.
  return std::chrono::floor<std::chrono::microseconds>(
      std::chrono::file_clock::to_sys(std::chrono::file_clock::now()));
}

std::vector<std::string> visit(const std::string& id) {
  return {"append", "visited", "park/chirchik", "--known", "2026-01-01", "--id", id};
}

}  // namespace

TEST_CASE("a restore that was interrupted is finished by restore, and is no store until then") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"history", "--init"}).exit == 0);
  const std::string backup = shop.path("backup");
  REQUIRE(shop.solnoma({"backup", backup}).exit == 0);
  // Killed when the store was there, and nothing of what goes into it.
  const std::string again = shop.path("again");
  REQUIRE(Journal::create_copy(Disk::real(), again, Position{50}));
  const auto in_again = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"--store", again});
    return shop.solnoma(words);
  };
  for (const auto& words : {std::vector<std::string>{"verify"}, visit("new")}) {
    const Run run = in_again(words);
    CHECK(run.exit == 3);
    CHECK(contains(run.err, "an unfinished copy: it ends at position 0 of 50"));
  }
  CHECK(contains(in_again({"restore", backup}).out, "now at position 50"));
  CHECK(in_again({"export"}).out == shop.exported());
  CHECK(contains(in_again({"restore", backup}).err, "there is a store"));
}

TEST_CASE("a writer waits for its turn, and says for whom") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"history", "--init"}).exit == 0);
  test::ManualClock clock(real_now());
  auto writer = open_journal(Disk::real(), shop.store(), clock).value();
  const Run refused = shop.solnoma([] {
    auto words = visit("a");
    words.insert(words.end(), {"--wait", "0"});
    return words;
  }());
  CHECK(refused.exit == 3);
  CHECK(contains(refused.err, "in use by another writer (tools_tests, process "));
  CHECK(contains(refused.err, "--wait SECONDS"));

  auto patient = visit("b");
  patient.insert(patient.end(), {"--wait", "60"});
  auto waiting = std::async(std::launch::async, [&] { return shop.solnoma(patient); });
  CHECK(holds(shop.path(".stderr"), "waiting up to 60 s for it"));
  writer.reset();
  const Run waited = waiting.get();
  CHECK(waited.exit == 0);
  CHECK(contains(waited.err, "(tools_tests, process "));
  CHECK(contains(waited.out, "at position 51"));
}

TEST_CASE("a clock that is more than a day off is told, not believed") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"history", "--init"}).exit == 0);
  test::ManualClock clock(real_now() + 12h);
  CHECK(run_by(clock, shop, visit("half-a-day")) == 0);
  clock.set(real_now() + 72h);  // the file system knows better
  CHECK(run_by(clock, shop, visit("ahead")) == 1);
  clock.set(real_now() + std::chrono::years{73});
  CHECK(run_by(clock, shop, visit("far-ahead")) == 1);
  CHECK(shop.solnoma(visit("right")).exit == 0);

  auto trusted = visit("far-ahead");
  trusted.emplace_back("--trust-clock");
  CHECK(run_by(clock, shop, trusted) == 0);
  const Run behind = shop.solnoma(visit("after-that"));
  CHECK(behind.exit == 1);
  CHECK(contains(behind.err, "but the newest event was recorded on 20"));
  CHECK(contains(behind.err, "--trust-clock"));
  auto anyway = visit("after-that");
  anyway.emplace_back("--trust-clock");
  CHECK(shop.solnoma(anyway).exit == 0);
}

TEST_CASE("a report that replaces a private file is as private") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"history", "--init"}).exit == 0);
  const std::string report = shop.file("report.txt", "old");
  std::filesystem::permissions(report, std::filesystem::perms(0600));
  REQUIRE(shop.solnoma({"report", "-o", report}).exit == 0);
  CHECK(text_of(report) != "old");
  CHECK(std::filesystem::status(report).permissions() == std::filesystem::perms(0600));
}

TEST_CASE("nothing is signed with a key that others can read") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  REQUIRE(shop.solnoma({"keygen", shop.path("me")}).exit == 0);
  CHECK(shop.solnoma({"sign", "--key", shop.path("me")}).exit == 0);
  std::filesystem::permissions(shop.path("me"), std::filesystem::perms(0640));
  const Run run = shop.solnoma({"sign", "--key", shop.path("me")});
  CHECK(run.exit == 2);
  CHECK(contains(run.err, "its mode is 0640; chmod 600"));
}

TEST_CASE("a proof says of which log it is, and is refused where another is demanded") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"history", "--init"}).exit == 0);
  const std::string proof = shop.file("proof", shop.solnoma({"prove", "s3-navoi-completed"}).out);
  CHECK(contains(shop.solnoma({"verify-proof", proof, "--origin", "solnoma", "--unanchored"}).out,
                 "is event 39 of the log 'solnoma' with the head "));
  const Run other = shop.solnoma({"verify-proof", proof, "--origin", "example.org/log"});
  CHECK(other.exit == 1);
  CHECK(contains(other.err, "is of the log 'solnoma', not of 'example.org/log'"));
}

TEST_CASE("a proof of what is no event is refused, and nothing of it reaches the terminal raw") {
  Event event;
  event.subject = "park/x";
  event.source = "urn:x";
  event.type = "opened";
  event.known = day_from_text("2026-01-01").value();
  event.title.en = "\u202Elive \u009b31m \xff";
  const Workshop shop;
  for (const std::string& payload : {encode(event).value(), std::string(64, '\0')}) {
    const Disk disk = Disk::memory();
    test::ManualClock clock;
    REQUIRE(Journal::create(disk, "/store"));
    // Whoever keeps a log can put anything there.
    const auto anything = [](std::string_view) { return Result<Dating>(Dating{}); };
    const auto journal = Journal::open(disk, "/store", clock, Indexer(anything)).value();
    const NewEvent hostile{.subject = "park/x",
                           .source = "urn:x",
                           .id = "\u009b31m\u202E",
                           .payload = payload,
                           .dating = {},
                           .supersedes = {},
                           .supersedes_source = {}};
    REQUIRE(journal->append({&hostile, 1}));
    const auto proof = journal->log().prove(Position{1}, Position{1}).value();
    const Run run = shop.solnoma({"verify-proof", "-"},
                                 to_string(ProofText{proof, note_of(proof.head, "solnoma")}));
    CHECK(run.exit == 1);
    CHECK(run.out.empty());
    CHECK(!contains(run.err, "\u202E"));
    CHECK(!contains(run.err, "\u009b"));
    CHECK(!contains(run.err, "backup"));
    CHECK(contains(run.err, "ask for the proof again"));
  }
}

TEST_CASE("what follows a subject waits for it to come") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"history", "--init"}).exit == 0);
  const std::string out = shop.path("out"), err = shop.path("err");
  // In the background; the shell says which process it is.
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> shell(
      popen((std::string(SOLNOMA_PROGRAM) + " --store " + shop.store() +
             " log park/new --follow > " + out + " 2> " + err + " & echo $!")
                .c_str(),
            "r"),
      &pclose);
  REQUIRE(shell);
  int follower = 0;
  REQUIRE(std::fscanf(shell.get(), "%d", &follower) == 1);  // NOLINT
  CHECK(holds(err, "nothing is recorded of 'park/new'; waiting for it"));
  CHECK(shop.solnoma(visit("another")).exit == 0);
  CHECK(shop.solnoma({"append", "opened", "park/new", "--known", "2026-01-01", "--id", "its-own"})
            .exit == 0);
  CHECK(holds(out, "[its-own]"));
  CHECK(!contains(text_of(out), "[another]"));
  kill(follower, SIGTERM);
}

TEST_CASE("what comes through a pipe is read as it comes") {
  const Workshop shop;
  const std::string pipe = shop.path("pipe");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  std::promise<void> read;
  auto writer = std::async(std::launch::async, [&] {
    std::ofstream out(pipe);
    out << "one line\n" << std::flush;
    return read.get_future().wait_for(30s) == std::future_status::ready;
  });
  auto input = Input::open(pipe);
  REQUIRE(input);
  std::string line;
  CHECK(input->line(line).value());
  CHECK(line == "one line");
  read.set_value();
  CHECK(writer.get());  // it had written no more by then
  CHECK(!input->line(line).value());
}

TEST_CASE("where memory runs out, the program says so") {
  class NoMemory : public Clock {
    Instant now() override { throw std::bad_alloc(); }
  };
  const Workshop shop;
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  NoMemory clock;
  CHECK(run_by(clock, shop, {"status"}) == 3);
}

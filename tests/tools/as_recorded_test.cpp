// A log that is made again of its export: with its positions, instants and head, or not at all.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

#include "tests/support/clocks.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"
#include "tests/support/random.hpp"
#include "tools/cli.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// A store in a workshop, and the program in this process by a clock that a test moves.
class Recorded : public Workshop {
 public:
  Recorded() { REQUIRE(run_by({"init"}) == 0); }

  int run_by(std::vector<std::string> words) {
    words.insert(words.begin(), "solnoma");
    words.emplace_back("--trust-clock");
    std::vector<const char*> argv;
    for (const std::string& word : words) argv.push_back(word.c_str());
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen("/dev/null", "w"),
                                                              &std::fclose);
    Context context{Disk::real(), clock, Output(out.get()), false, store()};
    return solnoma::run(static_cast<int>(argv.size()), argv.data(), context);
  }

  ManualClock clock;
  int imported = 0;
  std::vector<std::string> ids;  // of what was imported, and stands
};

/// Days of recording, on each some events of some parks; some correct or retract others.
void grow(Recorded& shop, Random& random, int days) {
  static const std::vector<std::string> kTypes{"announced", "construction-started", "opened",
                                               "suspended", "resumed"};
  std::vector<std::string>& ids = shop.ids;
  for (int day = 0; day < days; ++day) {
    shop.clock.advance(std::chrono::hours{1 + random.below(70)});
    std::string lines;
    for (int i = 1 + random.below(4); i > 0; --i) {
      const std::string park = std::to_string(random.below(4));
      const std::string date =
          "2025-0" + std::to_string(1 + random.below(9)) + "-1" + std::to_string(random.below(10));
      ids.push_back("e" + std::to_string(++shop.imported));
      lines += R"({"specversion":"1.0","source":"urn:t","type":"solnoma.)" +
               kTypes[random.below(kTypes.size())] + R"(","subject":"park/)" + park +
               R"(","id":")" + ids.back() + R"(","known":")" + date + R"(","occurred":")" + date +
               "\"}\n";
    }
    REQUIRE(shop.run_by({"import", shop.file("day.jsonl", lines)}) == 0);
    if (!random.one_in(2)) continue;
    std::swap(ids[random.below(ids.size())], ids.back());
    REQUIRE(shop.run_by({"retract", ids.back(), "--reason", "wrong", "--known", "2025-10-01"}) ==
            0);
    ids.pop_back();
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// A log is not made again of the text, for what is said; nothing is recorded then.
void check_refused(const std::string& text, const std::vector<std::string>& said,
                   const std::vector<std::string>& more = {}) {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  std::vector<std::string> words{"import", "--as-recorded", w.file("log.jsonl", text)};
  words.insert(words.end(), more.begin(), more.end());
  const Run run = w.solnoma(words);
  CAPTURE(run.err);
  CHECK(run.exit == 1);
  CHECK(run.out.empty());
  for (const std::string& part : said) CHECK_MESSAGE(contains(run.err, part), part);
  CHECK(w.exported().empty());
  CHECK(w.solnoma({"verify"}).exit == 0);
}

}  // namespace

TEST_CASE("a log that is imported as it was recorded answers as the original, from any instant") {
  Random random(base_seed());
  CAPTURE(base_seed());
  Recorded original;
  grow(original, random, 25);
  const std::string exported = original.exported();
  const Workshop again;
  REQUIRE(again.solnoma({"init"}).exit == 0);
  const std::string file = again.file("log.jsonl", exported);
  Run run = again.solnoma({"import", "--as-recorded", file});
  CAPTURE(run.err);
  REQUIRE(run.exit == 0);
  const std::string head = original.solnoma({"head"}).out;
  CHECK(contains(run.out, "as recorded, head " + head));

  const auto same = [&](const std::vector<std::string>& words) {
    const Run one = original.solnoma(words);
    const Run other = again.solnoma(words);
    CAPTURE(words.front());
    CHECK(one.exit == other.exit);
    CHECK(one.out == other.out);
  };
  same({"export"});
  same({"head"});
  same({"log"});
  same({"verify", "--head", head.substr(0, head.size() - 1)});
  const std::size_t events = lines_of(exported).size();
  for (std::size_t position = 1; position <= events; position += 1 + events / 12) {
    const std::string at = std::to_string(position);
    same({"status", "--at", at});
    same({"head", "--at", at});
    same({"log", "park/1"});
  }
  for (int day = 1; day < 28; day += 3) {
    const std::string date = std::string("2026-01-") + (day < 10 ? "0" : "") + std::to_string(day);
    same({"status", "--at", date, "--format", "json"});
    same({"timeline", "park/1", "--at", date, "--known-by", "2025-06-15"});
  }
  // A proof of one is a proof of the other.
  const Run proof = original.solnoma({"prove", "e4"});
  CHECK(again.solnoma({"prove", "e4"}).out == proof.out);

  run = again.solnoma({"import", "--as-recorded", file});
  CHECK(run.exit == 0);
  CHECK(contains(run.out, "0 new"));
  CHECK(again.exported() == exported);

  // What the original has gone on with since follows.
  grow(original, random, 2);
  run = again.solnoma({"import", "--as-recorded", "-"}, original.exported());
  CHECK(run.exit == 0);
  CHECK(again.exported() == original.exported());
}

TEST_CASE(
    "what is no export of a log, or was changed, is refused with the first place that tells") {
  Recorded original;
  Random random(base_seed());
  grow(original, random, 60);
  const std::string head = original.solnoma({"head"}).out;
  const auto lines = lines_of(original.exported());
  REQUIRE(lines.size() > 80);

  auto changed = lines;
  changed.erase(changed.begin() + 40);
  check_refused(joined(changed), {"the event would stand at position 41, not 42", "log.jsonl:41"});

  changed = lines;
  std::swap(changed[40], changed[41]);
  check_refused(joined(changed), {"log.jsonl:4"});  // 41, or by its instant 42

  changed = lines;
  changed.pop_back();
  check_refused(joined(changed), {"no head commits to its end"});

  // The content of one event: between two heads that the export states.
  changed = lines;
  const auto at = changed[69].find("\"known\":\"202");
  REQUIRE(at != std::string::npos);
  changed[69][at + 12] = changed[69][at + 12] == '6' ? '7' : '6';
  check_refused(joined(changed), {"an event at the positions 65 to ", "is not as recorded"});

  // When it was recorded.
  changed = lines;
  const auto time = changed[9].find("\"time\":\"2026-01-");
  REQUIRE(time != std::string::npos);
  changed[9].replace(time + 8, 4, "2020");
  check_refused(joined(changed), {"it was recorded at 2020", "log.jsonl:10"});

  changed = lines;
  changed[9].replace(time, changed[9].find(',', time) - time + 1, "");
  check_refused(joined(changed), {"it does not say where and when", "log.jsonl:10, time"});

  // Another log.
  const std::string other = "0000000000000000000000000000000000000000000000000000000000000000@" +
                            std::to_string(lines.size());
  check_refused(joined(lines), {"two heads are given"}, {"--head", other});
  check_refused(joined(lines), {"an event at the positions 1 to 7 is not as recorded"},
                {"--head", other.substr(0, 65) + "7"});

  const Workshop shipped;
  REQUIRE(shipped.solnoma({"history", "--init"}).exit == 0);
  const std::string before = shipped.exported();
  const Run run = shipped.solnoma({"import", "--as-recorded", "-"}, joined(lines));
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "into an empty store"));
  CHECK(shipped.exported() == before);
}

TEST_CASE("where the file states no head, the one that was written down commits to it") {
  Recorded original;
  Random random(base_seed());
  grow(original, random, 5);
  const std::string plain = original.solnoma({"log", "--format", "json"}).out;
  std::string head = original.solnoma({"head"}).out;
  head.pop_back();
  check_refused(plain, {"give the head that is known as --head HASH@POSITION"});
  const Workshop again;
  REQUIRE(again.solnoma({"init"}).exit == 0);
  const std::string file = again.file("log.jsonl", plain);
  CHECK(again.solnoma({"import", "--as-recorded", "--head", head, "--check", file}).exit == 0);
  CHECK(again.exported().empty());
  CHECK(again.solnoma({"import", "--as-recorded", "--head", head, file}).exit == 0);
  CHECK(again.exported() == original.exported());
  CHECK(again.solnoma({"import", "--head", head, file}).exit == 2);
}

TEST_CASE("an import as recorded that is killed has recorded nothing, or all") {
  const Workshop w;
  std::string lines;
  for (int i = 0; i < 3'000; ++i)
    lines += R"({"specversion":"1.0","source":"urn:t","type":"solnoma.opened","subject":"park/p)" +
             std::to_string(i % 100) + R"(","id":")" + std::to_string(i) +
             R"(","known":"2025-01-01"})" + "\n";
  REQUIRE(w.solnoma({"init"}).exit == 0);
  REQUIRE(w.solnoma({"import", w.file("in.jsonl", lines)}).exit == 0);
  const std::string exported = w.exported();
  const std::string file = w.file("log.jsonl", exported);
  Random random(base_seed());
  int whole = 0, nothing = 0;
  std::chrono::milliseconds takes{0};  // an import that nobody kills
  for (int round = 0; round < 6; ++round) {
    const std::string store = w.path("again" + std::to_string(round));
    REQUIRE(w.solnoma({"--store", store, "init"}).exit == 0);
    const std::string program = SOLNOMA_PROGRAM;
    const char* const argv[] = {program.c_str(), "--store",    store.c_str(), "import",
                                "--as-recorded", file.c_str(), nullptr};
    pid_t process = 0;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    REQUIRE(posix_spawn(&process, program.c_str(), &actions, nullptr, const_cast<char**>(argv),
                        environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    const auto began = std::chrono::steady_clock::now();
    if (round > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds{random.below(takes.count() * 5 / 4)});
      kill(process, SIGKILL);
    }
    int status = 0;
    waitpid(process, &status, 0);
    if (round == 0)
      takes = std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::steady_clock::now() - began);
    const std::string left = w.solnoma({"--store", store, "export"}).out;
    CHECK((left.empty() || left == exported));
    ++(left.empty() ? nothing : whole);
    CHECK(w.solnoma({"--store", store, "import", "--as-recorded", file}).exit == 0);
    CHECK(w.solnoma({"--store", store, "head"}).out == w.solnoma({"head"}).out);
    std::filesystem::remove_all(store);
  }
  MESSAGE(nothing, " had recorded nothing, ", whole, " all");
}

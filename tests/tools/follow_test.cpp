// Being told of what comes: each thing once, whatever interrupts who is told.

#include <doctest/doctest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "engine/day.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Shipped;
using solnoma::test::Workshop;
using namespace std::chrono_literals;

namespace {

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The day on which the program is asked, as long as this lives.
class Today {
 public:
  explicit Today(const std::string& day) { set(day); }
  ~Today() { unsetenv("SOLNOMA_TODAY"); }
  Today(const Today&) = delete;
  Today& operator=(const Today&) = delete;
  static void set(const std::string& day) { setenv("SOLNOMA_TODAY", day.c_str(), 1); }
};

struct Followed : Shipped {
  void append(const std::string& id) const {
    REQUIRE(
        solnoma({"append", "visited", "park/navoi", "--known", "2026-01-01", "--id", id}).exit ==
        0);
  }
  std::string follow(std::vector<std::string> more) const {
    more.insert(more.begin(), {"follow", "--once"});
    const Run run = solnoma(more);
    CAPTURE(run.err);
    CHECK(run.exit == 0);
    return run.out;
  }
};

/// A follower in the background.
class Follower {
 public:
  Follower(const Workshop& shop, const std::string& arguments) {
    const std::string command = "exec " + std::string(SOLNOMA_PROGRAM) + " --store " +
                                shop.store() + " follow " + arguments + " > /dev/null 2>&1";
    const char* const words[] = {"/bin/sh", "-c", command.c_str(), nullptr};
    REQUIRE(posix_spawn(&process_, words[0], nullptr, nullptr, const_cast<char* const*>(words),
                        environ) == 0);
  }
  ~Follower() { stop(); }
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  void stop() {
    if (process_ == 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  pid_t process_ = 0;
};

}  // namespace

TEST_CASE("a file is told of each event once, however often its follower is killed") {
  const Followed shop;
  const std::string told = shop.path("told.txt"), cursor = shop.path("cursor");
  const std::string arguments = "--after 0 --cursor " + cursor + " -o " + told;
  std::mt19937 random(20261127);
  for (int round = 0; round < 25; ++round) {
    Follower follower(shop, arguments);
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 60));
    if (round % 3 != 0) shop.append("visit-" + std::to_string(round));
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 40));
    follower.stop();
  }
  // One that was interrupted while it wrote.
  std::ofstream(told, std::ios::app) << "    53  half a li";
  shop.follow({"--after", "0", "--cursor", cursor, "-o", told});
  CHECK(text_of(told) == shop.solnoma({"log"}).out);
  shop.follow({"--after", "0", "--cursor", cursor, "-o", told});
  CHECK(text_of(told) == shop.solnoma({"log"}).out);
}

TEST_CASE("who follows is told of what comes, and of what is chosen alone") {
  const Followed shop;
  const std::string told = shop.path("told.txt");
  {
    Follower follower(shop, "-o " + told + " --format json --type visited");
    for (int i = 0; i < 200 && !contains(text_of(told), "caughtUp"); ++i)
      std::this_thread::sleep_for(50ms);
    CHECK(text_of(told).starts_with(R"({"caughtUp":50,"asOf":")"));  // from now on
    shop.append("late");
    REQUIRE(shop.solnoma({"append", "meeting-held", "park/navoi", "--known", "2026-01-01"}).exit ==
            0);
    for (int i = 0; i < 200 && !contains(text_of(told), R"("id":"late")"); ++i)
      std::this_thread::sleep_for(50ms);
  }
  CHECK(contains(text_of(told), R"("id":"late")"));
  CHECK_FALSE(contains(text_of(told), "meeting-held"));
  CHECK(shop.follow({"--after", "0", "--publisher", "ria", "--region", "Ташкентская"}) ==
        shop.solnoma({"log", "--publisher", "ria", "--region", "Ташкентская"}).out);
  CHECK(shop.follow({"--after", "50"}) == shop.solnoma({"log", "--limit", "2"}).out);
  CHECK(shop.follow({"--after", "99"}) == "");
}

TEST_CASE(
    "a plan falls overdue when its day is past, and a status changes because a day has come") {
  const Workshop shop;
  Today today("2026-11-20");
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  REQUIRE(shop.solnoma({"append", "announced", "park/x", "--new", "--known", "2026-11-01"}).exit ==
          0);
  REQUIRE(shop.solnoma({"append", "opened", "park/x", "--plan", "--occurred", "2026-12-10",
                        "--known", "2026-11-01"})
              .exit == 0);
  const std::string cursor = shop.path("cursor");
  const auto follow = [&](const std::string& day) {
    Today::set(day);
    const Run run = shop.solnoma({"follow", "--statuses", "--once", "--cursor", cursor});
    CHECK_MESSAGE(run.exit == 0, run.err);
    return run.out;
  };
  CHECK(follow("2026-11-20") == "");  // from now on
  CHECK(follow("2026-12-10") == "");
  CHECK(follow("2026-12-11") ==
        "     2  2026-12-11  park/x                    plan: opened: pending → overdue\n");
  CHECK(follow("2026-12-11") == "");
  CHECK(follow("2027-06-01") == "");
}

TEST_CASE("what changes is told alike by one who follows day by day and one who comes late") {
  const Followed shop;
  const std::string all = shop.path("all"), some = shop.path("some");
  Today today("2020-01-01");
  const std::vector<std::string> begin = {"--after", "50", "--statuses", "--format", "json"};
  const auto follow = [&](const std::string& cursor) {
    std::string told;
    std::istringstream lines(
        shop.follow({"--after", "50", "--statuses", "--format", "json", "--cursor", cursor}));
    for (std::string line; std::getline(lines, line);)
      if (!contains(line, "caughtUp")) told += line + "\n";
    return told;
  };
  CHECK(follow(all) == "");
  CHECK(follow(some) == "");
  std::string day_by_day;
  for (int year = 2020; year < 2028; ++year)
    for (const char* day : {"-01-01", "-02-29", "-03-31", "-05-17", "-07-01", "-11-12", "-12-31"}) {
      if (year % 4 != 0 && std::string(day) == "-02-29") continue;
      Today::set(std::to_string(year) + day);
      day_by_day += follow(some);
    }
  CHECK(day_by_day == follow(all));
  CHECK(std::ranges::count(day_by_day, '\n') > 10);
  // Each day on which anything is told is one that differs from the day before, and no other is.
  const auto difference = [&](solnoma::Day day) {
    return shop
        .solnoma({"diff", to_string(solnoma::Day{day.number - 1}), to_string(day), "--statuses",
                  "--format", "json"})
        .out;
  };
  std::istringstream lines(day_by_day);
  std::set<std::string> days;
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(R"("to":{"asOf":")");
    REQUIRE(at != std::string::npos);
    days.insert(line.substr(at + 14, 10));
    CHECK(difference(solnoma::day_from_text(*days.rbegin()).value()) == line + "\n");
  }
  std::mt19937 random(20261127);
  for (int i = 0; i < 60; ++i) {
    const solnoma::Day day{18'264 + static_cast<int>(random() % 2'900)};
    if (!days.contains(to_string(day))) CHECK_FALSE(contains(difference(day), R"("subject")"));
  }
}

TEST_CASE("a command is told of one thing after the other, and of one at which it failed again") {
  const Followed shop;
  const std::string cursor = shop.path("cursor"), told = shop.path("told.txt");
  const std::string takes =
      "cat >> " + told + "; test $SOLNOMA_POSITION != 49 -o -e " + shop.path("mended");
  const std::vector<std::string> arguments = {"follow",   "--once", "--after", "45",
                                              "--cursor", cursor,   "--exec",  takes};
  const Run failed = shop.solnoma(arguments);
  CHECK(failed.exit == 1);
  CHECK(contains(failed.err, "the command ended with 1, told of position 49"));
  std::filesystem::remove(told);
  (void)shop.file("mended", "");
  CHECK(shop.solnoma(arguments).exit == 0);
  CHECK(text_of(told) == shop.solnoma({"log", "--limit", "2"}).out);  // 49 and 50
  CHECK(shop.solnoma(arguments).exit == 0);
  CHECK(text_of(told) == shop.solnoma({"log", "--limit", "2"}).out);
}

TEST_CASE("a cursor of another log, or another file, is refused, and nothing is told") {
  const Followed shop;
  shop.append("one");
  const std::string cursor = shop.path("cursor"), told = shop.path("told.txt");
  shop.follow({"--after", "0", "--cursor", cursor, "-o", told});
  const std::string before = text_of(told);
  const Followed other;
  other.append("another");
  const Run refused = other.solnoma({"follow", "--once", "--cursor", cursor, "-o", told});
  CHECK(refused.exit == 1);
  CHECK(contains(refused.err, "is of another log"));
  CHECK(shop.solnoma({"follow", "--once", "--cursor", cursor, "-o", shop.path("x")}).exit == 2);
  CHECK(text_of(told) == before);
  CHECK(shop.solnoma({"follow", "--once", "--cursor", shop.file("letter", "Dear reader")}).exit ==
        2);
  CHECK(shop.solnoma({"follow", "--once", "--after", "tomorrow"}).exit == 2);
  CHECK(shop.solnoma({"follow", "--statuses", "--publisher", "ria"}).exit == 2);
}

// What a user of a terminal tool takes for granted: help, letters for options, JSON.

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/support/program.hpp"

using solnoma::test::Run;
using solnoma::test::Workshop;

TEST_CASE("help tells the same as --help, of the program and of a command") {
  const Workshop workshop;
  for (const std::string command : {"status", "append", "help"})
    CHECK(workshop.solnoma({"help", command}).out == workshop.solnoma({command, "--help"}).out);
  CHECK(workshop.solnoma({"help"}).out == workshop.solnoma({"-h"}).out);
  CHECK(workshop.solnoma({"-V"}).out == workshop.solnoma({"--version"}).out);
}

TEST_CASE("help keeps to the width of 80 columns where nothing else is known") {
  const Workshop workshop;
  for (const std::string command : {"status", "append", "report", "import"}) {
    std::istringstream help(workshop.solnoma({"help", command}).out);
    std::string line;
    // What a footer says has its own lines.
    while (std::getline(help, line) && line != "Options:") {
    }
    while (std::getline(help, line) && !line.empty()) {
      std::size_t columns = 0;
      for (const char byte : line) columns += (byte & 0xC0) != 0x80 ? 1 : 0;
      CHECK(columns <= 80);
    }
  }
}

TEST_CASE("the most used options have letters, and --json is --format json") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const auto same = [&](const std::vector<std::string>& brief,
                        const std::vector<std::string>& full) {
    const Run run = workshop.solnoma(brief);
    CHECK(run.exit == 0);
    CHECK(run.out != "");
    CHECK(run.out == workshop.solnoma(full).out);
  };
  same({"status", "-d", "2022-03-15", "-l", "ru"},
       {"status", "--as-of", "2022-03-15", "--lang", "ru"});
  same({"log", "-n", "3", "-f", "json"}, {"log", "--limit", "3", "--format", "json"});
  for (const std::string command : {"status", "timeline", "plans", "report", "log"})
    same({command, "--json"}, {command, "--format", "json"});
  same({"-s", workshop.store(), "log"}, {"log"});
}

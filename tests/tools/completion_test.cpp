// What a word on the command line may become.

#include "tools/completion.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace solnoma;

namespace {

OptionDescription option(std::vector<std::string> names, std::string type,
                         std::vector<std::string> choices = {}) {
  return {.names = std::move(names),
          .type = std::move(type),
          .help = {},
          .otherwise = {},
          .variable = {},
          .choices = std::move(choices)};
}

OptionDescription argument(std::string name, bool repeated = false) {
  auto made = option({std::move(name)}, "");
  made.repeated = repeated;
  return made;
}

ProgramDescription program() {
  ProgramDescription made;
  made.options = {option({"-s", "--store"}, "TEXT")};
  made.commands = {
      {"append", "", {argument("TYPE"), argument("SUBJECT")}, {option({"--plan"}, "")}, ""},
      {"log",
       "",
       {argument("SUBJECT")},
       {option({"-f", "--format"}, "FORMAT", {"text", "json"}), option({"--follow"}, "")},
       ""},
      {"status", "", {argument("SUBJECT", true)}, {}, ""},
      {"story", "", {argument("SUBJECT")}, {}, ""},
      {"keygen", "", {argument("FILE")}, {}, ""},
      {"help", "", {argument("COMMAND")}, {}, ""}};
  return made;
}

std::string completed(const std::vector<std::string>& words) {
  const KnownWords known{
      .subjects = [](const std::string&) { return std::vector<std::string>{"park/a", "park/b"}; },
      .types = [](const std::string&) { return std::vector<std::string>{"opened", "announced"}; }};
  std::string found;
  for (const CompletedWord& each : complete(program(), words, known))
    found += (found.empty() ? "" : " ") + each.word;
  return found;
}

}  // namespace

TEST_CASE("a word that is typed may become a command, an option, a choice, a type or a subject") {
  CHECK(completed({"st"}) == "status story");
  CHECK(completed({"--store", "x", "st"}) == "status story");
  CHECK(completed({"help", "st"}) == "status story");
  CHECK(completed({"log", "--fo"}) == "--format --follow");
  CHECK(completed({"log", "--format", ""}) == "text json");
  CHECK(completed({"log", "-f", "j"}) == "json");
  CHECK(completed({"log", "--format=j"}) == "--format=json");
  CHECK(completed({"append", ""}) == "opened announced");
  CHECK(completed({"append", "--plan", "opened", "park/b"}) == "park/b");
  CHECK(completed({"log", "--st"}) == "--store");
  CHECK(completed({"status", "park/a", "park/"}) == "park/a park/b");
}

TEST_CASE("nothing is offered for a file, for a word too many, or where options have ended") {
  CHECK(completed({"keygen", ""}) == "");
  CHECK(completed({"log", "park/a", "park/"}) == "");
  CHECK(completed({"log", "--", "--fo"}) == "");
  CHECK(completed({"no-such", "--format", ""}) == "append log status story keygen help");
  CHECK(completed({}) == "append log status story keygen help");
}

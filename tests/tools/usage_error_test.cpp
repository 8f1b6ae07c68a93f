// Mistakes in the command line: one form, one exit code.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/program.hpp"

using solnoma::test::Run;
using solnoma::test::Workshop;

TEST_CASE("wrong usage is told in one line that names the place and what to do, with exit code 2") {
  struct Mistake {
    std::vector<std::string> arguments;
    std::string told;
  };
  const Mistake mistakes[] = {
      {{"log", "a", "b", "c"}, "'b' is a word too many; see 'solnoma log --help'"},
      {{"plans", "--format", "x"},
       "--format: 'x' is none of text, markdown, json, csv, xlsx, ics; see 'solnoma plans --help'"},
      {{"append"}, "TYPE is missing; see 'solnoma append --help'"},
      {{"retract", "some-id"}, "--reason is missing; see 'solnoma retract --help'"},
      {{"status", "--as-of"}, "--as-of needs a value; see 'solnoma status --help'"},
      {{"log", "-n"}, "--limit needs a value; see 'solnoma log --help'"},
      {{"log", "-n", "x"}, "--limit: it must be a number from 1 on; see 'solnoma log --help'"},
      {{"status", "--json", "-f", "text"},
       "--format and --json are not given together; see 'solnoma status --help'"},
      {{"status", "--brief=x"}, "--brief takes no value; see 'solnoma status --help'"},
      {{"log", "-Z"}, "there is no option '-Z'; see 'solnoma log --help'"},
      {{"log", "--folow"}, "there is no option '--folow'; did you mean --follow?"},
      {{"stauts"}, "there is no command 'stauts'; did you mean 'solnoma status'?"},
      {{"help", "stauts"}, "there is no command 'stauts'; did you mean 'solnoma help status'?"},
      {{}, "no command is given; 'solnoma --help' lists them"},
      {{"--store"}, "--store needs a value; see 'solnoma --help'"},
  };
  const Workshop workshop;
  for (const Mistake& each : mistakes) {
    const Run run = workshop.solnoma(each.arguments);
    CHECK(run.err == "solnoma: " + each.told + "\n");
    CHECK(run.out == "");
    CHECK(run.exit == 2);
  }
}

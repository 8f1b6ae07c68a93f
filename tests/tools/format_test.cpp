#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/program.hpp"
#include "tests/tools/exported.hpp"

using namespace solnoma::test;

namespace {

std::string fixture(const std::string& name) {
  return std::string(SOLNOMA_FIXTURES) + "/" + name;
}

/// Unpacks a store that an earlier version wrote; its directory.
std::string unpacked(const Workshop& w, const std::string& archive, const std::string& store) {
  const std::string command =
      "tar -C '" + w.path(".") + "' -xzf '" + fixture(archive + ".tar.gz") + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  return w.path(store);
}

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a store that version 0.1.0 wrote is read, written to and verified") {
  const Workshop w;
  const std::string store = unpacked(w, "format-1/history", "history");
  const std::string written = content(fixture("format-1/history.jsonl"));
  REQUIRE(!written.empty());
  auto run = w.solnoma({"--store", store, "export"});
  CHECK(without_heads(run.out) == written);
  CHECK(run.err.empty());  // that needs no index
  run = w.solnoma({"--store", store, "status", "park/navoi", "--as-of", "2026-02-28"});
  CHECK(run.out.find("completed, certain") != std::string::npos);
  CHECK(run.err ==
        "solnoma: the index was of another version; it was derived again from the log\n");
  run = w.solnoma({"--store", store, "verify"});
  CHECK(run.exit == 0);
  CHECK(run.out.find("head 359bb3e3605a69ddbe1d335aa300920fa472d36ffb4787c54d8dcd7bab83ce02@52") !=
        std::string::npos);
  run = w.solnoma({"--store", store, "append", "opened", "park/navoi", "--known", "2026-05-05"});
  CHECK(run.out.find("at position 53") != std::string::npos);
  CHECK(w.solnoma({"--store", store, "verify"}).exit == 0);
}

TEST_CASE("a store that version 0.1.0 wrote with a segment of its index is read and written to") {
  const Workshop w;
  const std::string store = unpacked(w, "format-1/segment", "segment");
  auto run = w.solnoma({"--store", store, "verify"});
  CHECK(run.exit == 0);
  const std::string head = "7bbd1801d224ca06c0e82e13514d72367fe3ff01ea0faeded28dead57efd471c@16501";
  CHECK(run.out.find(head) != std::string::npos);
  run = w.solnoma({"--store", store, "retract", "e7", "--reason", "x", "--known", "2026-05-05"});
  CHECK(run.exit == 0);
  CHECK(w.solnoma({"--store", store, "verify", "--head", head}).exit == 0);
}

TEST_CASE("an exchange file of version 0.1.0 is imported as it was") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  const auto run = w.solnoma({"import", fixture("format-1/history.jsonl")});
  CHECK(run.exit == 0);
  CHECK(run.out.find("52 new") != std::string::npos);
}

TEST_CASE("a log of version 0.1.0 is made again of its export, by the head that it had") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  const std::string head = "359bb3e3605a69ddbe1d335aa300920fa472d36ffb4787c54d8dcd7bab83ce02@52";
  const auto run =
      w.solnoma({"import", "--as-recorded", "--head", head, fixture("format-1/history.jsonl")});
  CHECK(run.exit == 0);
  CHECK(w.solnoma({"verify", "--head", head}).exit == 0);
}

TEST_CASE(
    "a store with a former edition of the shipped history is told what to do about this one") {
  const Workshop w;
  const std::string store = unpacked(w, "format-1/history", "history");
  const auto run = w.solnoma({"--store", store, "history", "--init"});
  CHECK(run.exit == 1);
  CHECK(run.out.empty());
  CHECK(run.err.find("holds another edition of the shipped history") != std::string::npos);
  CHECK(run.err.find("in a store of its own, with --store") != std::string::npos);
  CHECK(without_heads(w.solnoma({"--store", store, "export"}).out) ==
        content(fixture("format-1/history.jsonl")));
  CHECK(w.solnoma({"history", "--init"}).exit == 0);
}

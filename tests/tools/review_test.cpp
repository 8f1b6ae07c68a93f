// What in a chronicle wants care, asked of the program.

#include <doctest/doctest.h>

#include <string>

#include "tests/support/contains.hpp"
#include "tests/support/languages.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::languages;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// A line of an exchange file; `data` is what else there is.
std::string line_of(const std::string& id, const std::string& subject, const std::string& type,
                    const std::string& occurred, const std::string& known,
                    const std::string& data = R"("sources":[{"publisher":"A"}])") {
  return R"({"specversion":"1.0","source":"urn:t","id":")" + id + R"(","subject":")" + subject +
         R"(","type":"solnoma.)" + type + R"(","known":")" + known + R"(",)" +
         (occurred.empty() ? "" : R"("occurred":")" + occurred + R"(",)") + R"("data":{)" + data +
         "}}\n";
}

std::string plan(const std::string& id, const std::string& subject, const std::string& occurred) {
  return line_of(id, subject, "opened", occurred, "2024-01-01",
                 R"("modality":"planned","sources":[{"publisher":"A"}])");
}

std::string named(const std::string& id, const std::string& subject, const std::string& name) {
  return line_of(
      id, subject, "described", "", "2024-01-01",
      R"("sources":[{"publisher":"A"}],"description":{"names":{"en":")" + name + R"("}})");
}

struct Chronicle : Workshop {
  explicit Chronicle(const std::string& lines) {
    REQUIRE(solnoma({"init"}).exit == 0);
    const Run import = solnoma({"import", "-"}, lines);
    REQUIRE_MESSAGE(import.exit == 0, import.err);
  }
  [[nodiscard]] std::string review(std::vector<std::string> more) const {
    more.insert(more.begin(), "review");
    const Run run = solnoma(more);
    CHECK_MESSAGE(run.exit == 0, run.err);
    return run.out;
  }
  /// One finding a line: "silent park/a []".
  [[nodiscard]] std::string found(const std::string& as_of,
                                  const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"--as-of", as_of, "--format", "csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::string rest = review(arguments), all;
    rest = rest.substr(rest.find('\n') + 1);
    while (!rest.empty()) {
      const std::string row = rest.substr(0, rest.find("\r\n"));
      rest = rest.substr(row.size() + 2);
      const auto second = row.find(',', row.find(',') + 1);
      all += row.substr(0, second) + row.substr(row.rfind(',')) + "\n";
    }
    return all;
  }
};

}  // namespace

TEST_CASE("no news for two years is an inference, of what has not ended, and is not recorded") {
  const Chronicle chronicle(named("n", "park/a", "A") + named("m", "park/b", "B") +
                            line_of("a", "park/a", "announced", "2024-01-01", "2024-01-01") +
                            line_of("b", "park/b", "announced", "2024-01-01", "2024-01-01") +
                            line_of("c", "park/b", "cancelled", "2024-01-02", "2024-01-02"));
  CHECK(chronicle.found("2025-12-31") == "");
  const std::string before = chronicle.exported();
  CHECK(chronicle.found("2026-01-01") == "silent,park/a,\n");
  CHECK(chronicle.exported() == before);
  CHECK(contains(chronicle.review({"--as-of", "2026-01-01"}), "no news for more than two years"));
}

TEST_CASE("plans without a date, and those that are overdue for more than 180 days") {
  const Chronicle chronicle(named("n", "park/a", "A") + plan("undated", "park/a", "") +
                            named("m", "park/b", "B") + plan("late", "park/b", "2024-06-30"));
  CHECK(chronicle.found("2024-12-27") == "undated-plan,park/a,undated\n");
  CHECK(chronicle.found("2024-12-28") == "undated-plan,park/a,undated\noverdue-plan,park/b,late\n");
  CHECK(chronicle.found("2024-12-28", {"park/b"}) == "overdue-plan,park/b,late\n");
  CHECK(chronicle.found("2024-12-28", {"--type", "announced"}) == "");
}

TEST_CASE("what has no source, what sources date otherwise, and what one source says twice") {
  const Chronicle chronicle(named("n", "park/a", "A") +
                            line_of("bare", "park/a", "announced", "2024", "2024-01-01", "") +
                            line_of("april", "park/a", "opened", "2024-04", "2024-06-01") +
                            line_of("may", "park/a", "opened", "2024-05", "2024-06-01",
                                    R"("sources":[{"publisher":"B"}])") +
                            line_of("vague", "park/a", "production-started", "2024", "2024-06-01") +
                            line_of("exact", "park/a", "production-started", "2024-05-02",
                                    "2024-06-01", R"("sources":[{"publisher":"B"}])") +
                            line_of("visit", "park/a", "visited", "2024-06-01", "2024-06-01") +
                            line_of("again", "park/a", "visited", "2024-06-01", "2024-06-02") +
                            line_of("other", "park/a", "visited", "2024-06-01", "2024-06-02",
                                    R"("sources":[{"publisher":"B"}])"));
  CHECK(chronicle.found("2024-12-01") ==
        "no-source,park/a,bare\n"
        "sources-differ,park/a,april may\n"
        "told-twice,park/a,visit again\n");
}

TEST_CASE("subjects that were never described, and those of one name") {
  const Chronicle chronicle(named("n", "park/a", "Technopark One") +
                            named("m", "park/b", "technopark  one") +
                            named("o", "project/c", "Technopark One") +
                            line_of("d", "park/d", "announced", "2024-01-01", "2024-01-01"));
  CHECK(chronicle.found("2024-12-01") == "namesake,park/a park/b,\nnot-described,park/d,\n");
}

TEST_CASE("a review has forms of an article, in every language, and says where nothing is found") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"history", "--init"}).exit == 0);
  for (const std::string& language : languages())
    for (const char* format : {"text", "markdown", "html", "mail"}) {
      const Run run =
          shop.solnoma({"review", "--as-of", "2030-01-01", "--lang", language, "--format", format});
      CHECK(run.exit == 0);
      CHECK(contains(run.out, shop.solnoma({"head"}).out.substr(0, 64)));
    }
  CHECK(contains(shop.solnoma({"review", "--as-of", "2030", "--lang", "ru"}).out,
                 "Нет новостей более двух лет"));
  CHECK(contains(shop.solnoma({"review", "--as-of", "2030", "--format", "json"}).out,
                 R"({"finding":"silent","subjects":["park/chirchik"],"events":[],"since":"20)"));
  const Chronicle good(named("n", "park/a", "A"));
  CHECK(contains(good.review({"--as-of", "2024-12-01"}), "Nothing wants care."));
}

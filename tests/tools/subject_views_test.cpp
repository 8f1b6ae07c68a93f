// Subjects are looked at in groups, whose events are sorted beside the log where there are many:
// what is seen is the same however many go together.

#include "tools/report/view/subject_views.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "events/chronicle.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/chronicle.hpp"
#include "tests/support/random.hpp"
#include "tools/report/view/held_events.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// What a view says, as text.
std::string told(const SubjectView& view) {
  std::string text = view.subject + ":";
  for (const Revision revision : view.revisions) text += " r" + std::to_string(revision.value);
  for (const StoredEvent& stored : view.events) text += " " + stored.event.id;
  return text + " / " + std::to_string(static_cast<int>(view.status.status)) + " " +
         std::to_string(view.marks.size()) + " " + std::to_string(view.plans.size()) + " " +
         std::to_string(view.figures.size()) + " " + view.name(Language::en);
}

std::vector<std::string> told_of_all(const Log& log, const ViewOptions& options) {
  const auto subjects = find_subjects(log, {}).value();
  std::vector<std::string> all;
  const auto ok = each_view(
      log, subjects, options, [](SubjectView& view) { return told(view); },
      [&](std::string&& text) { all.push_back(std::move(text)); });
  REQUIRE_MESSAGE(ok, ok.error().what);
  return all;
}

/// A directory for temporary files, while it lives.
class TemporaryFilesIn {
 public:
  explicit TemporaryFilesIn(const char* directory) { setenv("TMPDIR", directory, 1); }
  ~TemporaryFilesIn() { unsetenv("TMPDIR"); }
  TemporaryFilesIn(const TemporaryFilesIn&) = delete;
  TemporaryFilesIn& operator=(const TemporaryFilesIn&) = delete;
};

}  // namespace

TEST_CASE("however few events go together, the same is seen of each subject") {
  const ShippedChronicle chronicle;
  for (const Shown shown : {Shown::all, Shown::status, Shown::board, Shown::names})
    for (const bool plan_keys_first : {false, true}) {
      ViewOptions options{.vantage = {day("2025-12-31"), kOpenFuture, chronicle.log().head()},
                          .shown = shown,
                          .plan_keys_first = plan_keys_first};
      const auto together = told_of_all(chronicle.log(), options);
      REQUIRE(together.size() > 10);
      for (const std::size_t few : {1UL, 2UL, 3UL, 7UL, 20UL, 60UL, 1000UL}) {
        CAPTURE(few);
        options.together = few;
        CHECK(told_of_all(chronicle.log(), options) == together);
      }
    }
}

TEST_CASE("where there is no room to sort events, they are read group by group") {
  const ShippedChronicle chronicle;
  ViewOptions options{.vantage = {day("2025-12-31"), kOpenFuture, chronicle.log().head()}};
  const auto together = told_of_all(chronicle.log(), options);
  options.together = 3;
  const TemporaryFilesIn nowhere("/no/such/directory");
  CHECK(told_of_all(chronicle.log(), options) == together);
}

TEST_CASE("sorted events are those of the log, each in its group once") {
  const ShippedChronicle chronicle;
  const std::uint64_t head = chronicle.log().head().value;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const int groups = 1 + random.below(9);
    std::vector<std::uint16_t> group_of(head, EventSpool::kNoGroup);
    std::vector<std::vector<Position>> expected(static_cast<std::size_t>(groups));
    for (std::uint64_t i = 0; i < head; ++i) {
      if (random.one_in(4)) continue;
      const int group = random.below(groups);
      group_of[i] = static_cast<std::uint16_t>(group);
      expected[static_cast<std::size_t>(group)].push_back(Position{i + 1});
    }
    const auto spool = EventSpool::fill(chronicle.log(), group_of);
    REQUIRE_MESSAGE(spool, spool.error().what);
    for (std::size_t group = 0; group < expected.size(); ++group) {
      const auto sorted = HeldEvents::read(*spool, group, expected[group], SIZE_MAX).value();
      const auto plain = HeldEvents::read(chronicle.log(), expected[group], SIZE_MAX).value();
      REQUIRE(sorted.complete());
      REQUIRE(sorted.events().size() == expected[group].size());
      for (std::size_t i = 0; i < expected[group].size(); ++i) {
        const RecordedEvent& a = sorted.events()[i];
        const RecordedEvent& b = plain.events()[i];
        CHECK(a.position == expected[group][i]);
        CHECK(a.position == b.position);
        CHECK(a.id == b.id);
        CHECK(a.subject == b.subject);
        CHECK(a.source == b.source);
        CHECK(a.recorded == b.recorded);
        CHECK(a.revision == b.revision);
        CHECK(a.supersedes == b.supersedes);
        CHECK(a.payload == b.payload);
        CHECK(reinterpret_cast<std::uintptr_t>(a.payload.data()) % 8 == 0);
      }
    }
  }
}

#include <algorithm>
#include <map>

#include "tests/engine/support/model.hpp"
#include "tests/engine/support/segments.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// What an index should answer for the events up to a head, kept the simplest way.
class NaiveIndex {
 public:
  explicit NaiveIndex(std::span<const Seen> events) : events_(events) {
    for (const Seen& e : events) {
      rows_[e.subject_number].emplace_back(*dating_of(e.payload), Position{e.position},
                                           Revision{e.supersedes});
      ids_[e.id].push_back(Position{e.position});
      by_source_[{e.source, e.id}] = Position{e.position};
    }
  }

  void check(const Log& log, Random& random) const {
    REQUIRE(log.head().value == events_.size());
    check_all_rows(log, {});
    for (int i = 0; i < 3; ++i) {
      const auto bound = [&] { return static_cast<std::uint32_t>(random.below(30)); };
      check_all_rows(log, {SubjectNumber{bound()}, SubjectNumber{bound()}});
    }
    check_all_rows(log, {SubjectNumber{bound_of_rows()}, SubjectNumber{UINT32_MAX}});
    for (std::uint32_t subject = 0; subject <= bound_of_rows(); ++subject) {
      const auto found = rows_.find(subject);
      const auto expected = found == rows_.end() ? std::vector<Row>{} : found->second;
      CHECK(log.rows(SubjectNumber{subject}).value() == expected);
      CHECK(log.revision(SubjectNumber{subject}).value().value == expected.size());
    }
    for (int i = 0; i < 20 && !events_.empty(); ++i) {
      const Seen& e = events_[random.bits() % events_.size()];
      CHECK(log.find(e.id).value() == ids_.at(e.id));
      CHECK(log.find(e.source, e.id).value() == Position{e.position});
      CHECK(log.find(e.source + "-", e.id).value() == std::nullopt);
      CHECK(log.find(e.id + "-").value().empty());
    }
  }

  [[nodiscard]] std::uint32_t bound_of_rows() const {
    return rows_.empty() ? 0 : rows_.rbegin()->first + 1;
  }

 private:
  void check_all_rows(const Log& log, SubjectRange range) const {
    auto expected = rows_.lower_bound(range.first.value);
    CHECK(log.all_rows(
        [&](SubjectNumber subject, Rows rows) {
          REQUIRE(expected != rows_.end());
          CHECK(subject.value == expected->first);
          CHECK(std::ranges::equal(rows, expected->second));
          ++expected;
          return true;
        },
        range));
    CHECK((expected == rows_.end() || expected->first > range.last.value ||
           range.first > range.last));
  }

  std::span<const Seen> events_;
  std::map<std::uint32_t, std::vector<Row>> rows_;
  std::map<std::string, std::vector<Position>> ids_;
  std::map<std::pair<std::string, std::string>, Position> by_source_;
};

Draft random_draft(Random& random, const Model& model) {
  if (!model.events.empty() && random.one_in(12)) {  // recorded already, or nearly so
    const Seen& old = model.events[random.bits() % model.events.size()];
    Draft draft{old.subject, old.id, random.one_in(30) ? "other" : "", old.source};
    draft.day = load<std::int32_t>(old.payload.data());
    draft.kind = static_cast<std::uint8_t>(old.payload[4]);
    return draft;
  }
  Draft draft;
  draft.subject = "park/" + std::to_string(random.below(random.one_in(5) ? 40 : 3));
  draft.id = std::to_string(random.below(random.one_in(4) ? 30 : 1'000'000));
  draft.source = "urn:" + std::to_string(random.below(5));
  draft.day = random.below(10'000) - 5'000;
  draft.kind = static_cast<std::uint8_t>(random.below(256));
  if (!model.events.empty() && random.one_in(10)) {
    const auto own = model.of(draft.subject);
    if (own.empty()) return draft;
    const Seen& target = own[random.bits() % own.size()];
    draft.supersedes = random.one_in(60) ? "no such id" : target.id;
    draft.supersedes_source = target.source;
  }
  return draft;
}

void append_random_batch(TestJournal& t, Model& model, Random& random) {
  std::vector<Draft> drafts;
  for (int i = random.one_in(3) ? 50 : 1 + random.below(12); i > 0; --i)
    drafts.push_back(random_draft(random, model));
  const auto appended = append(t.journal(), drafts);
  std::vector<std::uint64_t> positions;
  const auto error = model.append(drafts, {}, t.clock.now(), positions);
  REQUIRE(appended.has_value() == !error);
  if (error) CHECK(appended.error().code == *error);
}

void check_rebuilt_is_kept(TestJournal& t, const Layout& layout) {
  const auto kept = t.entries();
  check_pages_of_segments(kept, t.log().head(), layout);
  TestJournal twin(layout);
  REQUIRE(twin.journal().copy_from(t.log(), kNewest));
  CHECK(twin.entries() == kept);
  REQUIRE(t.journal().rebuild());
  CHECK(t.entries() == kept);
}

void run(std::uint64_t with_seed, const Layout& layout, int steps) {
  INFO("run again with SOLNOMA_SEED=", with_seed);
  CAPTURE(layout.segment_bits);
  CAPTURE(layout.fan_bits);
  Random random(with_seed);
  TestJournal t(layout);
  Model model;
  const auto check = [&](const Log& log) {
    NaiveIndex({model.events.data(), log.head().value}).check(log, random);
  };
  auto follower = t.reader();
  auto silent = t.reader();  // has not read its index when it catches up
  for (int step = 0; step < steps; ++step) {
    CAPTURE(step);
    if (random.one_in(12)) t.reopen();
    if (random.one_in(25)) {
      REQUIRE(t.bare()->flush());
      t.reopen();
    }
    if (random.one_in(20)) check_rebuilt_is_kept(t, layout);
    append_random_batch(t, model, random);
    check(t.log());
    if (random.one_in(4)) check(*t.reader());
    if (random.one_in(3)) REQUIRE(follower->catch_up() == t.log().head());
    check(*follower);
    if (random.one_in(2)) REQUIRE(silent->catch_up() == t.log().head());
    if (random.one_in(9)) check(*silent);
    if (random.one_in(15)) silent = t.reader();
    if (random.one_in(25)) follower = t.reader();
  }
  REQUIRE(silent->catch_up() == t.log().head());
  check(*silent);
  check_verified(*silent);
  check_rebuilt_is_kept(t, layout);
  check_verified(t.log());
}

}  // namespace

TEST_CASE("an index of any layout answers as a naive one, to the writer and to every reader") {
  for (const Layout& layout : {kSmallLayout, Layout{0, 1}, Layout{2, 2}, Layout{}})
    run(base_seed(), layout, 28);
}

#include "tests/engine/support/model.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

std::string recorder_of_chance(Random& random) {
  if (random.one_in(2)) return {};
  return std::string(static_cast<std::size_t>(random.below(random.one_in(9) ? 256 : 12)), 'r');
}

Draft draft_of_chance(Random& random, const Model& model) {
  if (!model.events.empty() && random.one_in(5)) {  // recorded already, or nearly so
    const Seen& old =
        model.events[static_cast<std::size_t>(random.below(static_cast<int>(model.events.size())))];
    Draft draft{old.subject, old.id, "", old.source};
    draft.day = load<std::int32_t>(old.payload.data());
    draft.kind = static_cast<std::uint8_t>(old.payload[4]);
    draft.text = old.payload.substr(8);
    if (random.one_in(8)) draft.text = "other content of this id";
    draft.recorded_by = recorder_of_chance(random);
    return draft;
  }
  Draft draft;
  draft.subject = "park/" + std::to_string(random.below(random.one_in(6) ? 40 : 4));
  draft.id = std::to_string(random.below(4000));
  draft.source = "urn:" + std::to_string(random.below(3));
  draft.text.assign(
      static_cast<std::size_t>(random.one_in(40) ? random.below(70'000) : random.below(200)), 'x');
  draft.day = random.below(10'000) - 5'000;
  draft.kind = static_cast<std::uint8_t>(random.below(256));
  draft.recorded_by = recorder_of_chance(random);
  if (!model.events.empty() && random.one_in(6)) {
    const auto own = model.of(draft.subject);
    const auto& from = own.empty() || random.one_in(10) ? model.events : own;
    const Seen& target =
        from[static_cast<std::size_t>(random.below(static_cast<int>(from.size())))];
    draft.supersedes = random.one_in(12) ? "no such id" : target.id;
    if (random.one_in(3)) draft.supersedes_source = target.source;
  }
  return draft;
}

std::vector<Expectation> random_expectations(Random& random, const Model& model) {
  std::vector<Expectation> expectations;
  while (random.one_in(3)) {
    const std::string subject = "park/" + std::to_string(random.below(4));
    const auto revision = static_cast<std::uint32_t>(model.of(subject).size());
    if (random.one_in(8))
      expectations.push_back({subject, NewSubject{}});
    else
      expectations.push_back({subject, Exactly{Revision{revision + (random.one_in(8) ? 1U : 0U)}}});
  }
  return expectations;
}

void compare_events(const Log& log, const Model& model, Random& random) {
  const auto& events = model.events;
  REQUIRE(log.head().value == events.size());
  if (events.empty()) return;
  const auto from = static_cast<std::uint64_t>(random.below(static_cast<int>(events.size()))) + 1;
  const auto split = events.begin() + static_cast<std::ptrdiff_t>(from);
  CHECK(all_of(log, Position{from}) == std::vector<Seen>(split - 1, events.end()));
  std::vector<Seen> back(events.begin(), split);
  std::ranges::reverse(back);
  CHECK(all_of(log, Position{from}, Direction::backwards) == back);

  const Seen& some = events[from - 1];
  const auto same_id = [&](const Seen& e) { return e.id == some.id; };
  const auto found = log.find(some.id).value();
  CHECK(found.size() == static_cast<std::size_t>(std::ranges::count_if(events, same_id)));
  for (const Position position : found) CHECK(events[position.value - 1].id == some.id);
  CHECK(log.find(some.source, some.id).value() == Position{some.position});
  CHECK(log.find(some.source, some.id + "-").value() == std::nullopt);
  const auto instant = Instant{std::chrono::microseconds{some.recorded_us}};
  const auto later =
      std::ranges::find_if(events, [&](const Seen& e) { return e.recorded_us > some.recorded_us; });
  CHECK(log.position_at(instant).value().value ==
        static_cast<std::uint64_t>(later - events.begin()));
}

void compare_subjects(const Log& log, const Model& model) {
  std::size_t subjects = 0, rows_in_all = 0;
  CHECK(log.subjects("", [&](std::string_view name, SubjectNumber number) {
    ++subjects;
    const auto own = model.of(std::string(name));
    REQUIRE(!own.empty());
    CHECK(own[0].subject_number == number.value);
    CHECK(subject_of(log, name) == own);
    CHECK(log.revision(number).value().value == own.size());
    const auto rows = log.rows(number).value();
    REQUIRE(rows.size() == own.size());
    for (std::size_t i = 0; i < own.size(); ++i)
      CHECK(rows[i] == Row(*dating_of(own[i].payload), Position{own[i].position},
                           Revision{own[i].supersedes}));
    return true;
  }));
  CHECK(log.all_rows([&](SubjectNumber, Rows rows) {
    --subjects;
    rows_in_all += rows.size();
    return true;
  }));
  CHECK(subjects == 0);
  CHECK(rows_in_all == model.events.size());
}

void run(std::uint64_t with_seed, int steps) {
  INFO("run again with SOLNOMA_SEED=", with_seed);
  Random random(with_seed);
  TestJournal t, copy;
  const auto follower = t.reader();
  Model model;
  for (int step = 0; step < steps; ++step) {
    CAPTURE(step);
    t.clock.advance(std::chrono::microseconds{random.below(100) - 30});
    const int action = random.below(40);
    CAPTURE(action);
    if (action == 0) {
      t.reopen();
    } else if (action == 1) {
      REQUIRE(t.bare()->flush());
      t.reopen();
    } else if (action == 2) {
      const auto before = t.entries();
      REQUIRE(t.journal().rebuild());
      CHECK(t.entries() == before);
    } else if (action == 3) {
      CHECK(copy.journal().copy_from(t.log(), kNewest) == t.log().head());
      CHECK(copy.entries() == t.entries());
    } else {
      std::vector<Draft> drafts;
      for (int i = random.below(12); i > 0; --i) drafts.push_back(draft_of_chance(random, model));
      const auto expectations = random_expectations(random, model);
      const Batch batch(drafts);
      const auto rehearsed = t.journal().try_append(batch.events(), expectations);
      const auto appended = t.journal().append(batch.events(), expectations);
      std::vector<std::uint64_t> positions;
      const std::size_t before = model.events.size();
      const auto error = model.append(drafts, expectations, t.clock.now(), positions);
      REQUIRE(appended.has_value() == !error);
      REQUIRE(rehearsed.has_value() == !error);
      if (error) {
        CHECK(appended.error().code == *error);
        CHECK(rehearsed.error() == appended.error());
      } else {
        REQUIRE(appended->positions.size() == positions.size());
        for (std::size_t i = 0; i < positions.size(); ++i)
          CHECK(appended->positions[i].value == positions[i]);
        CHECK(appended->positions == rehearsed->positions);
        CHECK(appended->recorded == model.events.size() - before);
      }
    }
    compare_events(t.log(), model, random);
    if (step % 10 == 0) compare_subjects(t.log(), model);
    if (random.one_in(3)) {
      INFO("in another process");
      REQUIRE(follower->catch_up() == t.log().head());
      compare_events(*follower, model, random);
    }
  }
  check_verified(t.log());
  REQUIRE(follower->catch_up() == t.log().head());
  compare_subjects(*follower, model);
  check_verified(*follower);
}

}  // namespace

TEST_CASE("random histories agree with a naive model after every step") {
  const std::uint64_t first = base_seed();
  for (std::uint64_t s = first; s < first + 2; ++s) run(s, 120);
}

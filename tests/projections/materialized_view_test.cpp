// A projection that remembers is, after whatever was recorded and whatever became of its files,
// what a fold of the whole log makes.

#include "projections/materialized_view.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rocksdb/env.h>

#include <algorithm>
#include <map>

#include "events/chronicle.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/engine_recorded_disk.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

const std::string kViews = "/views/ids";

/// The ids of what counts, in order: nothing that is folded is forgotten.
struct Ids {
  std::string ids;

  void apply(const StoredEvent& stored) { ids += stored.event.id + " "; }
  [[nodiscard]] std::string to_bytes() const { return "ids:" + ids; }
  static std::optional<Ids> from_bytes(std::string_view bytes) {
    if (!bytes.starts_with("ids:")) return std::nullopt;
    return Ids{std::string(bytes.substr(4))};
  }
};
using View = MaterializedView<Ids>;
using States = std::map<std::string, std::string>;

/// A log in memory that grows by chance.
class Growing {
 public:
  explicit Growing(std::uint64_t seed, const Disk& disk = Disk::memory())
      : random_(seed), disk_(disk) {
    REQUIRE(Journal::create(disk_, "/store"));
    journal_ = open_journal(disk_, "/store", clock_).value();
  }
  [[nodiscard]] Log& log() { return journal_->log(); }
  [[nodiscard]] Journal& journal() { return *journal_; }
  [[nodiscard]] Random& random() { return random_; }

  /// News, late news, plans, corrections and retractions of a few subjects, in one batch.
  void grow(int events) {
    std::vector<Event> batch;
    for (int i = 0; i < events; ++i) batch.push_back(next());
    REQUIRE(append(*journal_, batch));
  }

 private:
  Event next() {
    static constexpr std::string_view kTypes[] = {"announced", "opened", "visited", "cancelled"};
    const std::string subject =
        fmt::format("{}/{}", random_.one_in(4) ? "project" : "park", random_.below(5));
    const std::string id = fmt::format("e{}", ++number_);
    std::vector<std::string>& newest = newest_[subject];
    Event e = event(id, std::string(kTypes[random_.below(4)]),
                    fmt::format("20{:02}-0{}", random_.below(26), random_.between(1, 9)),
                    "2026-01-01", subject);
    if (!newest.empty() && random_.one_in(3)) {
      std::string& target = newest[random_.below(newest.size())];
      e.supersedes = target;
      target = id;
      if (random_.one_in(2)) {
        e.type = "retracted";
        e.occurred.clear();
      }
    } else {
      newest.push_back(id);
      if (random_.one_in(6)) e.modality = Modality::planned;
    }
    return e;
  }

  Random random_;
  Disk disk_;
  ManualClock clock_;
  std::unique_ptr<Journal> journal_;
  int number_ = 0;
  std::map<std::string, std::vector<std::string>> newest_;  // of each chain, by subject
};

/// Read event by event, by the words of the design and without a projection.
States folded_anew(const Log& log, std::string_view prefix) {
  States states;
  REQUIRE(log.subjects(prefix, [&](std::string_view name, SubjectNumber number) {
    const std::vector<Row> rows = log.rows(number).value();
    std::vector<std::size_t> counts;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (oracle::effective(rows, i, {}) && !is_planned(rows[i].kind())) counts.push_back(i);
    std::ranges::stable_sort(counts, {}, [&](std::size_t i) { return rows[i].latest; });
    const auto events = fetch_subject(log, name).value();
    for (const std::size_t i : counts) states[std::string(name)] += events[i].event.id + " ";
    return true;
  }));
  return states;
}

States states_of(const View& view, std::string_view prefix = {}) {
  States states;
  REQUIRE(view.each(prefix, [&](std::string_view subject, const Ids& state) {
    states.emplace(subject, state.ids);
    return true;
  }));
  return states;
}

View opened(const Disk& disk, const Log& log, std::string_view version = "1",
            const std::string& prefix = {}) {
  auto view = View::open(disk, kViews, version, log, {}, prefix);
  REQUIRE_MESSAGE(view, view.error().what);
  return std::move(*view);
}

void check_caught_up(View& view, const Log& log, std::string_view prefix = {}) {
  const auto position = view.catch_up();
  REQUIRE_MESSAGE(position, position.error().what);
  CHECK(*position == log.head());
  CHECK(view.position() == log.head());
  const States states = folded_anew(log, prefix);
  CHECK(states_of(view) == states);
  for (const auto& [subject, ids] : states) CHECK(view.get(subject).value().value().ids == ids);
}

}  // namespace

TEST_CASE("what was folded bit by bit is what is folded at once, whatever was recorded") {
  for (std::uint64_t seed = base_seed(); seed < base_seed() + 15; ++seed) {
    CAPTURE(seed);
    Growing chronicle(seed);
    Random& random = chronicle.random();
    const std::string prefix = random.one_in(2) ? "" : "park/";
    const Disk disk = Disk::memory();
    std::optional<View> view = opened(disk, chronicle.log(), "1", prefix);
    CHECK(view->position() == Position{0});
    for (int round = 0; round < 12; ++round) {
      chronicle.grow(random.between(1, 9));
      if (random.one_in(4)) REQUIRE(chronicle.journal().rebuild());
      if (random.one_in(3)) {
        const Position kept = view->position();
        view.reset();
        view = opened(disk, chronicle.log(), "1", prefix);
        CHECK(view->position() == kept);  // nothing is folded twice
      }
      if (random.one_in(3)) continue;  // falls behind
      check_caught_up(*view, chronicle.log(), prefix);
      View other = opened(Disk::memory(), chronicle.log(), "1", prefix);
      check_caught_up(other, chronicle.log(), prefix);
      CHECK(states_of(*view) == states_of(other));
    }
  }
}

TEST_CASE("a retraction takes away what it withdraws, and a subject without news has no state") {
  Growing chronicle(1);
  Journal& journal = chronicle.journal();
  View view = opened(Disk::memory(), chronicle.log());
  const Event opening = event("a", "opened", "2023", "2023-02-01");
  REQUIRE(append(journal, {&opening, 1}));
  REQUIRE(view.catch_up());
  CHECK(view.get("park/chirchik").value()->ids == "a ");
  CHECK(!view.get("park/jizzakh").value());

  Event sorry = event("b", "retracted", "", "2023-03-01");
  sorry.supersedes = "a";
  REQUIRE(append(journal, {&sorry, 1}));
  CHECK(view.get("park/chirchik").value()->ids == "a ");  // until it is caught up
  REQUIRE(view.catch_up());
  CHECK(!view.get("park/chirchik").value());
  CHECK(states_of(view).empty());
}

TEST_CASE("states are visited by the beginning of their names, until the visitor has enough") {
  Growing chronicle(2);
  chronicle.grow(80);
  View view = opened(Disk::memory(), chronicle.log());
  REQUIRE(view.catch_up());
  CHECK(states_of(view, "park/") == folded_anew(chronicle.log(), "park/"));
  int visited = 0;
  REQUIRE(view.each("", [&](std::string_view, const Ids&) { return ++visited < 2; }));
  CHECK(visited == 2);
}

TEST_CASE("states of another version of the fold are made again") {
  Growing chronicle(3);
  chronicle.grow(30);
  const Disk disk = Disk::memory();
  {
    View view = opened(disk, chronicle.log());
    REQUIRE(view.catch_up());
  }
  View view = opened(disk, chronicle.log(), "2", "project/");
  CHECK(view.position() == Position{0});
  CHECK(states_of(view).empty());
  check_caught_up(view, chronicle.log(), "project/");
}

TEST_CASE("states of a log that is not the beginning of this one are made again") {
  Growing chronicle(4);
  chronicle.grow(30);
  const auto kept = [&] {
    const Disk disk = Disk::memory();
    View view = opened(disk, chronicle.log());
    REQUIRE(view.catch_up());
    return disk;
  };
  SUBCASE("it is shorter") {
    Growing shorter(4);
    shorter.grow(29);
    View view = opened(kept(), shorter.log());
    CHECK(view.position() == Position{0});
    check_caught_up(view, shorter.log());
  }
  SUBCASE("it parted early, and the newest events are the same") {
    Growing other(5);
    other.grow(29);
    const Event last = event("last", "opened", "2023", "2023-02-01");
    REQUIRE(append(other.journal(), {&last, 1}));
    const Disk disk = Disk::memory();
    Growing same(4);
    same.grow(29);
    REQUIRE(append(same.journal(), {&last, 1}));
    {
      View view = opened(disk, same.log());
      REQUIRE(view.catch_up());
    }
    View view = opened(disk, other.log());
    CHECK(view.position() == Position{0});
    check_caught_up(view, other.log());
  }
  SUBCASE("it is the same log, further on: nothing is made again") {
    const Disk disk = kept();
    chronicle.grow(10);
    View view = opened(disk, chronicle.log());
    CHECK(view.position() == Position{30});
    check_caught_up(view, chronicle.log());
  }
}

TEST_CASE("wherever the program or the power fails, the states are right when it has caught up") {
  Growing chronicle(base_seed());
  const auto recorded = std::make_shared<RecordedDisk>(Disk::memory());
  {
    View view = opened(as_disk(recorded), chronicle.log());
    for (int round = 0; round < 4; ++round) {
      chronicle.grow(12);
      REQUIRE(view.catch_up());
    }
  }
  {
    View view = opened(as_disk(recorded), chronicle.log(), "1");
    chronicle.grow(5);
    REQUIRE(view.catch_up());
  }
  Random random(base_seed());
  CrashStates crash;
  int resumed = 0;
  for (const auto& [step, note] : recorded->steps()) {
    for (const Disk& left :
         {crash.after_stop(step), crash.after_power_loss(), crash.after_power_loss(random)}) {
      View view = opened(left, chronicle.log());
      resumed += view.position() > Position{0} && view.position() < chronicle.log().head();
      check_caught_up(view, chronicle.log());
    }
    crash.apply(step);
  }
  CHECK(resumed > 0);
}

TEST_CASE("a damaged byte anywhere is noticed: states are made again, or refused with the remedy") {
  Growing chronicle(9);
  const Disk disk = Disk::memory();
  rocksdb::Env& files = *disk.env();
  for (int round = 0; round < 3; ++round) {  // sorted files, and what is in none yet
    View view = opened(disk, chronicle.log());
    chronicle.grow(30);
    REQUIRE(view.catch_up());
  }
  const auto each_file = [&](const auto& visit) {
    std::vector<std::string> names;
    REQUIRE(files.GetChildren(kViews, &names).ok());
    for (const std::string& name : names) {
      std::string bytes;
      const std::string path = kViews + "/" + name;
      if (rocksdb::ReadFileToString(&files, path, &bytes).ok()) visit(path, bytes);
    }
  };
  std::map<std::string, std::string> whole;
  each_file([&](const std::string& path, const std::string& bytes) { whole[path] = bytes; });
  const States states = folded_anew(chronicle.log(), "");
  Random random(base_seed());
  int refused = 0;
  int made_again = 0;
  for (const auto& [path, bytes] : whole)
    for (int i = 0; i < 12 && !bytes.empty(); ++i) {
      CAPTURE(path);
      each_file([&](const std::string& left, const std::string&) {
        REQUIRE(files.DeleteFile(left).ok());
      });
      for (const auto& [name, content] : whole) {
        std::string damaged = content;
        if (name == path) damaged[random.below(damaged.size())] ^= 0x40;
        REQUIRE(rocksdb::WriteStringToFile(&files, damaged, name).ok());
      }
      View view = opened(disk, chronicle.log());
      made_again += view.position() != chronicle.log().head();
      REQUIRE(view.catch_up());
      States found;
      const auto read = view.each("", [&](std::string_view subject, const Ids& state) {
        found.emplace(subject, state.ids);
        return true;
      });
      if (read) {
        CHECK(found == states);
        continue;
      }
      ++refused;
      CHECK(read.error().code == Errc::damaged_index);
      CHECK(read.error().remedy.find("delete that directory") != std::string::npos);
    }
  CHECK(made_again > 0);
  CHECK(refused > 0);
}

TEST_CASE("a failing disk is an error, and the states are right when it works again") {
  int struck = 0;
  for (int at = 1; at <= 60; ++at) {
    CAPTURE(at);
    Growing chronicle(6);
    const auto faulty = std::make_shared<FaultyDisk>(Disk::memory());
    const Disk disk = as_disk(faulty);
    chronicle.grow(20);
    faulty->inject({.operations = kCreate | kWrite | kSync | kRename | kRemove, .at = at});
    bool failed = false;
    if (auto view = View::open(disk, kViews, "1", chronicle.log())) {
      for (int round = 0; round < 3 && !failed; ++round) {
        const Position before = view->position();
        const auto done = view->catch_up();
        failed = !done;
        if (failed) {
          CHECK(done.error().code == Errc::io);
          CHECK(view->position() == before);
        }
        chronicle.grow(4);
      }
    } else {
      CHECK(view.error().code == Errc::io);
    }
    struck += faulty->struck() > 0;
    faulty->heal();
    View view = opened(disk, chronicle.log());
    check_caught_up(view, chronicle.log());
  }
  CHECK(struck > 10);
}

TEST_CASE("a directory that another has open says who has it, and keeps what is in it") {
  Growing chronicle(7);
  chronicle.grow(10);
  const Disk disk = Disk::memory();
  View view = opened(disk, chronicle.log());
  REQUIRE(view.catch_up());
  const auto second = View::open(disk, kViews, "2", chronicle.log());
  REQUIRE(!second);
  CHECK(second.error().code == Errc::unavailable);
  CHECK(second.error().what.find(kViews) != std::string::npos);
  check_caught_up(view, chronicle.log());
}

TEST_CASE("bytes that the projection has not written are told of by subject") {
  Growing chronicle(8);
  const Event opening = event("a", "opened", "2023", "2023-02-01");
  REQUIRE(append(chronicle.journal(), {&opening, 1}));
  const Disk disk = Disk::memory();
  {
    auto states = ViewStates::open(disk, kViews, "1", chronicle.log());
    REQUIRE(states);
    const ViewStates::Change change{"park/chirchik", "something else"};
    REQUIRE(states->save(Position{1}, {&change, 1}));
  }
  const View view = opened(disk, chronicle.log());
  const auto state = view.get("park/chirchik");
  REQUIRE(!state);
  CHECK(state.error().code == Errc::damaged_index);
  CHECK(state.error().what.find("park/chirchik") != std::string::npos);
  CHECK(state.error().where == kViews);
  CHECK(!view.each("", [](std::string_view, const Ids&) { return true; }));
}

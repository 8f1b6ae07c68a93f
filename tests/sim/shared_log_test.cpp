// A log that three machines share, with a row of places between them that loses calls and
// answers, says what is not so, has calls arrive late, and stands still while others go on; with
// machines that fall out, are cut off, and come anew. Whatever happens: what was acknowledged is
// in the log, where it was said to be; what was refused is not; no id stands there twice; and all
// have the same log. A failing seed is printed and runs alone: SOLNOMA_SEED=… SOLNOMA_HISTORIES=1.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "engine/aligned_bytes.hpp"
#include "engine/proof/record.hpp"
#include "tests/oracle/random_history.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/simulated_places.hpp"

using namespace solnoma;
using test::Draft;
using test::PlaceFaults;
using test::Random;
using test::Seen;
using test::SharedRow;
using test::SimulatedPlaces;

namespace {

constexpr std::uint64_t kSeeds = 200;
constexpr std::size_t kMachines = 3;
constexpr std::chrono::milliseconds kAtOnce{0};

/// What somebody was told of a batch.
struct Told {
  std::vector<Draft> drafts;
  std::optional<Appended> appended;  // none: it was refused, or nobody knows
  std::optional<Revision> newest;    // that was expected of the first one's subject
  bool unknown = false;
};

class SharedLogSimulation {
 public:
  explicit SharedLogSimulation(std::uint64_t seed) : random_(seed) {
    for (std::size_t i = 0; i < kMachines; ++i) {
      auto& machine = machines_.emplace_back(std::make_unique<Machine>());
      machine->places = std::make_unique<SimulatedPlaces>(row_, random_, i, kMachines,
                                                          [this] { others_go_on(); });
      test::create_store(machine->disk, "/store");
    }
    if (random_.one_in(2)) {  // a log that was there before it was shared
      open(0, /*shared=*/false);
      for (int k = random_.between(1, 20); k > 0; --k) append(0);
    }
    for (std::size_t i = 0; i < kMachines; ++i) open(i);
    PlaceFaults faults;
    for (int* each : {&faults.lost, &faults.unknown, &faults.late, &faults.refused, &faults.denied,
                      &faults.unheard})
      if (random_.one_in(2)) *each = random_.between(0, 25);
    faults.paused = random_.between(0, 15);
    for (auto& machine : machines_) machine->places->faults = faults;
  }

  void step() {
    const std::size_t i = random_.below(kMachines);
    if (machines_[i]->busy) return;  // it stands within a call
    clock_.advance(std::chrono::seconds{random_.between(-40, 500)});
    switch (random_.below(16)) {
      case 0:
        open(i);
        break;
      case 1:
        machines_[i]->places->cut_off = !machines_[i]->places->cut_off;
        break;
      case 2:
        repeat(i);
        break;
      case 3:
        fall_back(i);
        break;
      case 4:
      case 5:
      case 6:
        take_in(i);
        break;
      case 7:
        rebuild(i);
        break;
      default:
        append(i);
    }
  }

  /// Nothing fails any more, and whatever was under way has arrived.
  void settle() {
    for (auto& machine : machines_) {
      machine->places->faults = {};
      machine->places->cut_off = false;
      machine->places->land();
    }
    for (std::size_t i = 0; i < kMachines; ++i)
      if (!machines_[i]->shared) open(i);
    for (std::size_t i = 0; i < kMachines; ++i) {
      take_in(i);
      append(i);
      CHECK(!told_.back().unknown);
    }
    for (std::size_t i = 0; i < kMachines; ++i) take_in(i);
  }

  void check() {
    const Log& log = journal(0).log();
    const auto head = verify_log(log);
    REQUIRE_MESSAGE(head, head.error().where, ": ", head.error().what);
    const auto all = test::all_of(log);
    for (std::size_t i = 1; i < kMachines; ++i) {
      CAPTURE(i);
      CHECK(verify_log(journal(i).log()) == *head);
      CHECK(test::all_of(journal(i).log()) == all);
    }
    check_ids(all);
    check_revisions(all);
    std::set<std::string> perhaps;  // ids that may be there
    for (const Told& told : told_)
      if (told.appended || told.unknown)
        for (const Draft& draft : told.drafts) perhaps.insert(draft.id);
    for (const Seen& event : all) CHECK(perhaps.contains(event.id));
    for (const Told& told : told_) check_told(told, all);
  }

  /// How often what was it that makes this hard.
  struct Counts {
    std::size_t unknown = 0, refused = 0, copied = 0, forgotten = 0;
  };
  void add_to(Counts& counts) const {
    for (const Told& told : told_) {
      counts.unknown += told.unknown ? 1 : 0;
      counts.refused += !told.unknown && !told.appended ? 1 : 0;
    }
    counts.copied += copied_;
    counts.forgotten += row_.last().value - row_.taken().size();
  }

 private:
  struct Machine {
    Disk disk = Disk::memory();
    std::unique_ptr<SimulatedPlaces> places;
    std::unique_ptr<Journal> journal;
    bool shared = false;  // it has joined
    bool alone = true;    // its disk knows of no log that is shared
    bool busy = false;    // it is within a call
  };

  /// While it does something, others may go on, and nothing else may be asked of it.
  class Busy {
   public:
    explicit Busy(Machine& machine) : machine_(machine) { machine_.busy = true; }
    ~Busy() { machine_.busy = false; }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;

   private:
    Machine& machine_;
  };

  [[nodiscard]] Journal& journal(std::size_t i) { return *machines_[i]->journal; }

  void others_go_on() {
    if (depth_ == 2) return;
    ++depth_;
    for (int k = random_.between(1, 3); k > 0; --k) step();
    --depth_;
  }

  /// The machine is started anew: nothing is left of it but its disk.
  void open(std::size_t i, bool shared = true) {
    Machine& machine = *machines_[i];
    const Busy busy(machine);
    machine.journal.reset();
    auto opened = Journal::open(machine.disk, "/store", clock_, test::dating_of);
    REQUIRE_MESSAGE(opened, opened.error().what);
    machine.journal = std::move(*opened);
    machine.shared = false;
    if (!shared) return;
    SharedId writer{};
    for (auto& byte : writer) byte = static_cast<std::uint8_t>(random_.bits());
    const auto joined = machine.journal->share(*machine.places, writer);
    machine.shared = joined.has_value();
    if (joined) machine.alone = false;
    if (!joined) CHECK_MESSAGE(joined.error().code == Errc::unavailable, joined.error().what);
  }

  /// It comes anew, with an empty disk. What no place has any more is on the disk of another.
  void fall_back(std::size_t i) {
    Machine& machine = *machines_[i];
    if (random_.below(4) != 0 || row_.taken().empty() || !machine.journal) return;
    const bool others_have_it = std::ranges::any_of(machines_, [&](const auto& other) {
      return &*other != &machine && other->journal &&
             other->journal->log().head() >= machine.journal->log().head();
    });
    if (!others_have_it) return;
    const Busy busy(machine);
    machine.journal.reset();
    machine.disk = Disk::memory();
    machine.alone = true;
    test::create_store(machine.disk, "/store");
    machine.busy = false;
    open(i);
  }

  void rebuild(std::size_t i) {
    const Busy busy(*machines_[i]);
    if (random_.one_in(4)) CHECK(journal(i).rebuild());
  }

  void take_in(std::size_t i) {
    Machine& machine = *machines_[i];
    if (!machine.shared) return open(i);
    const Busy busy(machine);
    auto taken = machine.journal->take_in(kAtOnce);
    if (!taken) REQUIRE_MESSAGE(taken.error().code == Errc::unavailable, taken.error().what);
    const auto missing = machine.journal->missing();
    if (!missing) return;
    copy_from_others(i, *missing);
    taken = machine.journal->take_in(kAtOnce);
    if (!taken) CHECK_MESSAGE(taken.error().code == Errc::unavailable, taken.error().what);
  }

  /// What the places do not tell any more, another has.
  void copy_from_others(std::size_t i, const TreeHead& upto) {
    for (std::size_t from = 0; from < kMachines; ++from) {
      if (from == i || machines_[from]->busy || !machines_[from]->journal ||
          journal(from).log().head() < upto.position)
        continue;
      CHECK(journal(from).log().tree_head(upto.position) == upto);
      const auto copied = journal(i).adopt([&](const Visitor& visit) {
        return journal(from).log().read(journal(i).log().head().next(), Direction::forwards,
                                        [&](const RecordedEvent& event) {
                                          return event.position <= upto.position && visit(event);
                                        });
      });
      REQUIRE_MESSAGE(copied, copied.error().what);
      CHECK(*copied == upto.position);
      ++copied_;
      return;
    }
  }

  std::vector<Draft> some_drafts() {
    std::vector<Draft> drafts;
    for (int k = random_.between(1, 3); k > 0; --k) {
      Draft draft{
          "park/" + std::to_string(random_.below(5)), std::to_string(++last_id_),
          std::string(random_.percent(3) ? std::size_t{700'000} : random_.below(std::size_t{60}),
                      'x'),
          "urn:" + std::to_string(random_.below(3))};
      draft.day = random_.between(0, 500);
      if (random_.percent(20) && !told_.empty()) {
        const Draft& other = told_[random_.below(told_.size())].drafts.front();
        draft.subject = other.subject;
        draft.supersedes = other.id;
        draft.supersedes_source = other.source;
      }
      drafts.push_back(std::move(draft));
    }
    return drafts;
  }

  void append(std::size_t i) {
    Told told{some_drafts(), {}, {}, false};
    std::vector<Expectation> expectations;
    if (random_.one_in(3) && machines_[i]->journal) {
      const std::string& subject = told.drafts.front().subject;
      const Log& log = journal(i).log();
      const auto number = log.subject(subject);
      const auto newest =
          number && *number ? log.revision(**number).value_or(Revision{0}) : Revision{0};
      told.newest = newest;
      if (newest.value == 0)
        expectations.push_back({subject, NewSubject{}});
      else
        expectations.push_back({subject, Exactly{newest}});
    }
    send(i, std::move(told), expectations);
  }

  /// Somebody who was not told what became of it sends it again, to any machine.
  void repeat(std::size_t i) {
    if (told_.empty()) return;
    send(i, Told{told_[random_.below(told_.size())].drafts, {}, {}, false}, {});
  }

  void send(std::size_t i, Told told, const std::vector<Expectation>& expectations) {
    Machine& machine = *machines_[i];
    if (!machine.journal || (machine.alone && !row_.taken().empty())) return;
    const Busy busy(machine);
    const auto appended = test::append(*machine.journal, told.drafts, expectations);
    if (appended) told.appended = *appended;
    told.unknown = !appended && appended.error().code == Errc::unavailable;
    if (!appended)
      CHECK_MESSAGE(
          (told.unknown || appended.error().code == Errc::conflict ||
           appended.error().code == Errc::not_found || appended.error().code == Errc::invalid),
          appended.error().what);
    told_.push_back(std::move(told));
  }

  static void check_ids(const std::vector<Seen>& all) {
    std::set<std::pair<std::string, std::string>> ids;
    for (const Seen& event : all) CHECK(ids.emplace(event.source, event.id).second);
  }

  static void check_revisions(const std::vector<Seen>& all) {
    std::map<std::string, std::uint32_t> newest;
    std::int64_t recorded = INT64_MIN;
    for (const Seen& event : all) {
      CHECK(event.revision == ++newest[event.subject]);
      CHECK(event.supersedes < event.revision);
      CHECK(event.recorded_us >= recorded);
      recorded = event.recorded_us;
    }
  }

  void check_told(const Told& told, const std::vector<Seen>& all) const {
    const auto is_of = [&](const Seen& event, const Draft& draft) {
      return event.source == draft.source && event.id == draft.id;
    };
    std::size_t there = 0;
    for (const Draft& draft : told.drafts)
      there += static_cast<std::size_t>(
          std::ranges::count_if(all, [&](const Seen& event) { return is_of(event, draft); }));
    CHECK((there == 0 || there == told.drafts.size()));
    if (!told.appended) return;  // it may have been sent again, and then recorded
    REQUIRE(told.appended->positions.size() == told.drafts.size());
    for (std::size_t k = 0; k < told.drafts.size(); ++k) {
      const std::size_t place = told.appended->positions[k].value - 1;
      REQUIRE(place < all.size());
      CHECK(is_of(all[place], told.drafts[k]));
      CHECK(all[place].payload == told.drafts[k].payload());
      CHECK(all[place].subject == told.drafts[k].subject);
    }
    const Seen& first = all[told.appended->positions.front().value - 1];
    if (told.newest && told.appended->recorded == told.drafts.size())
      CHECK(first.revision == told.newest->value + 1);
  }

  Random random_;
  test::ManualClock clock_;
  SharedRow row_;
  std::vector<std::unique_ptr<Machine>> machines_;
  std::vector<Told> told_;
  std::uint64_t last_id_ = 0;
  std::size_t copied_ = 0;
  int depth_ = 0;
};

}  // namespace

TEST_CASE("machines that share a log have one, whatever happens between them") {
  constexpr int kSteps = 60;
  const std::uint64_t seeds = test::histories(kSeeds);
  SharedLogSimulation::Counts counts;
  for (std::uint64_t n = 0; n < seeds; ++n) {
    const std::uint64_t seed = test::base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    SharedLogSimulation simulation(seed);
    for (int i = 0; i < kSteps; ++i) simulation.step();
    simulation.settle();
    simulation.check();
    simulation.add_to(counts);
  }
  MESSAGE("batches: ", counts.unknown, " whose fate nobody told, ", counts.refused,
          " refused; copied from another machine: ", counts.copied,
          "; places forgotten: ", counts.forgotten);
  if (seeds < kSeeds) return;
  CHECK(counts.unknown > 0);
  CHECK(counts.refused > 0);
  CHECK(counts.copied > 0);
  CHECK(counts.forgotten > 0);
}

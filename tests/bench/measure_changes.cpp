#include <fmt/format.h>

#include "engine/verify.hpp"
#include "events/chronicle.hpp"
#include "events/codec.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/corrections.hpp"
#include "tests/bench/floors_rocksdb.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/workload_text.hpp"
#include "tests/bench/writers.hpp"

namespace solnoma::bench {
namespace {

constexpr double kMilli = 1e3;
constexpr double kMicro = 1e6;

Event ordinary(Site& site) {
  return site.workload().next_ordinary();
}

/// The same event, but that it happened years before it became known.
Event back_dated(Site& site, test::Random& random) {
  Event event = ordinary(site);
  event.occurred =
      date_text(Day{event.known.number - 400 - static_cast<std::int32_t>(random.below(3'000))},
                Precision::day);
  return event;
}

double append_timed(Journal& journal, const std::vector<Event>& events) {
  return seconds_of([&] {
    const Appended done = must(append(journal, events), "appending");
    require(done.recorded == events.size(), "an event was not recorded");
  });
}

/// What an append of each kind took.
struct Kinds {
  std::vector<double> ordinary, back_dated, corrections;

  void report(const Site& site, const std::string& what) const {
    const int count = static_cast<int>(ordinary.size());
    Figure figure{.name = "back-dated, " + what,
                  .unit = "x",
                  .better = Better::less,
                  .ours = median(back_dated) / median(ordinary),
                  .runs = count,
                  .note = "time against an ordinary one"};
    site.report(Figure(figure).at_most(1.2));
    figure.name = "correction, " + what;
    figure.ours = median(corrections) / median(ordinary);
    site.report(Figure(figure).at_most(1.2));
  }
};

/// Appends one ordinary event here and to the raw store; gives it as it is stored.
std::vector<Encoded> append_beside_raw(Site& site, Journal& journal, RawStore& raw,
                                       std::vector<double>& ours, std::vector<double>& floor) {
  const Event event = ordinary(site);
  auto as_stored = encoded({event});
  ours.push_back(append_timed(journal, {event}));
  floor.push_back(seconds_of([&] { raw.append({{as_stored[0].payload}}); }));
  return as_stored;
}

/// What one event takes of a writer that has just begun: nothing is in memory yet.
void measure_first(Site& site, Journal& journal) {
  RawStore raw(site.raw());
  std::vector<double> ours, floor;
  for (int round = 0; round < 60 * site.runs(); ++round)
    static_cast<void>(append_beside_raw(site, journal, raw, ours, floor));
  site.report({.name = "append, one event, at first",
               .unit = "us",
               .better = Better::less,
               .ours = median(ours) * kMicro,
               .floor = median(floor) * kMicro,
               .runs = static_cast<int>(ours.size()),
               .note = "medians, durable"});
}

/// One event at a time, the kinds and the stores in turn, so that all meet the same disk.
void measure_single(Site& site, Journal& journal, Corrections& corrections) {
  const int rounds = 60 * site.runs();
  test::Random random(site.seed(), 6);
  RawStore raw(site.raw());
  Kinds kinds;
  std::vector<double> floor, peer;
  for (int round = 0; round < rounds; ++round) {
    const auto as_stored = append_beside_raw(site, journal, raw, kinds.ordinary, floor);
    kinds.back_dated.push_back(append_timed(journal, {back_dated(site, random)}));
    if (const auto correction = corrections.next(1); !correction.empty())
      kinds.corrections.push_back(append_timed(journal, correction));
    if (site.with_sqlite()) peer.push_back(seconds_of([&] { site.peer().append(as_stored); }));
  }
  Figure single{.name = "append, one event",
                .unit = "us",
                .better = Better::less,
                .ours = median(kinds.ordinary) * kMicro,
                .floor = median(floor) * kMicro,
                .runs = rounds,
                .note = "medians, durable"};
  if (!peer.empty()) single.peer = median(peer) * kMicro;
  site.report(single.at_least_of_floor(0.9));
  kinds.report(site, "one event");
}

/// As many events for each of so many writers.
std::vector<std::vector<Event>> events_for(Site& site, int writers) {
  const int each = 40 * site.runs();
  std::vector<std::vector<Event>> events(static_cast<std::size_t>(writers));
  for (auto& own : events)
    while (std::ssize(own) < each) own.push_back(ordinary(site));
  return events;
}

void measure_writers(Site& site, Journal& journal) {
  constexpr int kWriters = 16;
  std::vector<double> many, one;
  static_cast<void>(rate_of_writers(journal, events_for(site, kWriters)));  // to warm up
  for (int run = 0; run < site.runs(); ++run) {
    one.push_back(rate_of_writers(journal, events_for(site, 1)));
    many.push_back(rate_of_writers(journal, events_for(site, kWriters)));
  }
  Figure figure{.name = "append, 16 writers",
                .unit = "events/s",
                .ours = median(many),
                .runs = site.runs(),
                .note = fmt::format("one writer: {:.0f}", median(one))};
  site.report(figure);
  figure = {.name = "append, 16 writers against one",
            .unit = "x",
            .ours = median(many) / median(one),
            .runs = site.runs()};
  site.report(figure.at_least(8));
}

void measure_batches(Site& site, Journal& journal, Corrections& corrections) {
  const auto rounds = std::clamp<std::uint64_t>(site.events() / 50 / kBatch, 5, 20);
  const auto size = std::min<std::uint64_t>(kBatch, site.events() / 100);
  test::Random random(site.seed(), 7);
  Kinds kinds;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    std::vector<Event> plain, late;
    while (plain.size() < size) plain.push_back(ordinary(site));
    while (late.size() < size) late.push_back(back_dated(site, random));
    const auto correction = corrections.next(size);
    const auto per_event = [&](const std::vector<Event>& events) {
      return append_timed(journal, events) / static_cast<double>(events.size());
    };
    kinds.ordinary.push_back(per_event(plain));
    kinds.back_dated.push_back(per_event(late));
    if (!correction.empty()) kinds.corrections.push_back(per_event(correction));
  }
  kinds.report(site, "batches");
}

/// How long it takes to read, with everything opened afresh.
struct Reads {
  double all = 0;       // ms: statuses of all subjects, of a portfolio
  double one = 0;       // us: of one
  double from_log = 0;  // us: of one from its rows in the log, with all reasons
};

Reads measure_reads(Site& site) {
  site.close();
  const Portfolio& portfolio = site.portfolio();
  test::Random random(site.seed(), 8);
  std::vector<Vantage> vantages;
  for (int i = 0; i < 8; ++i) {
    vantages.push_back(random_vantage(random, site.log().head()));
    vantages.back().at = kNewest;  // where every correction counts that is known
  }
  const auto subjects = static_cast<std::uint32_t>(portfolio.size());
  std::vector<SubjectNumber> asked;
  for (int i = 0; i < 20'000; ++i) asked.emplace_back(random.below(subjects));
  const auto few = std::span(asked).first(500);

  Reads reads;
  std::vector<std::vector<Status>> answers(vantages.size(), std::vector<Status>(subjects));
  reads.all = median_seconds(site.runs(),
                             [&] {
                               for (std::size_t i = 0; i < vantages.size(); ++i)
                                 portfolio.statuses(vantages[i], SubjectNumber{0}, answers[i]);
                             }) /
              static_cast<double>(vantages.size()) * kMilli;
  const auto expected = site.expected_at(vantages);
  for (std::size_t i = 0; i < vantages.size(); ++i)
    require_same(answers[i], expected[i], "all statuses among corrections");
  reads.one = median_seconds(
                  site.runs(),
                  [&] {
                    for (const SubjectNumber subject : asked)
                      require(portfolio.status(subject, vantages[0]) == expected[0][subject.value],
                              "one status among corrections");
                  }) /
              static_cast<double>(asked.size()) * kMicro;
  reads.from_log =
      median_seconds(site.runs(),
                     [&] {
                       for (const SubjectNumber subject : few) {
                         const auto rows = must(site.log().rows(subject), "reading rows");
                         const auto at = solnoma::status(steps(rows, effective(rows, vantages[0])),
                                                         vantages[0].as_of);
                         require(at.status == expected[0][subject.value],
                                 "one status from the log among corrections");
                       }
                     }) /
      static_cast<double>(few.size()) * kMicro;
  site.close();
  return reads;
}

void report_reads(const Site& site, const Reads& before, const Reads& after) {
  const auto report = [&](const char* name, double then, double now, const char* unit) {
    Figure figure{
        .name = name,
        .unit = "x",
        .better = Better::less,
        .ours = now / then,
        .runs = site.runs(),
        .note = fmt::format("{:.3g} {} before 10 % were corrected, {:.3g} after", then, unit, now)};
    site.report(figure.at_most(1.3));
  };
  report("corrected, status of all", before.all, after.all, "ms");
  report("corrected, status of one", before.one, after.one, "us");
  report("corrected, one from the log", before.from_log, after.from_log, "us");
}

}  // namespace

void measure_changes(Site& site) {
  site.close();
  {
    const auto journal = site.open_for_writing();
    Corrections corrections(journal->log(), Position{5}, site.seed());
    measure_first(site, *journal);
    measure_writers(site, *journal);
    measure_single(site, *journal, corrections);
    measure_batches(site, *journal, corrections);
  }
  const Reads before = measure_reads(site);
  {
    const auto journal = site.open_for_writing();
    Corrections corrections(journal->log(), Position{10}, site.seed());
    std::size_t corrected = 0;
    for (auto batch = corrections.next(kBatch); !batch.empty(); batch = corrections.next(kBatch)) {
      static_cast<void>(append_timed(*journal, batch));
      corrected += batch.size();
    }
    require(corrected > site.events() / 12, "too few events were corrected");
  }
  report_reads(site, before, measure_reads(site));
  if (site.events() > kNaiveMost) return;
  must(verify_log(site.log()), "verifying the index");
}

}  // namespace solnoma::bench

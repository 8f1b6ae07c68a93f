#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <numeric>

#include "events/chronicle.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/floors_rocksdb.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/peer_brokers.hpp"

namespace solnoma::bench {
namespace {

constexpr std::uint64_t kOnceFrom = 10'000'000;
constexpr std::uint64_t kFewFrom = 1'000'000;

/// How often a store is filled afresh.
int fillings(const Site& site) {
  if (site.events() >= kOnceFrom) return 1;
  return site.events() >= kFewFrom ? std::min(3, site.runs()) : site.runs();
}

/// What a filling took, by tenths of the events.
struct Filling {
  std::array<double, 10> seconds{};
  std::array<std::uint64_t, 10> events{};

  [[nodiscard]] double rate(std::size_t tenth) const {
    return static_cast<double>(events[tenth]) / seconds[tenth];
  }
  [[nodiscard]] double rate() const {
    return static_cast<double>(std::reduce(events.begin(), events.end())) /
           std::reduce(seconds.begin(), seconds.end());
  }
};

/// Appends the whole workload in batches. Only `append` is timed; making the events and
/// `prepare` are not, nor is `after`, which comes after each tenth.
template <class Prepare, class Append, class After>
Filling fill(Workload& workload, std::uint64_t events, Prepare prepare, Append append,
             After after) {
  Filling filling;
  std::size_t tenth = 0;
  while (workload.made() < events) {
    const std::size_t now = workload.made() * 10 / events;
    if (now != tenth) after();
    tenth = now;
    const auto size = std::min<std::uint64_t>(kBatch, events - workload.made());
    auto batch = prepare(workload.batch(size));
    filling.seconds[tenth] += seconds_of([&] { append(batch); });
    filling.events[tenth] += size;
  }
  after();
  return filling;
}

constexpr auto kAsTheyAre = [](std::vector<Event> events) { return events; };
constexpr auto kNothing = [] {};

void require_same_portfolio(const Portfolio& kept, const Portfolio& fresh, const Vantage& vantage) {
  std::vector<Status> a(kept.size()), b(fresh.size());
  kept.statuses(vantage, SubjectNumber{0}, a);
  fresh.statuses(vantage, SubjectNumber{0}, b);
  require_same(a, b, "a portfolio kept up to date");
}

/// The whole path. With `check`, a portfolio follows the log and must end where one that
/// is loaded afresh begins.
Filling fill_ours(Site& site, bool check) {
  std::filesystem::remove_all(site.store());
  must(Journal::create(Disk::real(), site.store()), "making a store");
  const auto journal = site.open_for_writing();
  const Log& log = journal->log();
  std::optional<Portfolio> kept;
  if (check) kept = must(Portfolio::load(log), "loading the portfolio");

  auto workload = std::make_unique<Workload>(workload_of(site));
  const Filling filling = fill(
      *workload, site.events(), kAsTheyAre,
      [&](const std::vector<Event>& events) {
        const Appended done = must(append(*journal, events), "appending");
        require(done.recorded == events.size(), "an event was not recorded");
      },
      [&] {
        if (kept) must(kept->catch_up(log), "catching up");
      });
  require(log.head().value == site.events(), "the log has not all events");
  if (kept) {
    const auto fresh = must(Portfolio::load(log), "loading the portfolio");
    test::Random random(site.seed(), 9);
    for (int i = 0; i < 8; ++i)
      require_same_portfolio(*kept, fresh, random_vantage(random, log.head()));
  }
  site.fill_with(std::move(workload));
  return filling;
}

Filling fill_raw(const Site& site, double& mean_size) {
  std::filesystem::remove_all(site.raw());
  RawStore raw(site.raw());
  Workload workload(workload_of(site));
  std::uint64_t bytes = 0;
  const auto payloads = [&](std::vector<Event> events) {
    std::vector<std::string> result;
    for (Encoded& each : encoded(std::move(events))) {
      bytes += each.payload.size();
      result.push_back(std::move(each.payload));
    }
    return result;
  };
  const Filling filling = fill(
      workload, site.events(), payloads,
      [&](const std::vector<std::string>& batch) { raw.append(batch); }, kNothing);
  mean_size = static_cast<double>(bytes) / static_cast<double>(site.events());
  return filling;
}

Filling fill_sqlite(const Site& site) {
  std::filesystem::remove_all(site.sqlite());
  Peer peer(site.sqlite());
  Workload workload(workload_of(site));
  return fill(
      workload, site.events(), kAsTheyAre,
      [&](std::vector<Event>& batch) { peer.append(encoded(std::move(batch))); }, kNothing);
}

/// The payloads alone: no ids, subjects, proofs or index.
Filling fill_broker(const Site& site, const BrokerKind& kind) {
  const std::string directory = site.raw() + "." + std::string(kind.name);
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  const auto broker = kind.start(directory);
  Workload workload(workload_of(site));
  const auto payloads = [&](std::vector<Event> events) {
    std::vector<std::string> result;
    for (Encoded& each : encoded(std::move(events))) result.push_back(std::move(each.payload));
    return result;
  };
  const Filling filling = fill(
      workload, site.events(), payloads,
      [&](const std::vector<std::string>& batch) { broker->append(batch); }, kNothing);
  require(broker->count() == site.events(), "a broker has not all events");
  return filling;
}

}  // namespace

void measure_append(Site& site) {
  const bool reported = site.options().wants("append");
  const int runs = reported ? fillings(site) : 1;
  const bool warm_up = reported && site.events() < kFewFrom && site.runs() > 1;
  const int sqlite_runs = site.events() < kFewFrom ? runs : 1;
  double mean_size = 0;
  std::vector<double> ours, raw, sqlite, steadiness;
  for (int run = warm_up ? -1 : 0; run < runs; ++run) {
    const Filling filling = fill_ours(site, run == runs - 1);
    const double floor = fill_raw(site, mean_size).rate();
    if (site.with_sqlite() && run < sqlite_runs) {
      const double peer = fill_sqlite(site).rate();
      if (run >= 0) sqlite.push_back(peer);
    }
    if (run < 0) continue;
    ours.push_back(filling.rate());
    steadiness.push_back(filling.rate(9) / filling.rate(0));
    raw.push_back(floor);
  }
  if (!reported) return;

  Figure batches{.name = "append, batches of 1,000",
                 .unit = "events/s",
                 .ours = median(ours),
                 .floor = median(raw),
                 .runs = runs,
                 .note = fmt::format("payload {:.0f} bytes, {} subjects", mean_size,
                                     site.workload().subjects())};
  if (!sqlite.empty()) batches.peer = median(sqlite);
  const bool judged = site.events() >= kJudgedFrom;
  if (judged) batches.at_least_of_floor(0.5).at_least_of_peer(15);
  site.report(batches);
  for (const BrokerKind& kind : broker_kinds()) {
    if (std::ranges::find(site.options().beside, kind.name) == site.options().beside.end())
      continue;
    Figure beside{.name = fmt::format("append, beside {}", kind.name),
                  .unit = "events/s",
                  .ours = median(ours),
                  .floor = fill_broker(site, kind).rate(),
                  .note = std::string(kind.note)};
    if (judged) beside.at_least_of_floor(1);
    site.report(beside);
  }
  if (!judged) return;
  Figure steady{.name = "append, last tenth/first",
                .unit = "x",
                .ours = median(steadiness),
                .runs = runs,
                .note = "rates"};
  if (site.events() >= kOnceFrom) steady.at_least(0.8);
  site.report(steady);
}

}  // namespace solnoma::bench

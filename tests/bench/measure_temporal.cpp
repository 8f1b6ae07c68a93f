#include <fmt/format.h>

#include <chrono>
#include <functional>

#include "tests/bench/check.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/row_fold.hpp"

namespace solnoma::bench {
namespace {

/// The classes of questions of TPC-BiH (Kaufmann et al., TPCTC 2013), asked of this log:
/// its application time is `as of` and `known by`, its system time the position.

constexpr double kMilli = 1e3;
constexpr double kMicro = 1e6;
constexpr std::size_t kTravels = 8;

Day day_of(int year, unsigned month) {  // the last of a month
  namespace c = std::chrono;
  const c::sys_days last{c::year{year} / c::month{month} / c::last};
  return Day{static_cast<std::int32_t>(last.time_since_epoch().count())};
}

std::vector<Status> statuses(const Portfolio& portfolio, const Vantage& vantage) {
  std::vector<Status> result(portfolio.size());
  portfolio.statuses(vantage, SubjectNumber{0}, result);
  return result;
}

/// All statuses at several vantages, each asked by itself; the figure is that of one.
void travel(Site& site, const std::string& name, const std::vector<Vantage>& vantages) {
  std::vector<std::vector<Status>> answers(vantages.size(),
                                           std::vector<Status>(site.portfolio().size()));
  const double seconds = median_seconds(site.runs(), [&] {
    for (std::size_t i = 0; i < vantages.size(); ++i)
      site.portfolio().statuses(vantages[i], SubjectNumber{0}, answers[i]);
  });
  const auto expected = site.expected_at(vantages);
  for (std::size_t i = 0; i < vantages.size(); ++i) require_same(answers[i], expected[i], name);
  Figure figure{.name = name,
                .unit = "ms",
                .better = Better::less,
                .ours = seconds / static_cast<double>(vantages.size()) * kMilli,
                .runs = site.runs()};
  if (site.with_sqlite()) {
    std::vector<std::vector<Status>> peers;
    figure.peer = seconds_of([&] { peers = site.peer().statuses({{vantages[0]}}); }) * kMilli;
    require_same(peers[0], answers[0], name + " by SQLite");
  }
  site.report(figure);
}

void travels(Site& site) {
  test::Random random(site.seed(), 3);
  std::vector<Vantage> valid, decision, system, two;
  for (std::size_t i = 0; i < kTravels; ++i) {
    Vantage vantage = random_vantage(random, site.log().head());
    vantage.known_by = Day{vantage.as_of.number + static_cast<std::int32_t>(random.below(600))};
    vantage.at = Position{1 + random.bits() % site.log().head().value};
    valid.push_back({.as_of = vantage.as_of});
    decision.push_back({.known_by = vantage.known_by});
    system.push_back({.at = vantage.at});
    two.push_back({.as_of = vantage.as_of, .known_by = vantage.known_by});
  }
  travel(site, "time travel, as of", valid);
  travel(site, "time travel, known by", decision);
  travel(site, "time travel, position", system);
  travel(site, "time travel, as of + known by", two);
}

void report_slice(Site& site, const std::string& name, const std::vector<Vantage>& vantages,
                  const std::function<std::vector<StatusCounts>()>& ask, double most_as_ofs = 0) {
  std::vector<StatusCounts> answers;
  const double seconds = median_seconds(site.runs(), [&] { answers = ask(); });

  // Where only the day differs, one sort serves all days: here, and in SQLite.
  std::vector<Day> days;
  for (const Vantage& vantage : vantages) days.push_back(vantage.as_of);
  const Vantage& first = vantages.front();
  const bool only_days = days.front() != days.back();
  const auto counted = [](const std::vector<std::vector<Status>>& all) {
    std::vector<StatusCounts> counts;
    for (const auto& each : all) counts.push_back(counts_of(each));
    return counts;
  };
  const auto require_answers = [&](const std::vector<StatusCounts>& counts, const char* whose) {
    require(counts.size() == answers.size(), name);
    for (std::size_t i = 0; i < answers.size(); ++i)
      require_same(answers[i], counts[i], name + whose);
  };
  require_answers(only_days ? site.expected_over(days, first.known_by, first.at)
                            : counted(site.expected_at(vantages)),
                  "");

  Figure figure{.name = name,
                .unit = "ms",
                .better = Better::less,
                .ours = seconds * kMilli,
                .runs = site.runs(),
                .note = fmt::format("{} points", vantages.size())};
  if (site.with_sqlite()) {
    std::vector<StatusCounts> peers;
    figure.peer = seconds_of([&] {
                    peers = only_days ? site.peer().counts_over(days, first.known_by, first.at)
                                      : counted(site.peer().statuses(vantages));
                  }) *
                  kMilli;
    require_answers(peers, " against SQLite");
  }
  site.report(figure);
  if (most_as_ofs == 0) return;

  const double one = median_seconds(site.runs(), [&] {
    require_same(site.portfolio().counts(vantages.back()), answers.back(), name);
  });
  Figure ratio{.name = "aggregation against one as-of",
               .unit = "x",
               .better = Better::less,
               .ours = seconds / one,
               .runs = site.runs()};
  site.report(ratio.at_most(most_as_ofs));
}

/// One axis stands still, another is followed from end to end by years.
void slices(Site& site) {
  const Portfolio& portfolio = site.portfolio();
  const Day middle = day_of(2012, 12);
  std::vector<Vantage> known, positions, as_of;
  std::vector<Day> days;
  for (int year = 2000; year <= 2025; ++year) {
    days.push_back(day_of(year, 12));
    known.push_back({.as_of = middle, .known_by = days.back()});
    as_of.push_back({.as_of = days.back(), .known_by = middle});
    positions.push_back(
        {.as_of = middle,
         .at = Position{site.log().head().value * static_cast<std::uint64_t>(year - 1999) / 26}});
  }
  const auto each = [&](const std::vector<Vantage>& vantages) {
    return [&portfolio, &vantages] {
      std::vector<StatusCounts> counts;
      for (const Vantage& vantage : vantages) counts.push_back(portfolio.counts(vantage));
      return counts;
    };
  };
  report_slice(site, "slice of one day, known by", known, each(known));
  report_slice(site, "slice of one day, position", positions, each(positions));
  report_slice(site, "slice of one known-by, as of", as_of,
               [&] { return portfolio.counts_over(days, middle, kNewest); });
}

void aggregation(Site& site) {
  std::vector<Vantage> vantages;
  std::vector<Day> days;
  for (int year = 2016; year <= 2025; ++year)
    for (unsigned month = 1; month <= 12; ++month) {
      days.push_back(day_of(year, month));
      vantages.push_back({.as_of = days.back()});
    }
  report_slice(
      site, "aggregation, 120 months", vantages,
      [&] { return site.portfolio().counts_over(days, kOpenFuture, kNewest); }, 5);
}

/// The vantages at which one subject's status can change, along one axis.
enum class Axis : std::uint8_t { as_of, known_by, position };

std::vector<Vantage> changes_along(Axis axis, Rows rows) {
  std::vector<std::int64_t> points;
  for (const Row& row : rows) {
    if (axis == Axis::as_of) points.push_back(row.latest.number);
    if (axis != Axis::position) points.push_back(row.known.number);
    if (axis == Axis::position) points.push_back(static_cast<std::int64_t>(row.position().value));
  }
  std::ranges::sort(points);
  const auto rest = std::ranges::unique(points);
  points.erase(rest.begin(), rest.end());
  std::vector<Vantage> result;
  for (const std::int64_t point : points) {
    Vantage vantage;
    if (axis == Axis::as_of) vantage.as_of = Day{static_cast<std::int32_t>(point)};
    if (axis == Axis::known_by) vantage.known_by = Day{static_cast<std::int32_t>(point)};
    if (axis == Axis::position) vantage.at = Position{static_cast<std::uint64_t>(point)};
    result.push_back(vantage);
  }
  return result;
}

std::vector<Status> history_in_sqlite(const Peer& peer, SubjectNumber subject, Axis axis,
                                      const std::vector<Vantage>& points) {
  const auto rows = peer.rows(subject);
  std::vector<Status> result(points.size());
  RowFold fold;
  if (axis == Axis::as_of) {
    std::vector<Day> days;
    for (const Vantage& point : points) days.push_back(point.as_of);
    fold.over(rows, days, kOpenFuture, kNewest, result);
  } else {
    for (std::size_t i = 0; i < points.size(); ++i) result[i] = fold.at(rows, points[i]);
  }
  return result;
}

/// One subject's whole history along an axis: its rows from the log, and its status at
/// every point where it can change.
void key_in_time(Site& site, const std::string& name, Axis axis) {
  constexpr std::size_t kSubjects = 500;
  const Portfolio& portfolio = site.portfolio();
  test::Random random(site.seed(), 4);
  std::vector<SubjectNumber> subjects;
  while (subjects.size() < std::min(kSubjects, portfolio.size()))
    subjects.emplace_back(random.below(static_cast<std::uint32_t>(portfolio.size())));

  std::vector<std::vector<Vantage>> points(subjects.size());
  std::vector<std::vector<Status>> answers(subjects.size());
  const double seconds = median_seconds(site.runs(), [&] {
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      points[i] = changes_along(axis, must(site.log().rows(subjects[i]), "reading rows"));
      answers[i].clear();
      for (const Vantage& point : points[i])
        answers[i].push_back(portfolio.status(subjects[i], point));
    }
  });
  RowFold fold;
  std::size_t changes = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const auto rows = must(site.log().rows(subjects[i]), "reading rows");
    changes += points[i].size();
    for (std::size_t p = 0; p < points[i].size(); ++p)
      require(answers[i][p] == fold.at(rows, points[i][p]), name);
  }
  const auto count = static_cast<double>(subjects.size());
  Figure figure{
      .name = name,
      .unit = "us",
      .better = Better::less,
      .ours = seconds / count * kMicro,
      .runs = site.runs(),
      .note = fmt::format("{:.0f} points a subject", static_cast<double>(changes) / count)};
  if (site.with_sqlite()) {
    std::vector<std::vector<Status>> peers(subjects.size());
    figure.peer = seconds_of([&] {
                    for (std::size_t i = 0; i < subjects.size(); ++i)
                      peers[i] = history_in_sqlite(site.peer(), subjects[i], axis, points[i]);
                  }) /
                  count * kMicro;
    require(peers == answers, name + " by SQLite");
  }
  site.report(figure);
}

/// Which subjects have another status at one vantage than at another.
void difference(Site& site, const std::string& name, const Vantage& from, const Vantage& to) {
  const auto changed = [](const std::vector<Status>& a, const std::vector<Status>& b) {
    std::vector<std::uint32_t> subjects;
    for (std::uint32_t i = 0; i < a.size(); ++i)
      if (a[i] != b[i]) subjects.push_back(i);
    return subjects;
  };
  std::vector<std::uint32_t> answer;
  const double seconds = median_seconds(site.runs(), [&] {
    answer = changed(statuses(site.portfolio(), from), statuses(site.portfolio(), to));
  });
  const auto expected = site.expected_at({from, to});
  require(answer == changed(expected[0], expected[1]), name);
  if (site.events() >= 10'000) require(!answer.empty(), name + " finds nothing");  // that is fast
  Figure figure{.name = name,
                .unit = "ms",
                .better = Better::less,
                .ours = seconds * kMilli,
                .runs = site.runs(),
                .note = fmt::format("{} subjects", answer.size())};
  if (site.with_sqlite()) {
    std::vector<std::uint32_t> peers;
    figure.peer = seconds_of([&] {
                    const auto both = site.peer().statuses({{from, to}});
                    peers = changed(both[0], both[1]);
                  }) *
                  kMilli;
    require(peers == answer, name + " by SQLite");
  }
  site.report(figure);
}

}  // namespace

void measure_temporal(Site& site) {
  travels(site);
  slices(site);
  key_in_time(site, "key in time, as of", Axis::as_of);
  key_in_time(site, "key in time, known by", Axis::known_by);
  key_in_time(site, "key in time, position", Axis::position);
  difference(site, "range timeslice, a year", {.as_of = day_of(2011, 12)},
             {.as_of = day_of(2012, 12)});
  aggregation(site);
  difference(site, "bitemporal difference", {.as_of = day_of(2010, 6), .known_by = day_of(2010, 6)},
             {.as_of = day_of(2015, 3), .known_by = day_of(2018, 3)});
}

}  // namespace solnoma::bench

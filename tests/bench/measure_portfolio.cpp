#include <fmt/format.h>

#include "projections/status.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"

namespace solnoma::bench {
namespace {

constexpr double kMilli = 1e3;
constexpr double kMicro = 1e6;

struct Question {
  SubjectNumber subject;
  Vantage vantage;
};

std::vector<Question> questions(Site& site, std::size_t count) {
  test::Random random(site.seed(), 2);
  std::vector<Question> result;
  const auto subjects = static_cast<std::uint32_t>(site.portfolio().size());
  for (std::size_t i = 0; i < count; ++i)
    result.push_back(
        {SubjectNumber{random.below(subjects)}, random_vantage(random, site.log().head())});
  return result;
}

void measure_all(Site& site) {
  const Portfolio& portfolio = site.portfolio();
  const auto& vantages = site.vantages();
  std::vector<std::vector<Status>> answers(vantages.size(), std::vector<Status>(portfolio.size()));
  const double seconds = median_seconds(site.runs(), [&] {
    for (std::size_t i = 0; i < vantages.size(); ++i)
      portfolio.statuses(vantages[i], SubjectNumber{0}, answers[i]);
  });
  for (std::size_t i = 0; i < vantages.size(); ++i) {
    require_same(answers[i], site.expected()[i], fmt::format("all statuses at vantage {}", i));
    require_same(portfolio.counts(vantages[i]), counts_of(answers[i]), "counts");
  }
  Figure all{.name = "status of all",
             .unit = "ms",
             .better = Better::less,
             .ours = seconds / static_cast<double>(vantages.size()) * kMilli,
             .runs = site.runs()};
  if (site.with_sqlite()) {
    // Each vantage by itself, as it is asked; the last is one of the random ones.
    std::vector<std::vector<Status>> peers;
    all.peer =
        median_seconds(site.runs(), [&] { peers = site.peer().statuses({{vantages.back()}}); }) *
        kMilli;
    require_same(peers[0], answers.back(), "all statuses by SQLite");
  }
  site.report(all.at_most(25));
}

void measure_possible(Site& site) {
  const Portfolio& portfolio = site.portfolio();
  const auto& vantages = site.vantages();
  std::vector<std::vector<StatusSet>> answers(vantages.size(),
                                              std::vector<StatusSet>(portfolio.size()));
  const double seconds = median_seconds(site.runs(), [&] {
    for (std::size_t i = 0; i < vantages.size(); ++i)
      for (std::uint32_t subject = 0; subject < portfolio.size(); ++subject)
        answers[i][subject] = portfolio.possible(SubjectNumber{subject}, vantages[i]).statuses;
  });
  // Against status(), with all its reasons, of as many subjects as that takes a moment for.
  const auto most = static_cast<std::uint32_t>(std::min<std::size_t>(portfolio.size(), 10'000));
  must(site.log().all_rows(
           [&](SubjectNumber subject, Rows rows) {
             for (std::size_t i = 0; i < vantages.size(); ++i) {
               const auto at =
                   solnoma::status(steps(rows, effective(rows, vantages[i])), vantages[i].as_of);
               require(answers[i][subject.value] == at.possible,
                       fmt::format("possible statuses of subject number {}", subject.value));
             }
             return true;
           },
           {SubjectNumber{0}, SubjectNumber{most - 1}}),
       "reading the rows");
  site.report({.name = "possible statuses of all",
               .unit = "ms",
               .better = Better::less,
               .ours = seconds / static_cast<double>(vantages.size()) * kMilli,
               .runs = site.runs()});
}

void measure_one(Site& site) {
  const Portfolio& portfolio = site.portfolio();
  const auto asked = questions(site, std::min<std::uint64_t>(site.events(), 100'000));
  std::vector<Status> answers(asked.size());
  const double seconds = median_seconds(site.runs(), [&] {
    for (std::size_t i = 0; i < asked.size(); ++i)
      answers[i] = portfolio.status(asked[i].subject, asked[i].vantage);
  });
  const std::size_t few = std::min<std::size_t>(asked.size(), 2'000);
  for (std::size_t i = 0; i < few; ++i) {
    const auto rows = must(site.log().rows(asked[i].subject), "reading rows");
    const auto at =
        solnoma::status(steps(rows, effective(rows, asked[i].vantage)), asked[i].vantage.as_of);
    require(answers[i] == at.status, fmt::format("one status, question {}", i));
  }
  Figure one{.name = "status of one",
             .unit = "us",
             .better = Better::less,
             .ours = seconds / static_cast<double>(asked.size()) * kMicro,
             .runs = site.runs()};
  if (site.with_sqlite()) {
    std::vector<Status> peers(few);
    one.peer = median_seconds(site.runs(),
                              [&] {
                                for (std::size_t i = 0; i < few; ++i)
                                  peers[i] = site.peer().status(asked[i].subject, asked[i].vantage);
                              }) /
               static_cast<double>(few) * kMicro;
    require(std::equal(peers.begin(), peers.end(), answers.begin()), "one status by SQLite");
  }
  site.report(one.at_most(1.5));
}

}  // namespace

void measure_portfolio(Site& site) {
  measure_all(site);
  measure_possible(site);
  measure_one(site);
}

}  // namespace solnoma::bench

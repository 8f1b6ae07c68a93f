#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>

#include "events/subject.hpp"
#include "projections/event_changes.hpp"
#include "projections/timeline.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"

namespace solnoma::bench {
namespace {

constexpr Day kBefore{17897};  // 2019-01-01
constexpr Day kAfter{18262};   // 2020-01-01

/// What the answers must hold, from the rows.
struct Expected {
  StatusCounts statuses{};    ///< of subjects that have one and can be seen
  std::size_t subjects = 0;   ///< of these
  std::size_t marks = 0;      ///< of all timelines
  std::size_t news = 0;       ///< pieces, between what was known on two days
  std::size_t told = 0;       ///< subjects of which an event became known between them
  std::size_t told_news = 0;  ///< these events
};

Expected expected_of(const Log& log, const Vantage& vantage) {
  Expected expected;
  const Vantage before{kOpenFuture, kBefore, vantage.at};
  const Vantage after{kOpenFuture, kAfter, vantage.at};
  must(log.all_rows([&](SubjectNumber subject, Rows rows) {
    const Effective effective = solnoma::effective(rows, vantage);
    expected.marks += timeline(rows, effective, vantage).size();
    const auto then = solnoma::effective(rows, before);
    const auto now = solnoma::effective(rows, after);
    expected.news += event_changes(rows, {before.as_of, then}, {after.as_of, now}).size();
    const auto told = std::ranges::count_if(rows, [&](const Row& row) {
      return row.known > before.known_by && row.known <= after.known_by;
    });
    expected.told_news += static_cast<std::size_t>(told);
    expected.told += told > 0 ? 1 : 0;
    const bool visible =
        std::ranges::any_of(rows, [&](const Row& row) { return row.known <= vantage.known_by; });
    if (!visible || !has_status(must(log.subject_name(subject), "naming a subject"))) return true;
    ++expected.subjects;
    const StatusAt at = status(steps(rows, effective), vantage.as_of);
    ++expected.statuses[static_cast<std::size_t>(at.status)];
    return true;
  }),
       "reading all rows");
  return expected;
}

std::size_t lines_that_begin(std::string_view text, std::string_view with) {
  return (text.starts_with(with) ? 1 : 0) + occurrences(text, "\n" + std::string(with));
}

/// Of lines as "park/x  status  …", how many have each status.
StatusCounts statuses_of_board(const std::string& text) {
  StatusCounts counts{};
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string subject, status;
    words >> subject >> status;
    if (subject.find('/') == std::string::npos) continue;
    if (status.ends_with(',')) status.pop_back();  // what it possibly is follows
    for (std::size_t i = 0; i < kStatuses; ++i)
      if (status == name(static_cast<Status>(i))) ++counts[i];
  }
  return counts;
}

/// Of lines as "park/x,…,status,certain,…", of which a subject has one for each of its figures.
StatusCounts statuses_of_csv(const std::string& text) {
  StatusCounts counts{};
  std::string before;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string subject = line.substr(0, line.find(','));
    if (subject == before) continue;
    before = subject;
    for (std::size_t i = 0; i < kStatuses; ++i)
      for (const char* certain : {"yes", "no"})
        if (line.find(fmt::format(",{},{},", name(static_cast<Status>(i)), certain)) !=
            std::string::npos)
          ++counts[i];
  }
  return counts;
}

void require_statuses(const Expected& expected, const char* what,
                      const std::function<std::size_t(Status)>& count) {
  for (std::size_t i = 0; i < kStatuses; ++i) {
    const auto each = static_cast<Status>(i);
    require(
        count(each) == expected.statuses[i],
        fmt::format("{}: {} are {}, not {}", what, count(each), name(each), expected.statuses[i]));
  }
}

/// What a user waits for, and may expect of it on two cores with 300,000 events.
struct Command {
  const char* name;
  std::vector<std::string> arguments;
  double most_seconds;
  double most_memory;
  std::function<void(const std::string& out)> check;
};

/// Between the sizes at which one is told, the time that is allowed grows with the events.
constexpr double kToldAt = 300'000;

void measure(Site& site, const Command& command) {
  std::vector<std::string> words = command.arguments;
  words.insert(words.begin(), {site.options().program, "--store", site.store()});
  Measured last;
  std::vector<double> seconds;
  const Stopwatch all;
  for (int run = -1; run < site.runs(); ++run) {  // once to warm up
    last = run_program(site.options(), words);
    if (run >= 0) seconds.push_back(last.spent.seconds);
    if (!seconds.empty() && all.seconds() > kLongSeconds) break;
  }
  command.check(last.out);
  constexpr double kMebibyte = 1 << 20;
  Figure figure{.name = fmt::format("solnoma {}", command.name),
                .unit = "s",
                .better = Better::less,
                .ours = median(seconds),
                .memory = static_cast<double>(last.spent.peak) / kMebibyte,
                .runs = site.runs(),
                .note = "whole process"};
  const auto n = static_cast<double>(site.events());
  if (site.events() >= kJudgedFrom)
    figure.at_most(command.most_seconds * n / kToldAt).at_most_memory(command.most_memory);
  site.report(figure);
}

/// Beside them, where it is installed.
void measure_duckdb(Site& site, const Expected& expected) {
  const std::string file = site.store() + "-duckdb.jsonl";
  {
    std::ofstream out(file, std::ios::binary);
    out << run_child({site.options().program, "--store", site.store(), "export"}).out;
  }
  const std::string command = fmt::format("node '{}' '{}' {} {}", site.options().duckdb, file,
                                          to_string(kBefore), to_string(kAfter));
  std::FILE* const pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  require(pipe != nullptr, "starting node");
  std::string out(4096, '\0');
  out.resize(std::fread(out.data(), 1, out.size(), pipe));
  const int status = ::pclose(pipe);
  std::filesystem::remove(file);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return;
  std::istringstream words(out);
  double read = 0, write = 0, diff = 0;
  std::size_t subjects = 0, events = 0;
  words >> read >> write >> diff >> subjects >> events;
  require(words && subjects == expected.told && events == expected.told_news,
          "DuckDB's difference of what was known");
  const auto report = [&](const char* what, double seconds) {
    site.report({.name = fmt::format("DuckDB: {}", what),
                 .unit = "s",
                 .better = Better::less,
                 .ours = seconds,
                 .note = "one run, two threads, in memory"});
  };
  report("read_json into a table", read);
  report("copy a table to JSON", write);
  report("the diff by SQL", diff);
}

}  // namespace

void measure_commands(Site& site) {
  const Vantage& vantage = site.vantages()[1];
  const std::string as_of = to_string(vantage.as_of);
  const Expected expected = expected_of(site.log(), vantage);
  const auto board = [&](const std::string& out) {
    const StatusCounts counts = statuses_of_board(out);
    require_statuses(expected, "the board",
                     [&](Status each) { return counts[static_cast<std::size_t>(each)]; });
  };
  const auto in_json = [&](const std::string& out) {
    require_statuses(expected, "the status as JSON", [&](Status each) {
      return occurrences(out, fmt::format(R"("status":"{}","certain")", name(each)));
    });
  };
  const auto in_csv = [&](const std::string& out) {
    const StatusCounts counts = statuses_of_csv(out);
    require_statuses(expected, "the report as CSV",
                     [&](Status each) { return counts[static_cast<std::size_t>(each)]; });
  };
  const std::vector<std::string> at{"--as-of", as_of};
  const auto ask = [&](std::vector<std::string> words) {
    words.insert(words.end(), at.begin(), at.end());
    return words;
  };
  const std::vector<std::string> difference{"diff",
                                            "--from",
                                            "known-by=" + to_string(kBefore),
                                            "--to",
                                            "known-by=" + to_string(kAfter),
                                            "--as-of",
                                            "9999-12-31"};
  const Command commands[] = {
      {"status", ask({"status"}), 0.5, 64, board},
      {"status, json", ask({"status", "--format", "json"}), 0.5, 64, in_json},
      {"timeline", ask({"timeline"}), 0.7, 128,
       [&](const std::string& out) {
         require(lines_that_begin(out, "  ") == expected.marks, "the marks of all timelines");
       }},
      {"report", ask({"report"}), 1, 128,
       [&](const std::string& out) {
         require(lines_that_begin(out, "  Status: ") == expected.subjects,
                 "the subjects of the report");
       }},
      {"report, csv", ask({"report", "--format", "csv"}), 1, 128, in_csv},
      {"report, json", ask({"report", "--format", "json"}), 2, 128,
       [&](const std::string& out) {
         require(occurrences(out, R"("hasStatus":true)") == expected.subjects,
                 "the subjects of the report as JSON");
       }},
      {"report, html", ask({"report", "--format", "html"}), 1, 128,
       [&](const std::string& out) {
         require(out.starts_with("<!DOCTYPE html>") && out.ends_with("</html>\n"), "the page");
       }},
      {"log",
       {"log"},
       0.5,
       128,
       [&](const std::string& out) {
         require(occurrences(out, "\n") == site.events(), "the lines of the log");
       }},
      {"diff", difference, 0.5, 128,
       [](const std::string& out) {
         require(out.find("\n→ ") != std::string::npos, "the difference");
       }},
      {"diff, json",
       [&] {
         auto words = difference;
         words.insert(words.end(), {"--format", "json"});
         return words;
       }(),
       0.5, 128,
       [&](const std::string& out) {
         require(occurrences(out, R"("change":")") == expected.news, "the news of all subjects");
       }}};
  for (const Command& command : commands) measure(site, command);
  measure_duckdb(site, expected);
}

}  // namespace solnoma::bench

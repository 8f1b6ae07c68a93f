#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "events/chronicle.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/corrections.hpp"
#include "tests/support/random.hpp"
#include "tools/serve/change_feed.hpp"

namespace solnoma::test {

using TextLines = std::vector<std::string>;

inline TextLines split_lines(const std::string& text) {
  TextLines lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// A store in memory whose clock a test moves.
class Chronicle {
 public:
  Chronicle() {
    REQUIRE(Journal::create(disk_, "/store"));
    journal_ = open_journal(disk_, "/store", clock_).value();
  }

  /// As whoever asks may see it.
  [[nodiscard]] Log& log() { return seen_ ? *seen_ : journal_->log(); }
  [[nodiscard]] const Context& world() const { return world_; }
  void show_only(Log::Sight sight) { seen_ = journal_->log().seen_by(std::move(sight)); }
  [[nodiscard]] Day today() { return day_of(clock_.now()); }
  void sleep(std::int32_t days) { clock_.advance(std::chrono::days(days)); }
  bool record(const Event& each) { return append(*journal_, {&each, 1}).has_value(); }

  [[nodiscard]] HttpAnswer ask(NamedValues query, NamedValues headers = {}) {
    HttpRequest request;
    request.method = "GET";
    request.path = {"v1", "changes"};
    request.query = std::move(query);
    request.headers = std::move(headers);
    return feed_changes(request, world_, Viewer{log(), ""});
  }
  [[nodiscard]] HttpAnswer stream(const std::string& after) {
    return ask({{"after", after}}, {{"accept", "text/event-stream"}});
  }

  /// All pages from a cursor on, and the last cursor.
  [[nodiscard]] TextLines all_after(std::string& cursor, NamedValues query = {}) {
    TextLines all;
    for (bool more = true; more;) {
      NamedValues asked = query;
      asked.emplace_back("after", cursor);
      const HttpAnswer answer = ask(asked);
      REQUIRE_MESSAGE(answer.status == 200, *answer.body);
      for (std::string& line : split_lines(*answer.body)) all.push_back(std::move(line));
      more = false;
      for (const auto& [name, value] : answer.headers) {
        if (name == "Solnoma-Next") cursor = value;
        if (name == "Link") more = true;
      }
    }
    return all;
  }

 private:
  ManualClock clock_;
  Disk disk_ = Disk::memory();
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<Log> seen_;
  Context world_{disk_, clock_, Output(nullptr), false, "/store"};
};

/// One event more, of one of three parks, about days near today: vague, planned, corrected,
/// retracted, known later than it is recorded.
inline Event drawn(Random& random, std::int32_t today, int number) {
  constexpr const char* kTypes[] = {"announced", "agreement-signed", "construction-started",
                                    "opened",    "suspended",        "closed"};
  const auto near = [&](std::int32_t before, std::int32_t after) {
    return to_string(Day{today + random.between(-before, after)});
  };
  Event e = event(fmt::format("e{}", number), kTypes[random.below(std::size(kTypes))], "",
                  to_string(Day{today}), fmt::format("park/p{}", random.below(3)));
  if (random.one_in(5)) e.known = Day{today + random.between(-3, 6)};
  if (random.percent(45)) e.modality = Modality::planned;
  const bool planned = e.modality == Modality::planned;
  switch (random.below(4)) {
    case 0:
      e.occurred = near(planned ? 2 : 9, planned ? 12 : 0).substr(0, 7);
      break;
    case 1: {
      const std::int32_t first = today + random.between(-9, planned ? 9 : -4);
      e.occurred = to_string(Day{first}) + "/" + to_string(Day{first + random.between(1, 4)});
      break;
    }
    case 2:
      e.occurred = near(planned ? 2 : 9, planned ? 12 : 0);
      break;
    default:
      if (random.one_in(2)) e.occurred = near(3, 0);
  }
  correct_some(random, e, number);
  return e;
}

/// Records as days go by; how many there are then.
inline int record_some(Chronicle& chronicle, Random& random, int steps, int recorded = 0) {
  for (int step = 0; step < steps; ++step) {
    if (random.one_in(3)) chronicle.sleep(2);
    recorded +=
        static_cast<int>(chronicle.record(drawn(random, chronicle.today().number, recorded + 1)));
  }
  return recorded;
}

}  // namespace solnoma::test

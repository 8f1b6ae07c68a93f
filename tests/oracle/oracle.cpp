#include "tests/oracle/oracle.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "events/event_type.hpp"
#include "tests/oracle/oracle_words.hpp"

namespace solnoma::oracle {
namespace {

/// What an event does, from the table of DESIGN section 3.
enum class Deed : std::uint8_t { nothing, progress, suspend, resume, cancel, retire, reinstate };

struct Meaning {
  Deed deed = Deed::nothing;
  int stage = 0;  // of progress: 1 announced … 5 operating
};

Meaning meaning_of(std::string_view type) {
  static const std::map<std::string_view, Meaning> table = {
      {"announced", {Deed::progress, 1}},
      {"agreement-signed", {Deed::progress, 2}},
      {"construction-started", {Deed::progress, 3}},
      {"building-completed", {Deed::progress, 3}},
      {"utilities-connected", {Deed::progress, 3}},
      {"landscaped", {Deed::progress, 3}},
      {"construction-completed", {Deed::progress, 4}},
      {"production-started", {Deed::progress, 5}},
      {"opened", {Deed::progress, 5}},
      {"suspended", {Deed::suspend}},
      {"resumed", {Deed::resume}},
      {"cancelled", {Deed::cancel}},
      {"retired", {Deed::retire}},
      {"reinstated", {Deed::reinstate}},
      {"residents-reported", {Deed::progress, 1}},
      {"investment-reported", {Deed::progress, 1}},
      {"operator-engaged", {Deed::progress, 1}},
      {"meeting-held", {Deed::progress, 1}},
      {"visited", {Deed::progress, 1}},
  };
  const auto found = table.find(type);
  return found == table.end() ? Meaning{} : found->second;
}

Meaning meaning_of(const Row& row) {
  if (!is_planned(row.kind())) return meaning_of(type_of(row));
  return states_a_plan(row) ? Meaning{Deed::progress, 1} : Meaning{};
}

/// Whether `row` is an earlier telling of what `event` speaks of: of a correction, what it
/// replaces; of a retraction, what it had withdrawn, and what that one speaks of.
bool told_by(Rows rows, std::size_t event, std::size_t row) {
  if (!is_retraction(rows[event])) return replaces(rows, event, row);
  if (rows[event].supersedes == 0) return false;
  const std::size_t withdrawn = rows[event].supersedes - std::size_t{1};
  return row == withdrawn || told_by(rows, withdrawn, row);
}

/// A row that bears on the status, and the days on which it may have happened. All days
/// after V are one: "not yet", written as V + 1.
struct Actor {
  Meaning meaning;
  std::uint64_t position = 0;
  std::vector<std::int64_t> days;
};

std::int64_t number(Day day) {
  return day.number;
}

/// Days before every named one are only told apart by the order of the events on them,
/// and the events that reach there are those with an open past. k of them can happen in
/// any order on k different days (and a tie is but one of those orders, that of
/// position), so k days before every named day, and before V, stand for the whole past.
std::vector<Actor> actors(Rows rows, const Vantage& vantage) {
  std::vector<const Row*> bearing;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (meaning_of(rows[i]).deed != Deed::nothing && effective(rows, i, vantage))
      bearing.push_back(&rows[i]);

  const std::int64_t as_of = number(vantage.as_of);
  std::int64_t first_named = as_of + 1;
  std::int64_t open = 0;
  for (const Row* row : bearing) {
    if (is_planned(row->kind())) {
      first_named = std::min(first_named, number(row->known));
      continue;
    }
    first_named = std::min(first_named, number(row->latest));
    if (row->earliest == kOpenPast)
      ++open;
    else
      first_named = std::min(first_named, number(row->earliest));
  }

  std::vector<Actor> result;
  for (const Row* row : bearing) {
    const bool plan = is_planned(row->kind());
    const std::int64_t from = plan                         ? number(row->known)
                              : row->earliest == kOpenPast ? first_named - open
                                                           : number(row->earliest);
    const std::int64_t to = plan ? from : number(row->latest);
    Actor actor{meaning_of(*row), row->position().value, {}};
    for (std::int64_t day = from; day <= std::min(to, as_of); ++day) actor.days.push_back(day);
    if (to > as_of) actor.days.push_back(as_of + 1);
    result.push_back(std::move(actor));
  }
  return result;
}

/// One event on its day in one world.
struct Happening {
  std::int64_t day;
  std::uint64_t position;
  Meaning meaning;
};

/// Section 2, word by word.
Status fold(const std::vector<Happening>& happenings) {
  int stage = 0;
  bool suspended = false;
  bool cancelled = false;
  bool retired = false;
  for (const Happening& now : happenings) {
    const bool ended = cancelled || retired;
    switch (now.meaning.deed) {
      case Deed::nothing:
        break;
      case Deed::progress:
        if (!ended && now.meaning.stage > stage) {
          stage = now.meaning.stage;
          suspended = false;
        }
        break;
      case Deed::suspend:
        if (!ended) suspended = true;
        break;
      case Deed::resume:
        suspended = false;
        break;
      case Deed::cancel:
        if (!ended) cancelled = true;
        break;
      case Deed::retire:
        if (!ended) retired = true;
        break;
      case Deed::reinstate:
        if (ended) cancelled = retired = suspended = false;
        break;
    }
  }
  if (cancelled) return Status::cancelled;
  if (retired) return Status::retired;
  if (suspended) return Status::suspended;
  return static_cast<Status>(stage);
}

/// The status of the world in which each actor happens on its `choice`th day.
Status of_world(const std::vector<Actor>& cast, const std::vector<std::size_t>& choice, Day as_of,
                std::vector<Happening>& scratch) {
  scratch.clear();
  for (std::size_t i = 0; i < cast.size(); ++i) {
    const std::int64_t day = cast[i].days[choice[i]];
    if (day <= number(as_of)) scratch.push_back({day, cast[i].position, cast[i].meaning});
  }
  std::ranges::sort(scratch, [](const Happening& a, const Happening& b) {
    return a.day != b.day ? a.day < b.day : a.position < b.position;
  });
  return fold(scratch);
}

std::size_t count(const std::vector<Actor>& cast) {
  std::size_t product = 1;
  for (const Actor& actor : cast) product *= actor.days.size();
  return product;
}

}  // namespace

bool visible(Rows rows, std::size_t row, const Vantage& vantage) {
  return rows[row].known <= vantage.known_by && rows[row].position() <= vantage.at;
}

bool withdraws(Rows rows, std::size_t by, std::size_t row) {
  return is_retraction(rows[by]) && rows[by].supersedes == row + 1;
}

bool replaces(Rows rows, std::size_t by, std::size_t row) {
  if (is_retraction(rows[by]) || rows[by].supersedes == 0) return false;  // no correction
  const std::size_t old = rows[by].supersedes - std::size_t{1};
  return row == old || told_by(rows, old, row);
}

bool holds(Rows rows, std::size_t row, const Vantage& vantage) {
  if (!visible(rows, row, vantage)) return false;
  for (std::size_t other = 0; other < rows.size(); ++other) {
    if (withdraws(rows, other, row) && holds(rows, other, vantage)) return false;
    if (is_retraction(rows[row]) && replaces(rows, other, row) && holds(rows, other, vantage))
      return false;
  }
  return true;
}

bool effective(Rows rows, std::size_t row, const Vantage& vantage) {
  if (!holds(rows, row, vantage) || is_retraction(rows[row])) return false;
  for (std::size_t other = 0; other < rows.size(); ++other)
    if (replaces(rows, other, row) && holds(rows, other, vantage)) return false;
  return true;
}

Revision superseded_by(Rows rows, std::size_t row, const Vantage& vantage) {
  std::size_t replacing = 0;
  std::size_t withdrawing = 0;
  for (std::size_t other = 0; other < rows.size(); ++other) {
    if (replaces(rows, other, row) && holds(rows, other, vantage)) replacing = other + 1;
    if (withdraws(rows, other, row) && holds(rows, other, vantage)) withdrawing = other + 1;
  }
  return Revision{static_cast<std::uint32_t>(replacing != 0 ? replacing : withdrawing)};
}

Effective standing(Rows rows, const Vantage& vantage) {
  Effective result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    result.superseded_by.push_back(superseded_by(rows, i, vantage));
    result.standing.push_back(!visible(rows, i, vantage)    ? Standing::unseen
                              : effective(rows, i, vantage) ? Standing::effective
                              : holds(rows, i, vantage) && is_retraction(rows[i])
                                  ? Standing::retraction
                                  : Standing::superseded);
  }
  return result;
}

bool bears_on_status(const Row& row) {
  return meaning_of(row).deed != Deed::nothing;
}

bool states_a_plan(const Row& row) {
  return is_planned(row.kind()) && type_of(row) != "described" && type_of(row) != "retracted";
}

std::size_t worlds(Rows rows, const Vantage& vantage) {
  return count(actors(rows, vantage));
}

Status conservative_status(Rows rows, const Vantage& vantage) {
  const std::vector<Actor> cast = actors(rows, vantage);
  std::vector<Happening> scratch;
  std::vector<std::size_t> last;
  for (const Actor& actor : cast) last.push_back(actor.days.size() - 1);
  return of_world(cast, last, vantage.as_of, scratch);
}

Answer status(Rows rows, const Vantage& vantage) {
  const std::vector<Actor> cast = actors(rows, vantage);
  std::vector<Happening> scratch;
  std::vector<std::size_t> choice;
  for (const Actor& actor : cast) choice.push_back(actor.days.size() - 1);

  Answer answer;
  answer.status = of_world(cast, choice, vantage.as_of, scratch);
  for (answer.worlds = 1;; ++answer.worlds) {  // counts down like an odometer
    answer.possible.set(static_cast<std::size_t>(of_world(cast, choice, vantage.as_of, scratch)));
    std::size_t wheel = 0;
    while (wheel < choice.size() && choice[wheel] == 0) {
      choice[wheel] = cast[wheel].days.size() - 1;
      ++wheel;
    }
    if (wheel == choice.size()) return answer;
    --choice[wheel];
  }
}

StatusSet sample(Rows rows, const Vantage& vantage, test::Random& random, std::size_t times) {
  const std::vector<Actor> cast = actors(rows, vantage);
  std::vector<std::size_t> choice(cast.size());
  std::vector<Happening> scratch;
  StatusSet statuses;
  for (std::size_t n = 0; n < times; ++n) {
    for (std::size_t i = 0; i < cast.size(); ++i) choice[i] = random() % cast[i].days.size();
    statuses.set(static_cast<std::size_t>(of_world(cast, choice, vantage.as_of, scratch)));
  }
  return statuses;
}

}  // namespace solnoma::oracle

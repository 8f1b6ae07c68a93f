#include "tests/bench/naive.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

namespace solnoma::bench {
namespace {

std::int32_t number(std::chrono::sys_days day) {
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

/// The last day of a date as the workload writes it.
std::int32_t last_day(const std::string& date) {
  using namespace std::chrono;
  const year y{std::stoi(date.substr(0, 4))};
  if (date.size() == 4) return number(y / December / 31);
  const month m{static_cast<unsigned>(std::stoul(date.substr(5, 2)))};
  if (date.size() == 7) return number(y / m / last);
  const day d{static_cast<unsigned>(std::stoul(date.substr(8, 2)))};
  return number(y / m / d);
}

/// What the types that lift a park lift it to at least.
int stage_of(const std::string& type) {
  static const std::map<std::string, int> stages = {{"announced", 1},
                                                    {"agreement-signed", 2},
                                                    {"construction-started", 3},
                                                    {"building-completed", 3},
                                                    {"utilities-connected", 3},
                                                    {"landscaped", 3},
                                                    {"construction-completed", 4},
                                                    {"production-started", 5},
                                                    {"opened", 5},
                                                    {"residents-reported", 1},
                                                    {"investment-reported", 1},
                                                    {"operator-engaged", 1},
                                                    {"meeting-held", 1},
                                                    {"visited", 1}};
  const auto found = stages.find(type);
  return found == stages.end() ? 0 : found->second;
}

}  // namespace

void Naive::add(const Event& event) {
  const auto number = numbers_.try_emplace(event.subject, subjects_.size()).first->second;
  if (number == subjects_.size()) subjects_.emplace_back();
  Subject& subject = subjects_[number];

  Fact fact;
  fact.type = event.type;
  fact.planned = event.modality == Modality::planned;
  fact.known = event.known.number;
  // Nothing can have happened after it was reported.
  fact.latest =
      event.occurred.empty() ? fact.known : std::min(last_day(event.occurred), fact.known);
  fact.position = ++head_;
  if (!event.supersedes.empty()) fact.supersedes = subject.by_id.at(event.supersedes) + 1;
  subject.by_id.emplace(event.id, subject.facts.size());
  subject.facts.push_back(std::move(fact));
}

/// Whether `by` is a correction and `fact` stands before it in its chain.
bool Naive::replaces(const Subject& subject, std::size_t by, std::size_t fact) {
  const auto& facts = subject.facts;
  if (facts[by].type == "retracted") return false;
  for (std::size_t at = facts[by].supersedes; at != 0; at = facts[at - 1].supersedes)
    if (at == fact + 1) return true;
  return false;
}

bool Naive::holds(const Subject& subject, std::size_t fact, const Vantage& vantage) {
  const Fact& f = subject.facts[fact];
  if (f.known > vantage.known_by.number || f.position > vantage.at.value) return false;
  for (std::size_t other = fact + 1; other < subject.facts.size(); ++other) {
    const Fact& o = subject.facts[other];
    if (o.supersedes == 0) continue;
    const bool undoes = o.type == "retracted"
                            ? o.supersedes == fact + 1
                            : f.type == "retracted" && replaces(subject, other, fact);
    if (undoes && holds(subject, other, vantage)) return false;
  }
  return true;
}

bool Naive::effective(const Subject& subject, std::size_t fact, const Vantage& vantage) {
  if (subject.facts[fact].type == "retracted" || !holds(subject, fact, vantage)) return false;
  for (std::size_t other = fact + 1; other < subject.facts.size(); ++other)
    if (replaces(subject, other, fact) && holds(subject, other, vantage)) return false;
  return true;
}

Status Naive::status(const Subject& subject, const Vantage& vantage) {
  std::vector<std::tuple<std::int32_t, std::uint64_t, const Fact*>> happened;
  for (std::size_t i = 0; i < subject.facts.size(); ++i) {
    const Fact& fact = subject.facts[i];
    // A plan tells of the park on the day on which it became known.
    const std::int32_t day = fact.planned ? fact.known : fact.latest;
    if (day <= vantage.as_of.number && effective(subject, i, vantage))
      happened.emplace_back(day, fact.position, &fact);
  }
  std::ranges::sort(happened);

  int stage = 0;
  bool suspended = false;
  Status ended = Status::unrecorded;  // else cancelled or retired
  for (const auto& [day, position, fact] : happened) {
    const std::string& type = fact->type;
    const int raised = fact->planned ? 1 : stage_of(type);
    if (ended != Status::unrecorded) {
      if (type == "reinstated" && !fact->planned) ended = Status::unrecorded, suspended = false;
    } else if (raised > stage) {
      stage = raised;
      suspended = false;
    } else if (fact->planned) {
      continue;
    } else if (type == "suspended") {
      suspended = true;
    } else if (type == "resumed") {
      suspended = false;
    } else if (type == "cancelled") {
      ended = Status::cancelled;
    } else if (type == "retired") {
      ended = Status::retired;
    }
  }
  if (ended != Status::unrecorded) return ended;
  return suspended ? Status::suspended : static_cast<Status>(stage);
}

std::vector<Status> Naive::statuses(const Vantage& vantage) const {
  std::vector<Status> result;
  for (const Subject& subject : subjects_) result.push_back(status(subject, vantage));
  return result;
}

}  // namespace solnoma::bench

#include "tests/bench/workload.hpp"

#include <algorithm>
#include <utility>

#include "tests/bench/workload_text.hpp"

namespace solnoma::bench {
namespace {

constexpr double kSuperseding = 0.02;
constexpr double kPlanned = 0.03;
constexpr double kBackDated = 0.01;
// Neither plans nor retractions are drawn from for it: a little more of the rest.
constexpr double kImprecise = 0.052;

/// A type and how many of a thousand events of a park at work are of it.
struct Usual {
  std::string_view type;
  std::uint32_t weight;
};
constexpr auto kUsual = std::to_array<Usual>({{"visited", 260},
                                              {"meeting-held", 230},
                                              {"indicator-reported", 100},
                                              {"residents-reported", 90},
                                              {"investment-reported", 60},
                                              {"exhibition-held", 70},
                                              {"building-completed", 60},
                                              {"operator-engaged", 40},
                                              {"described", 40},
                                              {"utilities-connected", 30},
                                              {"landscaped", 20}});

TypeCode usual_type(test::Random& random) {
  auto left = random.below(1'000U);
  for (const Usual& usual : kUsual) {
    if (left < usual.weight) return type_code(usual.type);
    left -= usual.weight;
  }
  return type_code("visited");
}

/// What takes a park on from a stage.
TypeCode onward(Stage stage, test::Random& random) {
  switch (stage) {
    case Stage::unrecorded:
      return type_code("announced");
    case Stage::announced:
      return type_code("agreement-signed");
    case Stage::agreed:
      return type_code("construction-started");
    case Stage::under_construction:
      return type_code("construction-completed");
    case Stage::completed:
    case Stage::operating:
      break;
  }
  return type_code(random.chance(0.5) ? "opened" : "production-started");
}

}  // namespace

Workload::Workload(const WorkloadOptions& options) : options_(options) {
  options_.events = std::max<std::uint64_t>(options_.events, 10);
  lives_.resize(static_cast<std::size_t>(
      std::clamp<std::uint64_t>(options_.subjects, 1, options_.events / 10)));
}

std::uint32_t Workload::pick(test::Random& random) const {
  const double u = random.unit();
  return static_cast<std::uint32_t>(static_cast<double>(lives_.size()) * u * u);
}

Day Workload::known_of(std::uint64_t number, test::Random& random) const {
  const auto days = static_cast<std::uint64_t>(kWorkloadLast - kWorkloadFirst);
  const auto passed = static_cast<std::int32_t>(number * days / options_.events);
  // Sources reach the log a little out of order.
  const auto late = random.chance(0.05) ? static_cast<std::int32_t>(random.below(6)) : 0;
  return Day{kWorkloadFirst.number + passed - late};
}

TypeCode Workload::next_type(Life& life, test::Random& random) {
  const double u = random.unit();
  if (life.ended) {
    if (u >= 0.05) return usual_type(random);
    life.ended = false;
    return type_code("reinstated");
  }
  if (life.suspended && u < 0.2) {
    life.suspended = false;
    return type_code("resumed");
  }
  if (life.stage == Stage::unrecorded ? u < 0.7 : life.stage < Stage::operating && u < 0.15) {
    const TypeCode type = onward(life.stage, random);
    life.stage = event_type(type).stage;
    life.suspended = false;
    return type;
  }
  if (u > 0.99) {
    life.suspended = true;
    return type_code("suspended");
  }
  if (u > 0.988) {
    life.ended = true;
    return type_code(life.stage < Stage::operating ? "cancelled" : "retired");
  }
  if (life.stage == Stage::operating && u > 0.968) return onward(life.stage, random);
  return usual_type(random);
}

void Workload::remember(Life& life, const Told& told) {
  if (life.told < life.recent.size()) {
    life.recent[life.told++] = told;
  } else {
    std::ranges::rotate(life.recent, life.recent.begin() + 1);
    life.recent.back() = told;
  }
}

void Workload::supersede(Event& event, Life& life, test::Random& random) {
  const auto which = random.below(life.told);
  const Told told = life.recent[which];
  life.recent[which] = life.recent[--life.told];

  event.supersedes = event_id(told.number, told.year);
  // Mostly the feed that told it takes it back; an id names an event without its source.
  if (random.chance(0.8)) event.source = feed(told.number);
  if (random.chance(0.25) || told.type == kRetracted) {  // a retraction may be retracted
    event.type = kEventTypes[kRetracted].name;
    return;
  }
  event.type = kEventTypes[told.type].name;
  if (told.planned) {
    event.modality = Modality::planned;
    event.occurred = date_text(Day{event.known.number + 100}, Precision::year);
    return;
  }
  const auto shifted = told.day + static_cast<std::int32_t>(random.below(61)) - 30;
  event.occurred = date_text(std::min(Day{shifted}, event.known),
                             random.chance(kImprecise) ? Precision::month : Precision::day);
}

void Workload::plan(Event& event, const Life& life, test::Random& random) {
  event.modality = Modality::planned;
  event.type = kEventTypes[onward(life.stage, random)].name;
  if (random.chance(0.2)) return;  // no target
  const Day target{event.known.number + 30 + static_cast<std::int32_t>(random.below(1'500))};
  event.occurred = date_text(target, random.chance(0.5) ? Precision::year : Precision::month);
}

void Workload::happen(Event& event, Life& life, test::Random& random, bool back_dated) {
  const TypeCode type = next_type(life, random);
  event.type = kEventTypes[type].name;
  const double u = random.unit();
  const auto lag = back_dated ? 366 + static_cast<std::int32_t>(random.below(3'000))
                              : static_cast<std::int32_t>(u * u * 201);
  const bool imprecise = random.chance(kImprecise);
  // Figures and profiles often give no day; then it is the day of the source.
  if (event_type(type).effect == Effect::none && !imprecise && !back_dated) return;
  const Precision precision = !imprecise            ? Precision::day
                              : random.chance(0.75) ? Precision::month
                                                    : Precision::year;
  event.occurred = date_text(Day{event.known.number - lag}, precision);
}

Event Workload::next() {
  const std::uint64_t number = ++made_;
  test::Random random(options_.seed, number);
  const double u = random.unit();
  std::uint32_t subject = pick(random);
  bool superseding = u < kSuperseding;
  if (superseding) {  // of what is still there to be corrected
    for (int tries = 0; tries < 20 && lives_[subject].told == 0; ++tries) subject = pick(random);
    superseding = lives_[subject].told > 0;
  }
  Life& life = lives_[subject];

  Event event;
  event.known = known_of(number, random);
  event.id = event_id(number, year_of(event.known));
  event.source = feed(number);
  event.subject = subject_name(subject);
  if (superseding)
    supersede(event, life, random);
  else if (u < kSuperseding + kPlanned)
    plan(event, life, random);
  else
    happen(event, life, random, u < kSuperseding + kPlanned + kBackDated);

  const TypeCode type = type_code(event.type);
  write_data(event, type, subject, random);
  remember(life, {static_cast<std::uint32_t>(number), event.known.number - 20,
                  static_cast<std::uint16_t>(year_of(event.known)), type,
                  event.modality == Modality::planned});
  return event;
}

std::vector<Event> Workload::batch(std::size_t size) {
  std::vector<Event> events;
  events.reserve(size);
  while (events.size() < size) events.push_back(next());
  return events;
}

Event Workload::next_ordinary() {
  for (;;) {
    Event event = next();
    if (event.supersedes.empty() && event.modality == Modality::actual) return event;
  }
}

}  // namespace solnoma::bench

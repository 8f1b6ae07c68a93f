#include "tests/bench/workload_text.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string_view>

namespace solnoma::bench {
namespace {

constexpr auto kTowns = std::to_array<std::string_view>(
    {"chirchik", "jizzakh", "navoi", "bukhara", "samarkand", "andijan", "fergana", "namangan",
     "termez", "urgench", "nukus", "karshi", "gulistan", "angren", "almalyk", "kokand"});

constexpr auto kPublishers = std::to_array<std::string_view>(
    {"UzA", "RIA Novosti", "Gazeta.uz", "TASS", "Spot", "Kun.uz", "BelTA", "Sputnik"});

constexpr auto kSites = std::to_array<std::string_view>(
    {"uza.uz", "ria.ru", "gazeta.uz", "tass.ru", "spot.uz", "kun.uz", "belta.by", "sptnk.uz"});

/// By type; "{}" is a number.
constexpr auto kTitles = std::to_array<std::string_view>({"Profile {}",
                                                          "Site {} is announced",
                                                          "Agreement {} signed",
                                                          "Works begin on lot {}",
                                                          "Building {} ready",
                                                          "Utility line {} laid",
                                                          "Plot {} landscaped",
                                                          "Phase {} completed",
                                                          "Line {} starts up",
                                                          "Phase {} opens",
                                                          "Works on lot {} halted",
                                                          "Works on lot {} go on",
                                                          "Phase {} called off",
                                                          "Phase {} is closed",
                                                          "Phase {} is reopened",
                                                          "{} residents",
                                                          "Investment {}",
                                                          "Operator, lot {}",
                                                          "Meeting {}",
                                                          "Visit no. {}",
                                                          "Exhibition {}",
                                                          "Turnover {}",
                                                          "Report {} was in error",
                                                          "Site {} is listed no more",
                                                          "Import {}"});
static_assert(kTitles.size() == kEventTypes.size());

std::chrono::year_month_day civil(Day day) {
  return std::chrono::sys_days{std::chrono::days{day.number}};
}

void add_quantity(Event& event, TypeCode type, test::Random& random) {
  static constexpr TypeCode kResidents = type_code("residents-reported");
  static constexpr TypeCode kInvestment = type_code("investment-reported");
  static constexpr TypeCode kIndicator = type_code("indicator-reported");
  const auto add = [&](const char* measure, const char* unit, std::string value, Bound bound) {
    event.quantities.push_back({measure, std::move(value), unit, bound, {}});
  };
  if (type == kResidents)
    add("residents", "companies", fmt::format("{}", 1 + random.below(80)), Bound::exact);
  if (type == kInvestment)
    add("investment", "USD", fmt::format("{}00000", 1 + random.below(900)), Bound::more_than);
  if (type == kIndicator)
    add("turnover", "USD", fmt::format("{}000", 1 + random.below(90'000)), Bound::about);
}

}  // namespace

std::string subject_name(std::uint32_t subject) {
  return fmt::format("{}/{}-{:05}", subject % 5 == 4 ? "project" : "park",
                     kTowns[subject % kTowns.size()], subject);
}

std::string event_id(std::uint64_t number, int year) {
  return fmt::format("tp-{}-{:07}", year, number);
}

std::string feed(std::uint64_t number) {
  return fmt::format("urn:feed:{:02}", test::Random(number).below(24));
}

void write_data(Event& event, TypeCode type, std::uint32_t subject, test::Random& random) {
  event.title.en = fmt::format(fmt::runtime(kTitles[type]), 1 + random.below(999));
  add_quantity(event, type, random);
  if (type == kDescribed && event.modality == Modality::actual) {
    Description description;
    description.names.en =
        fmt::format("{} technopark {}", kTowns[subject % kTowns.size()], subject);
    description.kind = "technopark";
    event.description = std::move(description);
  }
  // Many feeds give no more than their name: that is also what keeps the mean size near
  // the events that the targets were set with.
  const auto which = random.below(kPublishers.size());
  Source source;
  source.publisher = std::string(kPublishers[which]);
  if (random.chance(0.2)) {
    source.published = date_text(event.known, Precision::day);
    if (random.chance(0.5)) source.url = fmt::format("https://{}/n/{}", kSites[which], event.id);
  }
  event.sources.push_back(std::move(source));
}

std::string date_text(Day day, Precision precision) {
  const auto date = civil(day);
  const int year = static_cast<int>(date.year());
  if (precision == Precision::year) return fmt::format("{:04}", year);
  if (precision == Precision::month)
    return fmt::format("{:04}-{:02}", year, static_cast<unsigned>(date.month()));
  return fmt::format("{:04}-{:02}-{:02}", year, static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

int year_of(Day day) {
  return static_cast<int>(civil(day).year());
}

}  // namespace solnoma::bench

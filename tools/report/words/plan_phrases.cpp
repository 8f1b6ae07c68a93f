#include <fmt/format.h>

#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

using Count = std::int64_t;

/// The one form, with its number.
std::string days(Language language, std::string_view one, std::string_view many, Count count) {
  return fmt::format(
      fmt::runtime(translate_plural(language, one, many, static_cast<std::uint64_t>(count))),
      count);
}

/// Precondition: 0 <= least < most.
std::string days_between(Language language, std::string_view one, std::string_view many,
                         Count least, Count most) {
  return fill(translate_plural(language, one, many, static_cast<std::uint64_t>(most)),
              {{"least", fmt::format("{}", least)}, {"most", fmt::format("{}", most)}});
}

/// How numbers of days in one direction are worded.
struct Direction {
  std::string (*exactly)(Language, Count);
  std::string (*between)(Language, Count, Count);
  std::string (*at_least)(Language, Count);
  std::string (*at_most)(Language, Count);
};

constexpr Direction kLate{
    [](Language l, Count n) { return days(l, "{} day late", "{} days late", n); },
    [](Language l, Count least, Count most) {
      return days_between(l, "{least} to {most} day late", "{least} to {most} days late", least,
                          most);
    },
    [](Language l, Count n) { return days(l, "at least {} day late", "at least {} days late", n); },
    [](Language l, Count n) { return days(l, "at most {} day late", "at most {} days late", n); }};

constexpr Direction kEarly{
    [](Language l, Count n) { return days(l, "{} day early", "{} days early", n); },
    [](Language l, Count least, Count most) {
      return days_between(l, "{least} to {most} day early", "{least} to {most} days early", least,
                          most);
    },
    [](Language l, Count n) {
      return days(l, "at least {} day early", "at least {} days early", n);
    },
    [](Language l, Count n) {
      return days(l, "at most {} day early", "at most {} days early", n);
    }};

constexpr Direction kLater{
    [](Language l, Count n) { return days(l, "{} day later", "{} days later", n); },
    [](Language l, Count least, Count most) {
      return days_between(l, "{least} to {most} day later", "{least} to {most} days later", least,
                          most);
    },
    [](Language l, Count n) {
      return days(l, "at least {} day later", "at least {} days later", n);
    },
    [](Language l, Count n) {
      return days(l, "at most {} day later", "at most {} days later", n);
    }};

constexpr Direction kEarlier{
    [](Language l, Count n) { return days(l, "{} day earlier", "{} days earlier", n); },
    [](Language l, Count least, Count most) {
      return days_between(l, "{least} to {most} day earlier", "{least} to {most} days earlier",
                          least, most);
    },
    [](Language l, Count n) {
      return days(l, "at least {} day earlier", "at least {} days earlier", n);
    },
    [](Language l, Count n) {
      return days(l, "at most {} day earlier", "at most {} days earlier", n);
    }};

/// `none`: no day at all.
std::string apart(const Slippage& days, Language language, const Direction& back,
                  const Direction& forth, std::string_view none) {
  const auto& [least, most] = days;
  if (least && most) {
    if (*least == 0 && *most == 0) return std::string(translate(language, none));
    if (*least == *most)
      return *least > 0 ? forth.exactly(language, *least) : back.exactly(language, -*least);
    if (*least >= 0) return forth.between(language, *least, *most);
    if (*most <= 0) return back.between(language, -*most, -*least);
    return fill(
        translate(language, "between {early} and {late}"),
        {{"early", back.exactly(language, -*least)}, {"late", forth.exactly(language, *most)}});
  }
  if (least)
    return *least >= 0 ? forth.at_least(language, *least) : back.at_most(language, -*least);
  if (most) return *most >= 0 ? forth.at_most(language, *most) : back.at_least(language, -*most);
  return "";
}

}  // namespace

std::string with_part(std::string type, const Event& event) {
  return event.part.empty() ? type : type + ", " + event.part;
}

std::string phrase(const Plan& plan, Language language) {
  std::string text(translate(language, name(plan.state)));
  const bool moved = plan.state == PlanState::moved;  // that it was revised goes without saying
  if (plan.baseline != plan.revision && !moved)
    text += fmt::format(" ({})", translate(language, "revised"));
  const std::string days =
      moved ? moved_in_words(plan.moved_by, language) : in_words(plan.slippage, language);
  return days.empty() ? text : text + ", " + days;
}

std::string in_words(const Slippage& slippage, Language language) {
  return apart(slippage, language, kEarly, kLate, message("on time"));
}

std::string moved_in_words(const Slippage& moved, Language language) {
  return apart(moved, language, kEarlier, kLater, message("to the same date"));
}

}  // namespace solnoma

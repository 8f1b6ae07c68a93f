#include "events/event.hpp"

#include <algorithm>
#include <array>

namespace solnoma {

std::string_view name(Bound bound) {
  constexpr std::array<std::string_view, kBounds> kNames = {
      "exact",   "more-than", "slightly-more-than", "less-than", "about", "at-least",
      "at-most", "between"};
  return kNames[static_cast<std::size_t>(bound)];
}

std::string_view name(Modality modality) {
  return modality == Modality::planned ? "planned" : "actual";
}

bool LocalText::empty() const {
  return others.empty() &&
         std::ranges::all_of(kLocalTexts, [this](auto text) { return (this->*text).empty(); });
}

const std::string* LocalText::plain() const {
  const bool alone =
      others.size() == 1 && others.front().language == kUndetermined &&
      std::ranges::all_of(kLocalTexts, [this](auto t) { return (this->*t).empty(); });
  return alone ? &others.front().text : nullptr;
}

const std::string& LocalText::only(Language language) const {
  return this->*kLocalTexts[static_cast<std::size_t>(language)];
}

std::string& LocalText::only(Language language) {
  return this->*kLocalTexts[static_cast<std::size_t>(language)];
}

const std::string& LocalText::in(Language language) const {
  if (!only(language).empty()) return only(language);
  for (const auto text : kLocalTexts)
    if (!(this->*text).empty()) return this->*text;
  return others.empty() ? en : others.front().text;
}

}  // namespace solnoma

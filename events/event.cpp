#include "events/event.hpp"

#include <algorithm>
#include <array>

namespace solnoma {

std::string_view name(Bound bound) {
  constexpr std::array<std::string_view, kBounds> kNames = {
      "exact", "more-than", "slightly-more-than", "less-than", "about"};
  return kNames[static_cast<std::size_t>(bound)];
}

namespace {

constexpr std::array<std::string LocalText::*, kLanguages.size()> kTexts{
    &LocalText::en, &LocalText::ru, &LocalText::uz};

}  // namespace

bool LocalText::empty() const {
  return std::ranges::all_of(kTexts, [this](auto text) { return (this->*text).empty(); });
}

const std::string& LocalText::only(Language language) const {
  return this->*kTexts[static_cast<std::size_t>(language)];
}

std::string& LocalText::only(Language language) {
  return this->*kTexts[static_cast<std::size_t>(language)];
}

const std::string& LocalText::in(Language language) const {
  if (!only(language).empty()) return only(language);
  for (const auto text : kTexts)
    if (!(this->*text).empty()) return this->*text;
  return en;
}

}  // namespace solnoma

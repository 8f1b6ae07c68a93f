#include "events/event.hpp"

#include <array>

namespace solnoma {

std::string_view name(Bound bound) {
  constexpr std::array<std::string_view, kBounds> kNames = {
      "exact", "more-than", "slightly-more-than", "less-than", "about"};
  return kNames[static_cast<std::size_t>(bound)];
}

const std::string& LocalText::in(Language language) const {
  const std::string& wanted = language == Language::en ? en : language == Language::ru ? ru : uz;
  if (!wanted.empty()) return wanted;
  return !en.empty() ? en : !ru.empty() ? ru : uz;
}

}  // namespace solnoma

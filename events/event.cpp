#include "events/event.hpp"

#include <algorithm>
#include <array>
#include <utility>

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
  return others.empty() && std::ranges::all_of(kLocalTexts, [this](const LocalPlace& each) {
           return (this->*each.text).empty();
         });
}

const std::string* LocalText::plain() const {
  const bool alone = others.size() == 1 && others.front().language == kUndetermined &&
                     std::ranges::all_of(kLocalTexts, [this](const LocalPlace& each) {
                       return (this->*each.text).empty();
                     });
  return alone ? &others.front().text : nullptr;
}

const std::string& LocalText::only(Language language) const {
  static const std::string kNone;
  const std::string_view code = code_of(language);
  for (const LocalPlace& each : kLocalTexts)
    if (each.tag == code) return this->*each.text;
  const auto other = std::ranges::find(others, code, &TaggedText::language);
  return other != others.end() ? other->text : kNone;
}

void LocalText::put(std::string_view tag, std::string text) {
  for (const LocalPlace& each : kLocalTexts)
    if (each.tag == tag) {
      this->*each.text = std::move(text);
      return;
    }
  const auto other = std::ranges::lower_bound(others, tag, {}, &TaggedText::language);
  if (other == others.end() || other->language != tag) {
    if (!text.empty()) others.insert(other, {std::string(tag), std::move(text)});
  } else if (text.empty()) {
    others.erase(other);
  } else {
    other->text = std::move(text);
  }
}

const std::string& LocalText::in(Language language) const {
  if (const std::string& text = only(language); !text.empty()) return text;
  for (const LocalPlace& each : kLocalTexts)
    if (!(this->*each.text).empty()) return this->*each.text;
  return others.empty() ? en : others.front().text;
}

}  // namespace solnoma

#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tools/shared/event_filter.hpp"

namespace solnoma {

/// A whole text that is a number; else nullopt.
[[nodiscard]] inline std::optional<std::uint64_t> number_from(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Takes a parameter of an address that chooses subjects or types: subject, kind, type, region,
/// country, partner. False: it is none of these.
[[nodiscard]] inline bool take_choice(Selection& selection, std::string_view name,
                                      const std::string& value) {
  const auto take = [&](std::vector<std::string>& values) {
    values.push_back(value);
    return true;
  };
  if (name == "subject") return take(selection.subjects);
  if (name == "kind") return take(selection.kinds);
  if (name == "type") return take(selection.types);
  if (name == "region") return take(selection.regions);
  if (name == "country") return take(selection.countries);
  if (name == "partner") return take(selection.partners);
  return false;
}

/// The same of what chooses events: also publisher, from, to.
[[nodiscard]] inline bool take_event_choice(EventChoices& choices, std::string_view name,
                                            const std::string& value) {
  if (name == "publisher")
    choices.publishers.push_back(value);
  else if (name == "from")
    choices.from = value;
  else if (name == "to")
    choices.to = value;
  else
    return take_choice(choices.selection, name, value);
  return true;
}

}  // namespace solnoma

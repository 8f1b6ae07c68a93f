#pragma once

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "events/event.hpp"
#include "tests/support/random.hpp"

namespace solnoma::test {

/// A valid event with something in every field that there is.
[[nodiscard]] Event full_event();

/// Valid, repeatable from the generator's seed; texts in several scripts, with quotes,
/// backslashes and emoji.
[[nodiscard]] Event random_event(Random& random);

/// Texts that must never be recorded, since they could not be shown safely anywhere.
struct UnsafeText {
  std::string_view name;
  std::string text;
};
[[nodiscard]] const std::vector<UnsafeText>& unsafe_texts();

/// The JSON example of the design.
extern const std::string_view kExample;

[[nodiscard]] inline std::string replaced(std::string text, std::string_view from,
                                          std::string_view to) {
  const auto found = text.find(from);
  REQUIRE_MESSAGE(found != std::string::npos, from);
  return text.replace(found, from.size(), to);
}

/// True if the result is an error of that code in that place; says so otherwise.
template <class T>
[[nodiscard]] bool refused(const Result<T>& result, std::string_view where,
                           Errc code = Errc::invalid) {
  if (result) {
    MESSAGE("accepted: ", where);
    return false;
  }
  if (result.error().where == where && result.error().code == code && !result.error().what.empty())
    return true;
  MESSAGE("refused at '", result.error().where, "': ", result.error().what);
  return false;
}

}  // namespace solnoma::test

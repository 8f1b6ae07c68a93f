#include "engine/append/expectations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

namespace solnoma {
namespace {

Result<void> check(const Expectation& expectation, Revision before) {
  const auto& [name, expected] = expectation;
  if (std::holds_alternative<NewSubject>(expected) && before.value != 0)
    return fail(
        Errc::conflict,
        fmt::format("{} was expected to be new, but stands at revision {}", name, before.value),
        Advice::look_again);
  if (const auto* exactly = std::get_if<Exactly>(&expected); exactly && exactly->revision != before)
    return fail(Errc::conflict,
                fmt::format("{} was expected at revision {}, but stands at {}", name,
                            exactly->revision.value, before.value),
                Advice::look_again);
  return {};
}

}  // namespace

Result<void> check_expectations(std::span<const Expectation> expectations,
                                std::span<const NewEvent> events, Numbering& numbering,
                                const Numbering::Request& request) {
  for (const Expectation& each : expectations) {
    if (std::holds_alternative<AnyRevision>(each.expected)) continue;
    const bool touched = std::ranges::any_of(
        request.touched, [&](const auto* entry) { return entry->first == each.subject; });
    const bool named = std::ranges::any_of(
        events, [&](const NewEvent& event) { return event.subject == each.subject; });
    if (named && !touched) continue;
    auto before = numbering.revision_before(each.subject, request);
    if (!before) return std::unexpected(before.error());
    if (auto ok = check(each, *before); !ok) return ok;
  }
  return {};
}

}  // namespace solnoma

#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/engine_fixture.hpp"

namespace solnoma::test {

/// What a journal promises, done the simplest way: all events in one vector.
class Model {
 public:
  std::vector<Seen> events;

  /// Records the batch and says at which positions, or why not.
  std::optional<Errc> append(const std::vector<Draft>& drafts,
                             const std::vector<Expectation>& expectations, Instant now,
                             std::vector<std::uint64_t>& positions) {
    std::vector<Seen> after = events;
    std::size_t recorded = 0;
    for (const Draft& draft : drafts) {
      const auto known = std::ranges::find_if(
          after, [&](const Seen& e) { return e.source == draft.source && e.id == draft.id; });
      if (known != after.end()) {
        if (known->position > events.size()) return Errc::conflict;
        if (known->subject != draft.subject || known->payload != draft.payload())
          return Errc::conflict;
        positions.push_back(known->position);
        continue;
      }
      Seen event;
      if (const auto error = resolve(draft, after, event.supersedes)) return error;
      event.position = after.size() + 1;
      event.revision = revision_of(draft.subject, after) + 1;
      event.recorded_us = now.time_since_epoch().count();
      if (!after.empty()) event.recorded_us = std::max(event.recorded_us, after.back().recorded_us);
      event.subject_number = number_of(draft.subject, after);
      event.subject = draft.subject;
      event.source = draft.source;
      event.id = draft.id;
      event.payload = draft.payload();
      event.recorded_by = draft.recorded_by;
      positions.push_back(event.position);
      after.push_back(event);
      ++recorded;
    }
    if (recorded > 0 || drafts.empty())
      for (const auto& expectation : expectations)
        if (!holds(expectation, drafts, after)) return Errc::conflict;
    events = std::move(after);
    return {};
  }

  [[nodiscard]] std::vector<Seen> of(const std::string& subject) const {
    std::vector<Seen> all;
    std::ranges::copy_if(events, std::back_inserter(all),
                         [&](const Seen& e) { return e.subject == subject; });
    return all;
  }

 private:
  static std::uint32_t revision_of(const std::string& subject, const std::vector<Seen>& events) {
    return static_cast<std::uint32_t>(
        std::ranges::count_if(events, [&](const Seen& e) { return e.subject == subject; }));
  }

  static std::uint32_t number_of(const std::string& subject, const std::vector<Seen>& events) {
    std::vector<std::string> names;
    for (const Seen& e : events)
      if (std::ranges::find(names, e.subject) == names.end()) names.push_back(e.subject);
    return static_cast<std::uint32_t>(std::ranges::find(names, subject) - names.begin());
  }

  static std::optional<Errc> resolve(const Draft& draft, const std::vector<Seen>& events,
                                     std::uint32_t& revision) {
    revision = 0;
    if (draft.supersedes.empty()) return {};
    std::vector<Seen> named, same;
    for (const Seen& e : events) {
      if (e.id != draft.supersedes) continue;
      if (draft.supersedes_source.empty() || e.source == draft.supersedes_source)
        named.push_back(e);
      if (e.source == draft.source) same.push_back(e);
    }
    if (draft.supersedes_source.empty() && !same.empty()) named = same;
    if (named.empty()) return Errc::not_found;
    if (named.size() > 1 || named[0].subject != draft.subject) return Errc::invalid;
    revision = named[0].revision;
    return {};
  }

  [[nodiscard]] bool holds(const Expectation& expectation, const std::vector<Draft>& drafts,
                           const std::vector<Seen>& after) const {
    const std::uint32_t before = revision_of(expectation.subject, events);
    const bool touched = revision_of(expectation.subject, after) > before;
    const bool named = std::ranges::any_of(
        drafts, [&](const Draft& d) { return d.subject == expectation.subject; });
    if (named && !touched) return true;  // a retry, as far as this subject goes
    if (std::holds_alternative<NewSubject>(expectation.expected)) return before == 0;
    if (const auto* exactly = std::get_if<Exactly>(&expectation.expected))
      return exactly->revision.value == before;
    return true;
  }
};

}  // namespace solnoma::test

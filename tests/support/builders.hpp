#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "engine/disk.hpp"
#include "engine/journal.hpp"
#include "events/chronicle.hpp"
#include "events/event.hpp"
#include "tests/support/clocks.hpp"

namespace solnoma::test {

/// The day that the text names. Fails the program, not the test, on a malformed one.
[[nodiscard]] inline Day day(const std::string& text) {
  return day_from_text(text).value();
}

/// A valid actual event; tests change what they are about.
[[nodiscard]] inline Event event(std::string id, std::string type, std::string occurred,
                                 const std::string& known, std::string subject = "park/chirchik") {
  Event e;
  e.id = std::move(id);
  e.source = "urn:test";
  e.subject = std::move(subject);
  e.type = std::move(type);
  e.occurred = std::move(occurred);
  e.known = day(known);
  e.title.en = "A milestone";
  return e;
}

}  // namespace solnoma::test

#pragma once

#include <string>
#include <vector>

#include "tools/import/standards/json_parts.hpp"
#include "tools/import/standards/telling.hpp"

namespace solnoma {

/// What a contracting process of OCDS is at one time: the mapping is told in ocds.hpp. The events
/// stand for facts: their ids are the same in every version of the process.
class OcdsFacts {
 public:
  /// `repairs` outlives it.
  explicit OcdsFacts(Repairs& repairs) : repairs_(repairs) {}

  /// `process` is a release, or what releases were merged into. `telling` says whose, of what and
  /// of which day the events are. What is wrong goes to the reading of `process`.
  [[nodiscard]] std::vector<Event> of(const JsonNode& process, Telling telling);

 private:
  void describe(const JsonNode& process);
  void tell_planning(const JsonNode& planning);
  void tell_tender(const JsonNode& tender);
  void tell_award(const JsonNode& award);
  void tell_contract(const JsonNode& contract, const JsonNode& awards);
  void tell_works(const JsonNode& process);
  void tell_end(const JsonNode& process);
  void add_suppliers(Event& event, const JsonNode& award);
  void tell_value(const JsonNode& value, std::string_view measure, const std::string& title);

  Repairs& repairs_;
  Telling telling_;
  std::string language_;
};

}  // namespace solnoma

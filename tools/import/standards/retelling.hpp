#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace solnoma {

/// Makes of one whole version of a subject after another what is new in each: facts are told once.
/// An event of a version stands for a fact, by its id. One that is told with another value is
/// - a correction of what happened: it supersedes the event that told it before;
/// - a revision of a plan, and another description: they stand beside the earlier ones.
/// One that is told no more is retracted, unless it is a plan of what has happened now, or a
/// description. A later event of a fact has the fact's id with "@VERSION".
class Retelling {
 public:
  /// `version` names the version; `retraction` is what a retraction has in common with the other
  /// events of the version: its source, subject, day and citation.
  [[nodiscard]] std::vector<Event> next(std::vector<Event> facts, std::string_view version,
                                        const Event& retraction);

 private:
  struct Told {
    Event event;         // the newest that tells the fact
    bool stands = true;  // it is not retracted
  };
  std::map<std::string, Told> told_;  // by fact
  std::set<std::string> ids_;         // of all events so far
};

}  // namespace solnoma

#pragma once

#include <array>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "tools/import/known_names.hpp"

namespace solnoma {

/// The measures, units and kinds that an import uses and the program does not ship with, each with
/// the event that has it first.
class NewNames {
 public:
  /// `event`: its number among those that the import takes.
  void add(const Event& event, std::size_t event_number);

  /// Those that look like slips of known ones, of the names whose first event is new in the log.
  /// `before`: where the log ended before. Errors: corrupt, io.
  [[nodiscard]] Result<std::vector<Slip>> slips(const Log& log, Position before,
                                                const std::function<bool(std::size_t)>& is_new);

 private:
  struct Name {
    NameUse use;
    std::string text;
    std::size_t event;
  };
  KnownNames shipped_;
  std::array<std::unordered_set<std::string>, std::size(kNameUses)> seen_;
  std::vector<Name> names_;
};

}  // namespace solnoma
